// The textbook grid: 4×3 cells, one wall, ends of +1 and −1, moves that slip (Russell & Norvig).
import Basics
public import RLCore

/// Russell & Norvig, Artificial Intelligence, section 17.1: four columns, three rows, one wall, ends of +1 and −1.
///
/// A move goes ahead with probability 0.8 and to each side with 0.1. It pays −0.04, and ±1 on top when it enters an end: rewards
/// are paid on the move that earns them, not in the state.
public enum TextbookGrid {
    public static func model(slip: Double = 0.2, step: Double = -0.04) -> GridWorld {
        GridWorld(
            GridMap(known: ["...G", ".#.H", "S..."]), slip: slip == 0 ? .none : GridSlip(probability: slip), step: step,
            bonus: ["G": 1, "H": -1])
    }

    public static let specification = EnvironmentSpecification(
        "gridworld", version: 1, summary: "the 4x3 textbook grid with ends of +1 and -1 (Russell & Norvig)", timeLimit: 100,
        threshold: nil, observationNames: GridWorld.observationNames, actionNames: GridMove.four.map(\.name),
        declarations: [
            SettingDeclaration(
                "slip", .number(0.2), .numbers(0...1), help: "probability that a move goes to one of its two sides instead"),
            SettingDeclaration("step_reward", .number(-0.04), .numbers(-100...100), help: "what every move pays"),
        ]
    ) { (settings) throws(SettingError) in model(slip: settings.number("slip"), step: settings.number("step_reward")) }
}
