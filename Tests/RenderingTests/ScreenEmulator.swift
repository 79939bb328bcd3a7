// A terminal of the few escape sequences that the viewer sends: what would be seen after given bytes.
import Testing

struct ScreenEmulator {
    struct Cell: Hashable {
        var letter: Unicode.Scalar = " "
        /// The numbers that set the colours, such as `38;2;1;2;3`; nil for the terminal's own.
        var ink: String?
        var ground: String?
    }
    private(set) var cells: [[Cell]]
    private(set) var isUpdating = false
    /// How many cells were written so far.
    private(set) var writes = 0
    private var row = 0, column = 0
    private var pen = Cell()

    init(columns: Int, rows: Int) {
        cells = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: rows)
    }

    var text: [String] { cells.map { row in row.reduce(into: "") { $0.unicodeScalars.append($1.letter) } } }

    mutating func read(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\u{1b}" else {
                put(scalar)
                continue
            }
            guard rest.popFirst() == "[" else {
                Issue.record("an escape that is no control sequence")
                return
            }
            var words = ""
            while let next = rest.popFirst() {
                if ("@"..."~").contains(next) {
                    obey(next, words)
                    break
                }
                words.unicodeScalars.append(next)
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        guard isUpdating, cells.indices.contains(row), cells[row].indices.contains(column) else {
            Issue.record("a letter outside the screen, at \(row), \(column), or outside an update")
            return
        }
        cells[row][column] = pen
        cells[row][column].letter = scalar
        // Nobody sees the ink of a space.
        if scalar == " " { cells[row][column].ink = nil }
        writes += 1
        column += 1
    }

    private mutating func obey(_ verb: Unicode.Scalar, _ words: String) {
        let numbers = words.split(separator: ";").compactMap { Int($0) }
        switch (verb, words) {
        case ("h", "?2026"): isUpdating = true
        case ("l", "?2026"): isUpdating = false
        case ("J", "2"):
            for y in cells.indices { for x in cells[y].indices { cells[y][x] = Cell() } }
        case ("H", _) where numbers.count == 2: (row, column) = (numbers[0] - 1, numbers[1] - 1)
        case ("C", _): column += numbers.first ?? 1
        case ("m", _): colour(numbers)
        default: Issue.record("an unknown sequence \(words)\(verb)")
        }
    }

    private mutating func colour(_ numbers: [Int]) {
        var rest = numbers[...]
        while let code = rest.popFirst() {
            switch code {
            case 0: (pen.ink, pen.ground) = (nil, nil)
            case 39: pen.ink = nil
            case 49: pen.ground = nil
            case 38, 48:
                let count = rest.first == 2 ? 4 : 2
                let words = rest.prefix(count).map(String.init).joined(separator: ";")
                rest.removeFirst(count)
                if code == 38 { pen.ink = words } else { pen.ground = words }
            default: Issue.record("an unknown colour \(code)")
            }
        }
    }
}
