// A child process whose standard output is collected; its errors go where ours go, or nowhere.

import Glibc
import Training

final class ChildProcess {
    private let id: pid_t
    private let pipe: Int32
    private var output: [UInt8] = []
    private var isClosed = false

    /// Starts `words[0]` with the rest as its arguments and the environment of this process.
    ///
    /// - Parameter isMute: what it writes to standard error is dropped.
    /// - Throws: `CommandFailure` when it cannot be started.
    init(_ words: [String], isMute: Bool = false) throws {
        var ends: [Int32] = [0, 0]
        guard unsafe Glibc.pipe(&ends) == 0 else {
            throw CommandFailure("cannot start \(words[0]): \(systemMessage(errno))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        if isMute { unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var child: pid_t = 0
        let failure = unsafe posix_spawn(&child, words[0], &actions, nil, &arguments, environ)
        close(ends[1])
        guard failure == 0 else {
            close(ends[0])
            throw CommandFailure("cannot start \(words[0]): \(systemMessage(failure))")
        }
        id = child
        pipe = ends[0]
        _ = fcntl(pipe, F_SETFL, O_NONBLOCK)
    }

    deinit { if !isClosed { close(pipe) } }

    /// What it wrote and how it ended (128 + signal when it was killed); nil while it runs.
    func poll() -> (status: Int32, output: [UInt8])? {
        drain()
        var status: Int32 = 0
        guard unsafe waitpid(id, &status, WNOHANG) == id else { return nil }
        drain()
        close(pipe)
        isClosed = true
        let signal = status & 0x7f
        return (signal == 0 ? (status >> 8) & 0xff : 128 + signal, output)
    }

    /// Asks it to save and to end.
    func terminate() { if !isClosed { _ = kill(id, SIGTERM) } }

    private func drain() {
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = unsafe read(pipe, &chunk, chunk.count)
            guard count > 0 else { return }
            output += chunk[0..<count]
        }
    }
}
