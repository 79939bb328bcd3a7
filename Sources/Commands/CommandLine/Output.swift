// A buffered stream of text: standard output, standard error, or a test's own sink.

import Glibc

/// How a stretch of text looks on a terminal that shows colours; elsewhere it is plain.
public enum Style: String, Sendable {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
}

/// Where text goes. On a terminal every control character of the text is made visible, so names from files can do no harm.
public final class Output {
    public let isTerminal: Bool
    /// Whether `Style` has an effect: a terminal, no `NO_COLOR`, not a dumb one.
    public let hasColor: Bool
    /// Whether a line may be drawn over: any terminal but a dumb one.
    public let canRedraw: Bool
    /// `errno` of the first write that failed, else 0; from then on text is dropped.
    public private(set) var failure: Int32 = 0
    /// Called once when the reader of a pipe has gone away.
    public var whenClosed: (() -> Void)?

    private var waiting: [UInt8] = []
    private let isImmediate: Bool
    private let measure: () -> Int
    private let sink: ([UInt8]) -> Int32

    /// - Parameters:
    ///   - isImmediate: every write goes out at once, as for standard error.
    ///   - width: asked anew each time, since windows change their size.
    ///   - sink: takes all bytes and answers 0, or an `errno`.
    public init(
        isTerminal: Bool, hasColor: Bool = false, canRedraw: Bool? = nil, isImmediate: Bool = false,
        width: @escaping () -> Int = { 80 }, sink: @escaping ([UInt8]) -> Int32
    ) {
        self.isTerminal = isTerminal
        self.hasColor = hasColor
        self.canRedraw = canRedraw ?? isTerminal
        self.isImmediate = isImmediate
        measure = width
        self.sink = sink
    }

    /// Columns of the terminal; 80 where there is none.
    public var width: Int { measure() }

    /// A line, or an empty one.
    public func line(_ text: String = "", _ style: Style = .plain) {
        write(text, style)
        raw("\n")
    }
    /// Text without an end of line.
    public func write(_ text: String, _ style: Style = .plain) {
        let safe = isTerminal ? text.escapedForTerminal(keepingLines: true) : text
        raw(hasColor && style != .plain ? "\u{1b}[\(style.rawValue)m\(safe)\u{1b}[0m" : safe)
    }
    /// Text as it is, for those who move the cursor themselves.
    public func raw(_ text: String) {
        guard failure == 0 else { return }
        waiting += text.utf8
        if isImmediate || waiting.count >= 1 << 16 || (isTerminal && waiting.last == UInt8(ascii: "\n")) { flush() }
    }
    public func flush() {
        guard !waiting.isEmpty else { return }
        let bytes = waiting
        waiting.removeAll(keepingCapacity: true)
        failure = sink(bytes)
        if failure == EPIPE { whenClosed?() }
    }
}

/// The two streams of a process.
public struct Console {
    public let output: Output
    public let errors: Output

    public init(output: Output, errors: Output) {
        self.output = output
        self.errors = errors
    }

    /// One line on standard error, after everything that standard output was given.
    public func complain(_ sentence: String) {
        output.flush()
        errors.line("rl: " + sentence.escapedForTerminal())
    }
}
