// A terminal of the tests' own: a shell inside tmux, whose keys are pressed and whose screen is read.
import Foundation
import Glibc
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
            ["new-session", "-d", "-c", folder] + size + ["env", "-u", "NO_COLOR", "-u", "TMUX", "PS1=$ "] + words + ["sh"])
        try #require(started.status == 0, "tmux does not start; scripts/test installs it: \(started.text)")
        wait(for: "$")
    }
    deinit { _ = try? command(["kill-server"]) }

    /// Foundation's `Process` would wait for ever: it ends when all have ended that inherited a socket of it, and tmux leaves a server
    /// behind that keeps whatever it inherits.
    @discardableResult func command(_ words: [String]) throws -> Answer {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(socket + ".out").path
        defer { unlink(path) }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&files, 1, 2)
        for descriptor: Int32 in 3..<1024 { posix_spawn_file_actions_addclose(&files, descriptor) }
        // Threads of the test runner block all signals, and a child inherits that.
        var attributes = posix_spawnattr_t(), none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments = (["tmux", "-L", socket, "-f", "/dev/null"] + words).map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, "tmux", &files, &attributes, &arguments, environ)
        guard failure == 0 else { return Answer(status: 127, text: String(cString: strerror(failure))) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1 && errno == EINTR {}
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        return Answer(status: (status >> 8) & 0xff, text: text ?? "")
    }

    /// Presses keys by tmux's names, such as `q`, `Space`, `C-c`, `Enter`.
    func press(_ keys: String...) throws {
        // No faster than a person: keys that come faster are taken for one that is held.
        usleep(100_000)
        try command(["send-keys"] + keys)
    }
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
