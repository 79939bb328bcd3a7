// The shell around every mini-Atari game: actions that stick, which actions there are, and what follows an ending.
public import Basics
public import RLCore

/// One of the five games of K. Young and T. Tian, "MinAtar: an Atari-inspired testbed for thorough and reproducible reinforcement
/// learning experiments" (2019), written from their rules in words.
///
/// In every act one uniform number is drawn; below `sticky` the action executed before is repeated. Stepped on after its end, a game
/// changes nothing, pays 0 and terminates again.
public struct MiniAtari<Game: MiniGame>: Environment {
    public private(set) var game: Game
    private var executed = GameAction.noop
    private var isOver = false

    private let sticky: Double
    /// The game's action for each of ours, a byte each from the lowest on.
    private let meanings: UInt64
    private let actionCount: Int

    /// - Parameters:
    ///   - sticky: how likely the action before is repeated, from 0 to 1.
    ///   - onlyUseful: only those of the six actions that do something in this game, numbered anew.
    public init(rules: GameRules = GameRules(), sticky: Double = 0.1, onlyUseful: Bool = false) {
        guard sticky >= 0 && sticky <= 1 else { fatalError("actions stick with probability \(sticky); 0 to 1 is possible") }
        game = Game(rules: rules)
        self.sticky = sticky
        let actions = onlyUseful ? Game.usefulActions : GameAction.all
        meanings = actions.reversed().reduce(0) { $0 << 8 | UInt64($1.number) }
        actionCount = actions.count
    }

    /// [10, 10, channels], a one where something is.
    public var observationSpace: Space { .bytes(.image(height: 10, width: 10, channels: Game.planes.count), stack: 1) }
    public var actionSpace: Space { .discrete(actionCount) }

    @inline(__always) public mutating func reset(using random: inout RandomSource) {
        executed = .noop
        begin(using: &random)
    }
    @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        play(action, using: &random)
    }

    /// Begins an episode; the action that may stick stays what it was.
    @inline(__always) mutating func begin<Chance: GameChance>(using chance: inout Chance) {
        isOver = false
        game.reset(using: &chance)
    }
    @inline(__always) mutating func play<Chance: GameChance>(_ action: Action, using chance: inout Chance) -> Outcome {
        let choice = action.index
        guard UInt(bitPattern: choice) < UInt(bitPattern: actionCount) else {
            fatalError("\(Game.name) has actions 0 to \(actionCount - 1), got \(choice)")
        }
        let chosen = GameAction(number: UInt8(truncatingIfNeeded: meanings &>> UInt64(8 &* choice)))
        executed = chance.happens(sticky) ? executed : chosen
        if isOver { return Outcome(reward: 0, ending: .terminated) }
        let turn = game.act(executed, using: &chance)
        isOver = turn.isOver
        return Outcome(reward: Float(turn.reward), ending: turn.isOver ? .terminated : .running)
    }

    @inline(__always) public func observe(into row: inout MutableSpan<UInt8>) { game.paint(on: &row) }

    /// Whether the game is over, the action executed last, then the game's own numbers.
    public var state: [Double] { ([isOver.number, Int(executed.number)] + game.numbers).map(Double.init) }

    public func save(into archive: inout Archive) {
        archive.store(state.map { Int64($0) }, as: Game.name)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let stored = try archive.int64s(Game.name, count: 2 + game.numbers.count)
        var numbers = GameNumbers(stored.map { Int($0) })
        do {
            let isOver = try numbers.truth()
            let executed = GameAction(number: UInt8(try numbers.next(0...5)))
            try game.load(&numbers)
            try numbers.end()
            self.isOver = isOver
            self.executed = executed
        } catch {
            throw ArchiveError("\"\(Game.name)\" is no state of the game: \(error.description)")
        }
    }
}
