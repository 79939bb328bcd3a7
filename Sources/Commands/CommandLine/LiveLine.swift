// One line of progress that is drawn over on a terminal and becomes plain lines in a pipe.

/// A line that shows where a long job is.
///
/// On a terminal `update` draws the same line again, ten times a second at most and never wider than the window. In a pipe `update`
/// is silent and `report` writes one plain line. `print` leaves a line behind in both.
public final class LiveLine {
    private let output: Output
    private let isLive: Bool
    private let isSilent: Bool
    private let now: () -> Duration
    private var lastDrawn: Duration?
    private var shown = ""

    /// - Parameters:
    ///   - output: usually standard error, so that results stay alone on standard output.
    ///   - isSilent: shows no progress at all (`--no-progress`); `print` still works.
    ///   - now: time since any fixed moment.
    public init(on output: Output, isSilent: Bool = false, now: @escaping () -> Duration = LiveLine.uptime) {
        self.output = output
        self.isSilent = isSilent
        self.now = now
        isLive = output.canRedraw && !isSilent
    }

    /// Shows `text` if the last drawing is a tenth of a second old; otherwise `text` is not even built.
    public func update(_ text: @autoclosure () -> String) {
        guard isLive else { return }
        let time = now()
        if let lastDrawn, time - lastDrawn < .milliseconds(100) { return }
        lastDrawn = time
        draw(text())
    }

    /// One report: a plain line in a pipe; on a terminal the live line shows it.
    public func report(_ text: @autoclosure () -> String) {
        if isLive {
            update(text())
        } else if !isSilent {
            output.line(text())
        }
    }

    /// A line that stays, above the live one.
    public func print(_ text: String) {
        guard isLive, !shown.isEmpty else { return output.line(text) }
        let progress = shown
        output.raw("\r\u{1b}[K")
        output.line(text)
        shown = ""
        draw(progress)
    }

    /// Takes the live line away. Call it before the last words, and before any other text goes to the same terminal.
    public func finish() {
        guard !shown.isEmpty else { return }
        output.raw("\r\u{1b}[K")
        output.flush()
        shown = ""
        lastDrawn = nil
    }

    /// Overwrites and then erases what is left of a longer line: the line is never empty in between, so it does not flicker.
    private func draw(_ text: String) {
        // The last column stays free: some terminals wrap as soon as it is filled.
        let line = text.escapedForTerminal().truncated(to: output.width - 1)
        guard line != shown else { return }
        output.raw("\r\(line)\u{1b}[K")
        output.flush()
        shown = line
    }

    /// Time since the first call.
    public static func uptime() -> Duration { start.duration(to: ContinuousClock.now) }
    private static let start = ContinuousClock.now
}
