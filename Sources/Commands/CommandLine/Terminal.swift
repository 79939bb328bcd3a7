// The process's own streams, as the system describes them.

import Glibc

extension Output {
    /// The stream behind `descriptor`: terminal or not, `NO_COLOR` and `TERM` respected.
    public static func process(_ descriptor: Int32, environment: [String: String]) -> Output {
        let isTerminal = isatty(descriptor) == 1
        let isCapable = isTerminal && (environment["TERM"] ?? "dumb") != "dumb"
        return Output(
            isTerminal: isTerminal, hasColor: isCapable && (environment["NO_COLOR"] ?? "").isEmpty, canRedraw: isCapable,
            isImmediate: descriptor == STDERR_FILENO, width: { terminalWidth(descriptor) },
            sink: { writeAll($0, to: descriptor) })
    }
}

extension Console {
    /// Standard output and standard error. When the reader of standard output has gone away, the process ends with 141.
    public static func process(environment: [String: String]) -> Console {
        signal(SIGPIPE, SIG_IGN)
        // Beyond `ulimit -f` a write then fails like one on a full disk, instead of ending the process.
        signal(SIGXFSZ, SIG_IGN)
        reserveStandardDescriptors()
        let output = Output.process(STDOUT_FILENO, environment: environment)
        output.whenClosed = { exit(ExitStatus.outputClosed.rawValue) }
        return Console(output: output, errors: Output.process(STDERR_FILENO, environment: environment))
    }
}

/// A descriptor that was closed by the caller would be given to the next file opened, and messages would end up inside it.
private func reserveStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
        // Standard output is opened for reading, so that writing to it still fails and is reported.
        _ = unsafe open("/dev/null", descriptor == STDERR_FILENO ? O_RDWR : O_RDONLY)
    }
}

private func terminalWidth(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
}

/// 0, or the `errno` of the write that failed.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var done = 0
    while done < bytes.count {
        let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress! + done, bytes.count - done) }
        if count >= 0 {
            done += count
        } else if errno == EAGAIN {
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&ready, 1, -1)
        } else if errno != EINTR {
            return errno
        }
    }
    return 0
}

/// The environment variables of this process.
func processEnvironment() -> [String: String] {
    var result: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
        let parts = unsafe String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        result[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
        unsafe entry += 1
    }
    return result
}

/// What the system calls error number `code`.
func systemMessage(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
