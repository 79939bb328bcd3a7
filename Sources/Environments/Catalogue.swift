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
        ConstantRewardProbe.specification, IdentityProbe.specification, TwoStepProbe.specification,
        DelayedRewardProbe.specification, MemoryProbe.specification, ExplorationProbe.specification, BanditProbe.specification,
    ])

    public init(_ all: [EnvironmentSpecification]) { self.all = all }

    public mutating func add(_ specification: EnvironmentSpecification) { all.append(specification) }

    /// - Throws: naming the nearest world there is.
    public subscript(_ name: String) -> EnvironmentSpecification {
        get throws(UnknownName) {
            guard let found = all.last(where: { $0.name == name }) else {
                throw UnknownName("environment", name, known: all.map(\.name))
            }
            return found
        }
    }
}
