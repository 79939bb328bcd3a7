// The Dyna maze: 6×9 cells with walls, +1 at the goal (Sutton & Barto 2018, example 8.1).
import Basics
public import RLCore

/// Moves are certain and pay 0, the one that reaches the goal pays 1; the shortest way takes 14.
public enum Maze {
    public static func model() -> GridWorld {
        GridWorld(
            GridMap(known: [
                ".......#G",
                "..#....#.",
                "S.#....#.",
                "..#......",
                ".....#...",
                ".........",
            ]), bonus: ["G": 1])
    }

    public static let specification = EnvironmentSpecification(
        "maze", version: 1, summary: "find the way through a maze, +1 at the goal (Sutton & Barto, example 8.1)", timeLimit: 1000,
        threshold: nil, observationNames: GridWorld.observationNames, actionNames: GridMove.four.map(\.name)
    ) { (_) throws(SettingError) in model() }
}
