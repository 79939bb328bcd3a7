// The terminal of this process as a viewer uses it: taken as a whole, its size, its keys, and bytes written to it.

import Glibc
import Kernels

/// The page of a terminal, from `init` until `leave`.
final class SystemTerminal {
    private let input = STDIN_FILENO
    private let output = STDOUT_FILENO
    /// Whether the terminal went away: its window was closed, or the connection to it broke.
    private(set) var isGone = false

    /// - Throws: `CommandFailure` where standard input or output is no terminal.
    init() throws {
        guard FullScreen.enter(input: input, output: output) else {
            let stream = isatty(output) != 1 ? "standard output" : "standard input"
            throw CommandFailure(
                "--terminal needs a terminal, and \(stream) is none; without one, rl record writes pictures and films")
        }
    }

    func leave() { FullScreen.leave() }

    /// When Ctrl-Z was pressed: gives the terminal back, stops until the shell says to go on, and takes it again.
    ///
    /// - Returns: true when it did, and nothing is known of what the terminal shows.
    func suspendIfAsked() -> Bool {
        guard FullScreen.takeStopRequest() else { return false }
        FullScreen.leave()
        raise(SIGSTOP)
        isGone = !FullScreen.enter(input: input, output: output)
        return true
    }

    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard unsafe ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// What was typed since the last call; never waits.
    func read() -> [UInt8] {
        var source = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&source, 1, 0) > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(input, &bytes, bytes.count)
        if count <= 0 {
            isGone = count == 0 || (errno != EAGAIN && errno != EINTR)
            return []
        }
        return Array(bytes.prefix(count))
    }

    func write(_ bytes: [UInt8]) {
        var done = 0
        while done < bytes.count && !isGone {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(output, $0.baseAddress! + done, bytes.count - done) }
            if count >= 0 {
                done += count
            } else if errno == EAGAIN {
                var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&ready, 1, -1)
            } else if errno != EINTR {
                isGone = true
            }
        }
    }
}
