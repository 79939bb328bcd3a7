// Asks the system for the facts of `rl doctor`.

import Glibc
import Kernels

extension MachineFacts {
    /// The facts of this machine and process.
    static func gather(_ context: Context) -> MachineFacts {
        var facts = MachineFacts()
        facts.processor = processorName(fileText("/proc/cpuinfo", limit: 1 << 14) ?? "")
        facts.features = Processor.features
        facts.builtFor = Processor.builtFor
        facts.cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        facts.usableCores = allowedCores(fileText("/proc/self/status", limit: 1 << 13) ?? "") ?? facts.cores
        facts.quota = cpuQuota(fileText("/sys/fs/cgroup/cpu.max", limit: 256) ?? "")
        facts.blasCore = OpenBLAS.coreName
        facts.blasConfiguration = OpenBLAS.configuration
        facts.blasThreads = OpenBLAS.threads
        facts.environment = context.environment
        facts.freeBytes = freeBytesHere()
        facts.canWriteHere = unsafe access(".", W_OK) == 0
        facts.ffmpeg = findProgram("ffmpeg", path: context.environment["PATH"] ?? "")
        facts.isTerminal = context.output.isTerminal
        facts.columns = context.output.width
        facts.hasColor = context.output.hasColor
        return facts
    }

    /// The model name in the text of `/proc/cpuinfo`.
    package static func processorName(_ text: String) -> String {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
            let colon = line.firstIndex(of: ":")
        else { return "" }
        return line[line.index(after: colon)...].split(separator: " ").joined(separator: " ")
    }

    /// Cores in the mask of `/proc/self/status`: "Cpus_allowed:\tf" is four.
    package static func allowedCores(_ text: String) -> Int? {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") }) else { return nil }
        let count = line.dropFirst(13).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
        return count > 0 ? count : nil
    }

    /// Cores from `cpu.max` of a control group: "150000 100000" is one and a half, "max 100000" no limit.
    package static func cpuQuota(_ text: String) -> Double? {
        let words = text.split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let time = Double(words[0]), let period = Double(words[1]), period > 0 else { return nil }
        return time / period
    }
}

/// The beginning of a file, nil when it cannot be read.
private func fileText(_ path: String, limit: Int) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, limit) }
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
}

private func freeBytesHere() -> UInt64? {
    var status = statvfs()
    guard unsafe statvfs(".", &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
}

func findProgram(_ name: String, path: String) -> String? {
    path.split(separator: ":").lazy.map { "\($0)/\(name)" }.first { unsafe access($0, X_OK) == 0 }
}
