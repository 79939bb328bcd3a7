// What a terminal shows, and the fewest bytes that make it show another page.

public struct TerminalScreen {
    private var shown: TerminalPage?

    public init() {}

    /// The terminal may show anything now: the next page is sent whole.
    public mutating func forget() { shown = nil }

    /// Bytes that turn what is shown into `page`: only cells that changed, between the marks of a synchronized update, so that no half
    /// of it is ever seen; empty where nothing changed.
    public mutating func update(to page: TerminalPage) -> [UInt8] {
        let before = shown
        shown = page
        guard before != page else { return [] }
        var writer = Writer()
        let isKnown = before.map { $0.columns == page.columns && $0.rows == page.rows } ?? false
        if !isKnown { writer.text += "\u{1b}[2J" }
        for row in 0..<page.rows {
            for column in 0..<page.columns {
                let cell = page.cells[row * page.columns + column]
                let old = isKnown ? before?.cells[row * page.columns + column] : TerminalPage.Cell()
                guard cell != old else { continue }
                writer.write(cell, row: row, column: column, isLast: column == page.columns - 1)
            }
        }
        return Array("\u{1b}[?2026h\u{1b}[0m\(writer.text)\u{1b}[0m\u{1b}[?2026l".utf8)
    }

    /// Where the cursor stands and what colours are set, so that neither is said twice.
    private struct Writer {
        var text = ""
        private var ink = TerminalColour.own
        private var ground = TerminalColour.own
        private var place: (row: Int, column: Int)?

        mutating func write(_ cell: TerminalPage.Cell, row: Int, column: Int, isLast: Bool) {
            if let place, place.row == row, place.column < column {
                text += column - place.column == 1 ? "\u{1b}[C" : "\u{1b}[\(column - place.column)C"
            } else if place == nil || place! != (row, column) {
                text += "\u{1b}[\(row + 1);\(column + 1)H"
            }
            var codes: [String] = []
            // Nobody sees the ink of a space.
            if cell.letter != " " && cell.ink != ink {
                codes.append(cell.ink.code(isGround: false))
                ink = cell.ink
            }
            if cell.ground != ground {
                codes.append(cell.ground.code(isGround: true))
                ground = cell.ground
            }
            if !codes.isEmpty { text += "\u{1b}[\(codes.joined(separator: ";"))m" }
            text.unicodeScalars.append(cell.letter)
            // Past the last column terminals differ about where they are.
            place = isLast ? nil : (row, column + 1)
        }
    }
}
