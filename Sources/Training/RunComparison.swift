// Two runs on disk compared byte by byte: every file but what belongs to the clock and the machine.
import Basics

public struct RunComparison {
    public struct File: Sendable {
        /// Inside the run's folder.
        public let name: String
        /// Of the first run; nil where it has no such file.
        public let bytes: Int?
        /// Where the other run's file differs first, in words; nil where it does not.
        public let difference: String?
    }
    /// Every file that one of the two has, in alphabetical order.
    public let files: [File]
    public var isEqual: Bool { files.allSatisfy { $0.difference == nil } }

    /// - Throws: `FileError` when a file cannot be read.
    public init(of first: String, with second: String) throws(FileError) {
        let a = try Self.comparableFiles(of: first), b = try Self.comparableFiles(of: second)
        var files: [File] = []
        for name in Set(a.keys).union(b.keys).sorted() {
            files.append(File(name: name, bytes: a[name]?.count, difference: Self.difference(name, a[name], b[name])))
        }
        self.files = files
    }

    /// The files of a run by their path inside it, without timing.csv, without TensorBoard's events, which hold the time of day, and
    /// without the keys `machine` and `timing` of run.json.
    static func comparableFiles(of path: String) throws(FileError) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:], folders = [""]
        while let inside = folders.popLast() {
            for name in try Folders.names(in: Paths.join(path, inside)) {
                let inner = Paths.join(inside, name)
                if try Folders.knownKind(of: Paths.join(path, inner)) == .folder {
                    folders.append(inner)
                } else if name != RunFolder.timingName && !name.hasPrefix("events.out.tfevents") {
                    files[inner] = try readFile(Paths.join(path, inner), limit: Int.max - 1)
                }
            }
        }
        let plan = Paths.join(path, RunFolder.planName)
        if files[RunFolder.planName] != nil, case .object(var document) = try JSONReader.read(plan).json {
            document["machine"] = nil
            document["timing"] = nil
            files[RunFolder.planName] = Array(JSONWriter.pretty(.object(document)).utf8)
        }
        return files
    }

    private static func difference(_ name: String, _ a: [UInt8]?, _ b: [UInt8]?) -> String? {
        guard let a else { return "is not in the first run" }
        guard let b else { return "is missing" }
        guard a != b else { return nil }
        let place = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
        let byte = "differs from byte \(place) on" + (a.count == b.count ? "" : " (\(a.count) bytes and \(b.count))")
        guard name.hasSuffix(".safetensors"), let tensor = firstTensor(a, b) else { return byte }
        return "\(byte): \(tensor)"
    }

    /// The first tensor that differs, in words; nil where none does, or where a file is none of tensors.
    private static func firstTensor(_ a: [UInt8], _ b: [UInt8]) -> String? {
        guard let first = try? SafetensorsFile.decode(a).archive, let second = try? SafetensorsFile.decode(b).archive else {
            return nil
        }
        for name in first.names {
            guard let other = second[name] else { return "\(name) is missing" }
            if first[name]?.shape != other.shape {
                return "\(name) has the shape \(other.shape), not \(first[name]?.shape ?? [])"
            }
            if first[name] != other { return name }
        }
        return second.names.first { first[$0] == nil }.map { "\($0) is new" }
    }
}
