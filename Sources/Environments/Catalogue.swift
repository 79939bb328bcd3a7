// The worlds there are, by name.
import Basics
public import RLCore

/// Worlds by name; a program with worlds of its own adds theirs.
public struct EnvironmentCatalogue: Sendable {
    public private(set) var all: [EnvironmentSpecification]

    public static let builtIn = EnvironmentCatalogue([
        TextbookGrid.specification, LectureGrid.specification, FrozenLake.specification, FrozenLake.largeSpecification,
        CliffWalking.specification, Taxi.specification, WindyGrid.specification, Maze.specification, Blackjack.specification,
        CartPole.specification,
        MiniAtari<Breakout>.specification, MiniAtari<Asterix>.specification, MiniAtari<Freeway>.specification,
        MiniAtari<Seaquest>.specification, MiniAtari<SpaceInvaders>.specification,
        ConstantRewardProbe.specification, IdentityProbe.specification, TwoStepProbe.specification,
        DelayedRewardProbe.specification, MemoryProbe.specification, ExplorationProbe.specification, BanditProbe.specification,
    ])

    public init(_ all: [EnvironmentSpecification]) { self.all = all }

    public mutating func add(_ specification: EnvironmentSpecification) { all.append(specification) }

    /// Worlds that are found by name when they are asked for, such as those of files. One of the program's own name hides them.
    public var elsewhere: Elsewhere?

    public struct Elsewhere: Sendable {
        public let names: @Sendable () -> [String]
        /// Nil when there is no world of that name; throws when what describes it is wrong.
        public let find: @Sendable (String) throws -> EnvironmentSpecification?
        public init(
            names: @escaping @Sendable () -> [String], find: @escaping @Sendable (String) throws -> EnvironmentSpecification?
        ) {
            self.names = names
            self.find = find
        }
    }

    /// Every name that `subscript` answers, the program's own first.
    public var names: [String] {
        let own = all.map(\.name)
        return own + (elsewhere?.names() ?? []).filter { !own.contains($0) }
    }

    /// - Throws: `UnknownName` with the nearest world there is, or whatever is wrong with the file that describes it.
    public subscript(_ name: String) -> EnvironmentSpecification {
        get throws {
            if let found = all.last(where: { $0.name == name }) { return found }
            if let found = try elsewhere?.find(name) { return found }
            throw UnknownName("environment", name, known: names)
        }
    }
}
