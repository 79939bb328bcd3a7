// The lecture's grid: 4×4 cells, ends in two opposite corners, −1 a move (Sutton & Barto).
import Basics
public import RLCore

/// Sutton & Barto 2018, example 4.1: 4×4 cells, ends in two opposite corners, −1 a move, episodes start in any other cell.
public enum LectureGrid {
    public static func model() -> GridWorld {
        GridWorld(GridMap(known: ["GSSS", "SSSS", "SSSS", "SSSG"]), step: -1)
    }

    public static let specification = EnvironmentSpecification(
        "gridworld-lecture", version: 1, summary: "4x4 cells, ends in two corners, -1 a move (Sutton & Barto, example 4.1)",
        timeLimit: 100, threshold: nil, observationNames: GridWorld.observationNames,
        actionNames: GridMove.four.map(\.name)
    ) { (_) throws(SettingError) in model() }
}
