// The `rl` that was built beside the tests, run as a process of its own: for signals, pipes and what needs a fresh start.
import Foundation
import Glibc
import Testing

struct BuiltBinary {
    struct Ending {
        let status: Int32
        let out: String
        let err: String
    }

    /// `.build/debug/rl` beside the bundle of the tests.
    static let path: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        var folder = URL(fileURLWithPath: bundle)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("rl").path
            if !folder.path.contains(".xctest"), FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        fatalError("no rl beside \(bundle); swift build makes it")
    }()

    let process = Process()
    private let out = Pipe()
    private let err = Pipe()

    /// Starts `rl` with these words in `folder`; `home` is where it finds presets and agents.
    ///
    /// - Parameter variables: of the environment, beside those of this process; nil takes one away.
    init(_ words: [String], in folder: String, home: String? = nil, variables: [String: String?] = [:]) throws {
        process.executableURL = URL(fileURLWithPath: BuiltBinary.path)
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var environment = ProcessInfo.processInfo.environment
        environment["BELLMAN_HOME"] = home ?? folder
        for (name, value) in variables { environment[name] = value }
        process.environment = environment
        process.standardOutput = out
        process.standardError = err
        process.standardInput = FileHandle.nullDevice
        // Threads of the test runner block all signals, and a child inherits that.
        var none = sigset_t(), before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until `path` exists, for a minute at most: for what comes to stay.
    func wait(for path: String) throws {
        wait(until: "\(path) is there") { FileManager.default.fileExists(atPath: path) }
    }
    /// Waits for the checkpoint of step `step` of the run in `path`, or a later one: the run removes those that newer ones replace,
    /// and a machine that is busy looks seldom.
    func wait(forCheckpoint step: Int, in path: String) throws {
        wait(until: "\(path) has a checkpoint of step \(step)") {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/checkpoints")) ?? []
            return names.contains {
                Int($0).map { $0 >= step } == true
                    && FileManager.default.fileExists(atPath: "\(path)/checkpoints/\($0)/state.safetensors")
            }
        }
    }
    private func wait(until what: String, _ condition: () -> Bool) {
        for _ in 0..<6000 {
            if condition() { return }
            usleep(10_000)
        }
        Issue.record("a minute has passed before \(what)")
    }

    func ending() -> Ending {
        let outBytes = out.fileHandleForReading.readDataToEndOfFile(), errBytes = err.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let status = process.terminationStatus
        return Ending(
            status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
            out: String(decoding: outBytes, as: UTF8.self),
            err: String(decoding: errBytes, as: UTF8.self))
    }
}
