// What libFuzzer calls: each reader of files on bytes that nobody meant; an error is fine, a crash, a hang or a flood of memory is not.
//
// Built by scripts/fuzz; RL_FUZZ_READER names the reader. Not part of the package: it needs the fuzzer's own `main`.
import Environments
import Glibc
import RLCore
import Training

private enum Reader: String, CaseIterable {
    case safetensors, preset, world, recording

    static let chosen: Reader = {
        let name = unsafe getenv("RL_FUZZ_READER").map { unsafe String(cString: $0) } ?? ""
        guard let reader = Reader(rawValue: name) else {
            fatalError("RL_FUZZ_READER must be one of \(Reader.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return reader
    }()

    private static let catalogues = Catalogues()
    /// In memory and without a name of its own: the readers of JSON take paths.
    private static let path: String = {
        var name = Array("/dev/shm/rl-fuzz-XXXXXX".utf8CString)
        let file = unsafe mkstemp(&name)
        guard file >= 0 else { fatalError("no file in memory") }
        _ = unsafe unlink(name)
        return "/proc/self/fd/\(file)"
    }()

    private func write(_ bytes: [UInt8]) {
        guard let file = unsafe fopen(Reader.path, "w") else { fatalError("the file in memory is gone") }
        _ = unsafe fwrite(bytes, 1, bytes.count, file)
        _ = unsafe fclose(file)
    }

    /// As the commands use it: what was read is made into what it stands for.
    func read(_ bytes: [UInt8]) throws {
        switch self {
        case .safetensors:
            let (archive, metadata) = try SafetensorsFile.decode(bytes)
            // What was read can be written and read again.
            guard !metadata.keys.contains("sha256") else { return }
            let again = try SafetensorsFile.decode(SafetensorsFile.encode(archive)).archive
            for name in archive.names {
                precondition(again[name]?.shape == archive[name]?.shape, "\(name) has changed its shape")
            }
        case .preset:
            write(bytes)
            let plan = try Preset(Reader.path).plan(Reader.catalogues)
            try plan.checkFit()
            _ = JSONWriter.pretty(plan.json)
        case .world:
            write(bytes)
            let world = try WorldFile.read(Reader.path, name: "fuzz")
            let vector = try world.makeVector(world.settings, lanes: 2)
            _ = vector.reset(seed: 1)
        case .recording:
            write(bytes)
            let recording = try Recording.read(Reader.path, Reader.catalogues.environments)
            // Playing ten million steps is slow and no reader's fault.
            if recording.steps <= 1000 { try Resimulation(recording).verify() }
        }
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try Reader.chosen.read(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
    } catch {
        // The sentence is part of the contract. It may quote what stands in the file; commands escape it on its way to a terminal.
        let sentence = escapedForTerminal("\(error)")
        precondition(!sentence.isEmpty && !sentence.contains("\n"), "no sentence: \(sentence)")
    }
    return 0
}
