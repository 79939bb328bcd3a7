// What the five games have in common: a screen of 10 by 10 cells, six actions, and rules that draw from any chance.
import RLCore

/// What a player may do, by the reference's numbers: 0 nothing, 1 left, 2 up, 3 right, 4 down, 5 fire.
public struct GameAction: Hashable, Sendable {
    let number: UInt8

    static var noop: GameAction { GameAction(number: 0) }
    static var left: GameAction { GameAction(number: 1) }
    static var up: GameAction { GameAction(number: 2) }
    static var right: GameAction { GameAction(number: 3) }
    static var down: GameAction { GameAction(number: 4) }
    static var fire: GameAction { GameAction(number: 5) }
    static let all = [noop, left, up, right, down, fire]

    var name: String { ["noop", "left", "up", "right", "down", "fire"][Int(number)] }
    /// −1 to the left, 1 to the right. Arithmetic, not a choice: what an agent does, no branch can foresee.
    var across: Int { (self == .right ? 1 : 0) &- (self == .left ? 1 : 0) }
    /// −1 up, 1 down.
    var along: Int { (self == .down ? 1 : 0) &- (self == .up ? 1 : 0) }
}

/// What an act was worth and whether it ended the game.
public struct Turn {
    var reward = 0
    var isOver = false
}

/// One channel of the screen, and how it is drawn for people.
public struct Plane: Sendable {
    let name: String
    /// Nil: not drawn.
    let colour: Colour?
    /// What stays free at each side of a cell, in cells.
    let inset: Double
    init(_ name: String, _ colour: Colour?, inset: Double = 0.06) {
        self.name = name
        self.colour = colour
        self.inset = inset
    }
}

/// How a game may be varied.
public struct GameRules: Hashable, Sendable {
    /// The game gets faster with time or success, where it has a ramp.
    public var ramps = true
    /// A game with a clock of its own ends by it.
    public var clockTerminates = false
    public init() {}
}

/// The rules of one game as a value. Positions are (x, y), x to the right and y downwards, 0 to 9 each.
public protocol MiniGame: Sendable, Equatable {
    static var name: String { get }
    static var summary: String { get }
    /// Acts after which an episode is truncated unless `time_limit` says otherwise.
    static var timeLimit: Int { get }
    /// The channels of the screen in the reference's order.
    static var planes: [Plane] { get }
    /// The actions that do something in this game, in the order of their numbers; the first is `.noop`.
    static var usefulActions: [GameAction] { get }

    init(rules: GameRules)
    mutating func reset<Chance: GameChance>(using chance: inout Chance)
    /// One act of a game that is not over.
    mutating func act<Chance: GameChance>(_ action: GameAction, using chance: inout Chance) -> Turn
    /// Writes the screen [10, 10, planes] as zeros and ones.
    func paint(on screen: inout MutableSpan<UInt8>)

    /// The whole state but for the rules, as many numbers in every state.
    var numbers: [Int] { get }
    /// The inverse of `numbers`.
    ///
    /// - Throws: `GameNumbers.Nonsense` where they are no state of the game.
    mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense)
}

extension MiniGame {
    public static var timeLimit: Int { 10_000 }
}
