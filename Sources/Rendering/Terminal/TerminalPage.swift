// A page of a terminal: cells that hold letters, or two pixels each.
public import RLCore

public struct TerminalPage: Hashable, Sendable {
    struct Cell: Hashable, Sendable {
        var letter: Unicode.Scalar = " "
        var ink = TerminalColour.own
        var ground = TerminalColour.own
    }

    public let columns: Int
    public let rows: Int
    public let colours: TerminalColours
    /// [rows, columns]
    private(set) var cells: [Cell]

    /// An empty page.
    ///
    /// - Precondition: both sizes are positive.
    public init(columns: Int, rows: Int, colours: TerminalColours) {
        guard columns > 0, rows > 0 else { fatalError("a page of \(columns) columns and \(rows) rows") }
        self.columns = columns
        self.rows = rows
        self.colours = colours
        cells = [Cell](repeating: Cell(), count: columns * rows)
    }

    /// Writes one line from `column` on, no further than `room` columns and the page's end; letters that are not one column wide, and
    /// whatever could control a terminal, become question marks.
    ///
    /// - Returns: how many columns it took.
    @discardableResult public mutating func write(
        _ words: String, row: Int, column: Int, room: Int = .max, _ ink: Colour? = nil, on ground: Colour? = nil
    ) -> Int {
        guard (0..<rows).contains(row), (0..<columns).contains(column) else { return 0 }
        let end = room < columns - column ? column + max(0, room) : columns
        let inkShown = ink.map(colours.shown) ?? .own, groundShown = ground.map(colours.shown) ?? .own
        var place = column
        for scalar in words.unicodeScalars {
            guard place < end else { break }
            let letter = isOneColumn(scalar) ? scalar : "?"
            cells[row * columns + place] = Cell(letter: letter, ink: inkShown, ground: groundShown)
            place += 1
        }
        return place - column
    }

    /// Shows a picture that has a pixel for every half of a cell: as wide as it has columns, two pixels high for each row.
    ///
    /// - Parameter place: the upper left cell; what lies beyond the page is not shown.
    public mutating func paint(_ picture: Picture, row: Int, column: Int) {
        let shade = colours == .none ? Shade(picture) : nil
        for y in 0..<((picture.height + 1) / 2) where (0..<rows).contains(row + y) {
            for x in 0..<picture.width where (0..<columns).contains(column + x) {
                let upper = picture[x, 2 * y], lower = 2 * y + 1 < picture.height ? picture[x, 2 * y + 1] : upper
                let cell: Cell
                if let shade {
                    cell = Cell(letter: shade.letter(upper, lower))
                } else {
                    let ink = colours.shown(upper), ground = colours.shown(lower)
                    cell = ink == ground ? Cell(ground: ground) : Cell(letter: "▀", ink: ink, ground: ground)
                }
                cells[(row + y) * columns + column + x] = cell
            }
        }
    }
}

/// Letters for pixels: the more a pixel differs from the picture's ground, its most frequent colour, the more ink its letter has.
private struct Shade {
    private static let letters: [Unicode.Scalar] = [" ", ".", ":", "-", "=", "+", "*", "%", "#", "@"]
    private let ground: Colour

    init(_ picture: Picture) {
        var counts: [Colour: Int] = [:]
        for y in 0..<picture.height {
            for x in 0..<picture.width { counts[picture[x, y], default: 0] += 1 }
        }
        // Of equally frequent ones the darkest, so that the same picture always looks the same.
        ground = counts.max { ($0.value, -luminance($0.key)) < ($1.value, -luminance($1.key)) }?.key ?? .black
    }

    func letter(_ upper: Colour, _ lower: Colour) -> Unicode.Scalar {
        let apart = (distance(upper) + distance(lower)) / 2
        let index = Int((apart * Double(Shade.letters.count - 1)).rounded())
        // What differs at all is seen.
        return Shade.letters[apart > 0.02 ? max(1, index) : index]
    }

    /// 0 to 1, brighter pixels and coloured ones alike.
    private func distance(_ colour: Colour) -> Double {
        let red = Double(colour.red) - Double(ground.red), green = Double(colour.green) - Double(ground.green)
        let blue = Double(colour.blue) - Double(ground.blue)
        return min(1, 1.3 * max(abs(red), abs(green), abs(blue)) / 255)
    }
}

private func luminance(_ colour: Colour) -> Int { 2 * Int(colour.red) + 5 * Int(colour.green) + Int(colour.blue) }

/// Latin, Greek, Cyrillic, arrows, signs and blocks; nothing that controls, combines, turns the direction, or is wide.
private func isOneColumn(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x370..<0x483, 0x48A..<0x530, 0x2010..<0x2028, 0x2030..<0x205F, 0x2070..<0x20D0,
        0x2100..<0x231A, 0x2500..<0x25FD, 0x2600..<0x2614:
        true
    default: false
    }
}
