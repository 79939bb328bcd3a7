// A grid world as a file describes it, and as the catalogue lists it.
import Basics
public import RLCore

/// A map with its legend, slip and rewards, already checked.
public struct GridWorldDescription: Sendable {
    public let map: GridMap
    /// The probability that a move goes to a side instead, either as likely as the other.
    public let slip: Double
    /// What every move pays.
    public let step: Double
    /// What a move that ends on a letter pays on top.
    public let bonus: [Character: Double]
    /// Steps after which an episode is truncated.
    public let timeLimit: Int
    /// Learners count in 32 bits, and sums of such rewards stay finite in them.
    private static let largestReward = 1e30

    /// - Parameters:
    ///   - map: rows of letters.
    ///   - legend: letters with their role (`start`, `free`, `goal`, `hole`, `wall`, `cliff`), beside or instead of the usual ones.
    ///   - reward: by letter, and under `step` what every move pays.
    /// - Throws: for whatever is wrong with the map (row and column named), the legend, the slip, the rewards or the limit.
    public init(
        map: [String], legend: [String: String] = [:], slip: Double = 0, reward: [String: Double] = ["G": 1],
        timeLimit: Int = 100
    ) throws(GridMapError) {
        var roles = GridMap.defaultLegend
        for (letter, word) in legend.sorted(by: { $0.key < $1.key }) {
            guard letter.count == 1 else { throw GridMapError("the legend has \"\(letter)\"; each key must be one letter") }
            guard let role = GridMap.Role(rawValue: word) else {
                let words = GridMap.Role.allCases.map(\.rawValue)
                let hint = nearestWord(to: word, in: words).map { "did you mean \"\($0)\"?" } ?? words.joined(separator: ", ")
                throw GridMapError("the legend says that \"\(letter)\" is \"\(word)\"; \(hint)")
            }
            roles[Character(letter)] = role
        }
        self.map = try GridMap(map, legend: roles)
        guard slip >= 0 && slip <= 1 else { throw GridMapError("slip is \(slip); it must be from 0 to 1") }
        guard timeLimit > 0 else { throw GridMapError("the time limit is \(timeLimit) steps; it must be positive") }
        var bonus: [Character: Double] = [:]
        for (letter, value) in reward.sorted(by: { $0.key < $1.key }) {
            guard abs(value) <= Self.largestReward else {
                throw GridMapError("the reward of \"\(letter)\" is \(value); it must lie within ±\(Self.largestReward)")
            }
            if letter == "step" { continue }
            guard letter.count == 1, roles[Character(letter)] != nil else {
                throw GridMapError("a reward is given for \"\(letter)\", which is neither \"step\" nor a letter of the legend")
            }
            bonus[Character(letter)] = value
        }
        self.slip = slip
        step = reward["step"] ?? 0
        self.bonus = bonus
        self.timeLimit = timeLimit
    }

    /// The world under a name; `slip` becomes a parameter of it.
    public func specification(name: String, summary: String, threshold: Double? = nil) -> EnvironmentSpecification {
        EnvironmentSpecification(
            name, version: 1, summary: summary, timeLimit: timeLimit, threshold: threshold,
            observationNames: GridWorld.observationNames, actionNames: GridMove.four.map(\.name),
            declarations: [
                SettingDeclaration(
                    "slip", .number(slip), .numbers(0...1), help: "probability that a move goes to one of its two sides instead")
            ]
        ) { (settings) throws(SettingError) in
            let slip = settings.number("slip")
            return GridWorld(map, slip: slip == 0 ? .none : GridSlip(probability: slip), step: step, bonus: bonus)
        }
    }
}

extension GridWorld {
    static let observationNames = ["cell, row by row, walls left out"]
}

extension GridMap {
    /// A map that is part of the program.
    init(known lines: [String]) {
        do {
            try self.init(lines)
        } catch {
            fatalError("a map of this program is broken: \(error)")
        }
    }
}
