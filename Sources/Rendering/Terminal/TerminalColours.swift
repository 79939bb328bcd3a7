// How many colours a terminal shows, and which of them comes nearest.
import RLCore

public enum TerminalColours: String, Sendable, CaseIterable {
    /// 24 bits.
    case all
    /// The cube and the greys of xterm's 256.
    case some = "256"
    /// None: shades made of letters.
    case none

    /// What a terminal can do by the words that it and its user put into the environment (`NO_COLOR`, `COLORTERM`, `TERM`).
    public init(environment: [String: String]) {
        let term = environment["TERM"] ?? ""
        if !(environment["NO_COLOR"] ?? "").isEmpty {
            self = .none
        } else if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || term.hasSuffix("-direct") {
            self = .all
        } else if term.contains("256color") || !(environment["COLORTERM"] ?? "").isEmpty {
            self = .some
        } else {
            self = .none
        }
    }

    /// The shown colour that comes nearest to `colour`.
    func shown(_ colour: Colour) -> TerminalColour {
        switch self {
        case .all: .exact(colour.red, colour.green, colour.blue)
        case .some: .numbered(TerminalColours.nearest(colour))
        case .none: .own
        }
    }

    /// One of xterm's colours 16 to 255: the 6 × 6 × 6 cube or the 24 greys.
    private static func nearest(_ colour: Colour) -> UInt8 {
        let levels = [0, 95, 135, 175, 215, 255]
        func level(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
        func distance(_ red: Int, _ green: Int, _ blue: Int) -> Int {
            let apart = [Int(colour.red) - red, Int(colour.green) - green, Int(colour.blue) - blue]
            return apart.reduce(0) { $0 + $1 * $1 }
        }
        let red = level(colour.red), green = level(colour.green), blue = level(colour.blue)
        let mean = (Int(colour.red) + Int(colour.green) + Int(colour.blue)) / 3
        let grey = max(0, min(23, (mean - 3) / 10)), shade = 8 + 10 * grey
        let isGrey = distance(shade, shade, shade) < distance(levels[red], levels[green], levels[blue])
        return UInt8(isGrey ? 232 + grey : 16 + 36 * red + 6 * green + blue)
    }
}

/// A colour as a terminal is told it.
enum TerminalColour: Hashable, Sendable {
    /// Whatever the user has chosen.
    case own
    case exact(UInt8, UInt8, UInt8)
    case numbered(UInt8)

    /// What stands in an escape sequence, for letters or for what is behind them.
    func code(isGround: Bool) -> String {
        let kind = isGround ? "4" : "3"
        return switch self {
        case .own: "\(kind)9"
        case .exact(let red, let green, let blue): "\(kind)8;2;\(red);\(green);\(blue)"
        case .numbered(let number): "\(kind)8;5;\(number)"
        }
    }
}
