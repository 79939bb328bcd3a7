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
    /// Keys that count as held, and until when: terminals tell that a key went down, and again while it stays down, but never that it
    /// was let go.
    private var held: [(key: Key, until: Double)] = []
    /// A key that is tapped counts as held so long, in seconds; one that repeats, a little longer than the time between two repeats.
    private static let tap = 0.15

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
        var events = reader.read(terminal.read()).map { key in
            let isHeld = held.contains { $0.key == key }
            held.removeAll { $0.key == key }
            held.append((key, now + TerminalFront.tap))
            return FrontEvent.pressed(key, isRepeat: isHeld)
        }
        events += held.filter { $0.until <= now }.map { .released($0.key) }
        held.removeAll { $0.until <= now }
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
