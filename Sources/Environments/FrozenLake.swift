// Frozen Lake: cross the ice to the goal without falling into a hole (Gymnasium's FrozenLake-v1 and FrozenLake8x8-v1).
import Basics
public import RLCore

/// The observation is row · columns + column; actions are left, down, right, up. Moving onto a hole or the goal ends the episode.
///
/// Slippery ice takes a move where it was meant to go with `success_rate` and to either side with half the rest.
public enum FrozenLake {
    public static let four = ["SFFF", "FHFH", "FFFH", "HFFG"]
    public static let eight = [
        "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG",
    ]

    /// - Parameters:
    ///   - success: the probability of going ahead; nil where the ice does not slip.
    ///   - reward: for a move onto the goal, a hole, and any other cell.
    public static func model(
        _ map: GridMap, success: Double? = 1.0 / 3.0, reward: (goal: Double, hole: Double, frozen: Double) = (1, 0, 0)
    ) -> GridWorld {
        let slip = success.map { GridSlip(ahead: $0, side: (1 - $0) / 2) } ?? .none
        return GridWorld(
            map, slip: slip, bonus: ["G": reward.goal, "H": reward.hole, "F": reward.frozen, "S": reward.frozen])
    }

    public static let specification = specification(
        "frozenlake", map: "4x4", timeLimit: 100, threshold: 0.7,
        summary: "cross a frozen lake without falling into a hole (Gymnasium's FrozenLake-v1)")
    public static let largeSpecification = specification(
        "frozenlake-8x8", map: "8x8", timeLimit: 200, threshold: 0.85,
        summary: "the same on eight by eight cells (Gymnasium's FrozenLake8x8-v1)")

    private static func specification(
        _ name: String, map: String, timeLimit: Int, threshold: Double, summary: String
    ) -> EnvironmentSpecification {
        EnvironmentSpecification(
            name, version: 1, summary: summary, timeLimit: timeLimit, threshold: threshold,
            observationNames: ["cell, row by row"], actionNames: GridMove.four.map(\.name),
            declarations: [
                SettingDeclaration("is_slippery", .boolean(true), help: "whether moves slip to a side"),
                SettingDeclaration(
                    "success_rate", .number(1.0 / 3.0), .numbers(0...1),
                    help: "probability that a move on slippery ice goes ahead"),
                SettingDeclaration(
                    "reward_schedule", .text("1,0,0"), help: "rewards for a move onto the goal, a hole, and frozen ice"),
                SettingDeclaration("map", .text(map), help: "4x4, 8x8, random, or rows such as SFF/FHF/FFG"),
                SettingDeclaration("map_seed", .integer(0), .integers(0...Int.max), help: "seed of a random map"),
                SettingDeclaration("map_size", .integer(8), .integers(2...1000), help: "rows and columns of a random map"),
                SettingDeclaration(
                    "map_p", .number(0.8), .numbers(0...1), help: "probability that a cell of a random map is frozen"),
            ]
        ) { (settings) throws(SettingError) in
            model(
                try self.map(settings), success: settings.boolean("is_slippery") ? settings.number("success_rate") : nil,
                reward: try reward(settings.text("reward_schedule")))
        }
    }

    private static func map(_ settings: Settings) throws(SettingError) -> GridMap {
        switch settings.text("map") {
        case "4x4": return GridMap(known: four)
        case "8x8": return GridMap(known: eight)
        case "random":
            let size = settings.integer("map_size"), frozen = settings.number("map_p")
            let seed = UInt64(settings.integer("map_seed"))
            guard let map = GridMap.randomLake(size: size, frozen: frozen, seed: seed) else {
                throw SettingError(key: "map_p", "no lake of size \(size) that is frozen with map_p \(frozen) could be crossed")
            }
            return map
        case let rows:
            do throws(GridMapError) {
                return try GridMap(line: rows, legend: ["S": .start, "F": .free, "H": .hole, "G": .goal])
            } catch {
                throw SettingError(key: "map", "map: \(error)")
            }
        }
    }

    private static func reward(_ text: String) throws(SettingError) -> (goal: Double, hole: Double, frozen: Double) {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
        guard numbers.count == 3, text.split(separator: ",", omittingEmptySubsequences: false).count == 3,
            numbers.allSatisfy(\.isFinite)
        else {
            throw SettingError(
                key: "reward_schedule",
                "reward_schedule must be three numbers such as 1,0,0 (goal, hole, frozen), not \"\(text)\"")
        }
        return (numbers[0], numbers[1], numbers[2])
    }
}
