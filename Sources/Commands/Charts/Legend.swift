// Which line is which: names beside a piece of their line, in rows above the data, where they hide nothing.

struct Legend {
    private struct Entry {
        let index: Int
        let name: String
        let x: Double
        let row: Int
    }
    private let entries: [Entry]
    /// Pixels that the rows take.
    let height: Double

    private static let rowHeight = 20.0, sample = 30.0, gap = 22.0
    /// More names than this are a list nobody reads.
    private static let most = 35

    init(_ names: [String], width: Double) {
        var entries: [Entry] = []
        var x = 0.0, row = 0
        for (index, full) in names.prefix(Self.most).enumerated() {
            let name = full.truncated(to: 60)
            let size = Self.sample + 6 + textWidth(name) + Self.gap
            if x > 0 && x + size > width {
                x = 0
                row += 1
            }
            entries.append(Entry(index: index, name: name, x: x, row: row))
            x += size
        }
        self.entries = entries
        height = entries.isEmpty ? 0 : Double(row + 1) * Self.rowHeight + 4
    }

    func draw(on svg: inout SVG, x: Double, y: Double) {
        for entry in entries {
            let middle = y + Double(entry.row) * Self.rowHeight + 8
            svg.line(x + entry.x, middle, x + entry.x + Self.sample, middle, Palette.stroke(entry.index))
            svg.text(x + entry.x + Self.sample + 6, middle + 4, entry.name)
        }
    }
}
