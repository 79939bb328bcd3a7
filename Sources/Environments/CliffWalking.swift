// Cliff Walking: along the edge of a cliff to the other side (Sutton & Barto 2018, example 6.6; Gymnasium's CliffWalking-v1).
import Basics
public import RLCore

/// The observation is row · 12 + column; actions are up, right, down, left. Every move pays −1; a move over the edge pays −100 and
/// leads back to the start, and the episode goes on. The goal is not absorbing: stepped on after its end, the world moves on.
public enum CliffWalking {
    private static let map = GridMap(known: ["FFFFFFFFFFFF", "FFFFFFFFFFFF", "FFFFFFFFFFFF", "SCCCCCCCCCCG"])

    public static func model(isSlippery: Bool = false) -> GridWorld {
        GridWorld(
            map, moves: [.up, .right, .down, .left], slip: isSlippery ? GridSlip(ahead: 1.0 / 3.0, side: 1.0 / 3.0) : .none,
            step: -1, bonus: ["C": -99], endsAbsorb: false)
    }

    public static let specification = EnvironmentSpecification(
        "cliffwalking", version: 1, summary: "walk along a cliff to the other side (Gymnasium's CliffWalking-v1)",
        timeLimit: 1000, threshold: nil, observationNames: ["cell, row by row"],
        actionNames: ["up", "right", "down", "left"],
        declarations: [
            SettingDeclaration("is_slippery", .boolean(false), help: "whether a move goes to each side as often as ahead")
        ]
    ) { (settings) throws(SettingError) in model(isSlippery: settings.boolean("is_slippery")) }
}
