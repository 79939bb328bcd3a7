// A key of a keyboard, whichever front it was pressed at: a window or a terminal.

/// Told apart by what it types; keys that type nothing have names.
public enum Key: Hashable, Sendable {
    /// What the key types: letters in lower case, digits, signs, the space.
    case character(Character)
    case escape, enter, backspace, tab
    case left, right, up, down
    /// F1 is `function(1)`.
    case function(Int)

    public static let space = Key.character(" ")
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    public init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}

extension Key: CustomStringConvertible {
    /// As help pages write it.
    public var description: String {
        switch self {
        case .space: "space"
        case .character(let character): String(character)
        case .escape: "Esc"
        case .enter: "Enter"
        case .backspace: "Backspace"
        case .tab: "Tab"
        case .left: "←"
        case .right: "→"
        case .up: "↑"
        case .down: "↓"
        case .function(let number): "F\(number)"
        }
    }
}
