// The exit statuses of `rl`, and how an error chooses one.

/// Every status with which `rl` ends; scripts and CI rely on these numbers.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    /// Failed while running.
    case failed = 1
    /// An evaluation stayed below `--min-return`.
    case belowMinimum = 3
    /// Anything wrong on the command line (EX_USAGE).
    case usage = 64
    /// Anything wrong inside a file (EX_DATAERR).
    case invalidFile = 65
    /// A file is missing (EX_NOINPUT).
    case missingFile = 66
    /// The output cannot be written (EX_CANTCREAT).
    case cannotWrite = 73
    case hangup = 129
    case interrupted = 130
    /// Whoever read our output went away, as the shell reports a death by SIGPIPE.
    case outputClosed = 141
    case terminated = 143

    /// How a run that saved and stopped because of `signal` ends: 128 + signal.
    public init(signal: Int32) {
        self = ExitStatus(rawValue: 128 + signal) ?? .failed
    }
}

/// An error that knows its exit status and says in one line what is wrong and what to do.
public protocol ExitStatusProviding: Error, CustomStringConvertible {
    var exitStatus: Int32 { get }
}

/// A mistake on the command line: printed in one line, followed by the usage of the command it was made in.
public struct UsageError: ExitStatusProviding, Hashable {
    public let description: String
    public var exitStatus: Int32 { ExitStatus.usage.rawValue }

    /// - Parameter description: what is wrong and what to do, without a full stop.
    public init(_ description: String) { self.description = description }
}

/// A failure while running, for which no more exact status is agreed.
public struct CommandFailure: ExitStatusProviding, Hashable {
    public let description: String
    public let exitStatus: Int32

    public init(_ description: String, status: ExitStatus = .failed) {
        self.description = description
        exitStatus = status.rawValue
    }
}
