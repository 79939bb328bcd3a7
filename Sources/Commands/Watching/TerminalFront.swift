// A terminal as a front of the viewer: half blocks for pixels, text for the rest, and keys that are never let go by themselves.

import Kernels
import Rendering
import Viewing

/// A front that writes text itself, and so is given the whole session.
protocol SessionFront: Front {
    func show(_ session: WatchSession) throws
}

final class TerminalFront: SessionFront {
    private let terminal: SystemTerminal
    private let colours: TerminalColours
    private var screen = TerminalScreen()
    private var page: TerminalPage?
    private var reader = TerminalKeys()
    /// Keys that count as held, and since when: terminals tell that a key went down, and again while it stays down, but never that it was
    /// let go.
    private var held: [(key: Key, since: Double)] = []
    /// A key counts as held so long after it was last heard of, in seconds.
    private static let tap = 0.15
    /// A keyboard repeats a key faster than this, in seconds; a person taps it more slowly.
    private static let repetition = 0.06

    /// - Throws: `CommandFailure` where there is no terminal.
    init(_ colours: TerminalColours) throws {
        self.colours = colours
        terminal = try SystemTerminal()
    }

    /// Gives the terminal back; whoever goes on writing to it does so on its first screen.
    func leave() { terminal.leave() }

    var pictureSize: PictureSize {
        let (columns, rows) = terminal.size
        return PictureSize(width: columns, height: 2 * rows)
    }

    func events() throws -> [FrontEvent] {
        if terminal.suspendIfAsked(), let page {
            screen.forget()
            terminal.write(screen.update(to: page))
        }
        let now = monotonicSeconds()
        var events: [FrontEvent] = []
        for key in reader.read(terminal.read()) {
            let since = held.first { $0.key == key }?.since
            let isRepeat = since.map { now - $0 < TerminalFront.repetition } ?? false
            if since != nil && !isRepeat { events.append(.released(key)) }
            events.append(.pressed(key, isRepeat: isRepeat))
            held.removeAll { $0.key == key }
            held.append((key, now))
        }
        events += held.filter { now - $0.since > TerminalFront.tap }.map { .released($0.key) }
        held.removeAll { now - $0.since > TerminalFront.tap }
        if terminal.isGone { events.append(.closed) }
        return events
    }

    func show(_ session: WatchSession) {
        let (columns, rows) = terminal.size
        show(TerminalView(columns: columns, rows: rows, colours: colours).page(of: session))
    }

    func show(_ picture: Picture) {
        let (columns, rows) = terminal.size
        var page = TerminalPage(columns: columns, rows: rows, colours: colours)
        page.paint(picture, row: 0, column: 0)
        show(page)
    }

    private func show(_ page: TerminalPage) {
        self.page = page
        terminal.write(screen.update(to: page))
    }
}
