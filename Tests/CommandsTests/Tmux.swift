// A terminal of the tests' own: a shell inside tmux, whose keys are pressed and whose screen is read.
import Foundation
import Testing

final class Tmux {
    /// What a program printed, and how it ended.
    struct Answer {
        let status: Int32
        let text: String
    }
    private let socket = "bellman-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0 ... .max))"

    /// - Parameter environment: what the shell inside has besides `PATH`, `HOME` and `TERM`.
    init(columns: Int, rows: Int, in folder: String, environment: [String: String]) throws {
        let words = environment.map { "\($0.key)=\($0.value)" }
        let size = ["-x", "\(columns)", "-y", "\(rows)"]
        let started = try command(
            ["new-session", "-d", "-c", folder] + size + ["env", "-u", "NO_COLOR", "PS1=$ "] + words + ["sh"])
        try #require(started.status == 0, "tmux does not start; scripts/test installs it: \(started.text)")
        wait(for: "$")
    }
    deinit { _ = try? command(["kill-server"]) }

    @discardableResult func command(_ words: [String]) throws -> Answer {
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tmux", "-L", socket, "-f", "/dev/null"] + words
        var environment = ProcessInfo.processInfo.environment
        environment["TMUX"] = nil
        process.environment = environment
        // The server that the first command starts keeps its streams, and would keep a pipe open for ever.
        let isReading = words.first != "new-session"
        process.standardOutput = isReading ? pipe : FileHandle.nullDevice
        process.standardError = isReading ? pipe : FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        // Threads of the test runner block all signals, and a child inherits that.
        var none = sigset_t(), before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
        let bytes = isReading ? pipe.fileHandleForReading.readDataToEndOfFile() : Data()
        process.waitUntilExit()
        return Answer(status: process.terminationStatus, text: String(decoding: bytes, as: UTF8.self))
    }

    /// Presses keys by tmux's names, such as `q`, `Space`, `C-c`, `Enter`.
    func press(_ keys: String...) throws { try command(["send-keys"] + keys) }
    /// Types a line and Enter.
    func type(_ line: String) throws {
        try command(["send-keys", "-l", line])
        try press("Enter")
    }

    /// What the screen shows, line by line.
    var lines: [String] {
        let answer = try? command(["capture-pane", "-p"])
        return (answer?.text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    var screen: String { lines.joined(separator: "\n") }
    /// Whether a program shows its own screen, and whether there is a cursor, such as `1 0`.
    var state: String {
        let answer = try? command(["display-message", "-p", "#{alternate_on} #{cursor_flag}"])
        return (answer?.text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Waits until the screen shows `words`, for a quarter of a minute at most.
    func wait(for words: String, sourceLocation: SourceLocation = #_sourceLocation) {
        wait(until: "it shows \(words)", sourceLocation: sourceLocation) { $0.contains(words) }
    }
    func wait(until what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isDone: (String) -> Bool) {
        for _ in 0..<300 {
            if isDone(screen) { return }
            usleep(50_000)
        }
        Issue.record("waited in vain until \(what):\n\(screen)", sourceLocation: sourceLocation)
    }
}
