// A preset: the values with which an algorithm is known to learn a world, where they come from, and what they reached.
import Agents
import Basics
import Environments

/// The file format: JSON with comments, decoded strictly; see Documentation/file-formats.md.
public struct Preset: Sendable {
    public let name: String
    public let path: String
    public let algorithm: String
    public let environment: String
    public let steps: Int?
    public let lanes: Int?
    public let untilReturn: Double?
    public let evaluationInterval: Int?
    public let evaluationEpisodes: Int?
    public let source: String
    /// What the preset reached, seed by seed.
    public let expected: Expected?
    private let environmentSettings: JSONNode?
    private let hyperparameters: JSONNode?

    public struct Expected: Hashable, Sendable {
        public let threshold: Double?
        public let seeds: [Int]
        /// The final mean return of each seed.
        public let final: [Double]
    }

    /// - Throws: `.missing`, or `.malformed` with line, column and the nearest known key.
    public init(_ path: String) throws(FileError) {
        self.path = path
        let file = Paths.name(of: path)
        name = file.hasSuffix(".json") ? String(file.dropLast(5)) : file
        var object = try JSONReader.read(path, options: .preset).object("a preset")
        let format = try object.node("format")
        guard try format.integer("\"format\"") == 1 else { throw format.error("this rl reads presets of format 1") }
        algorithm = try object.string("algorithm")
        environment = try object.string("environment")
        environmentSettings = object.nodeIfPresent("env")
        steps = try object.integerIfPresent("steps", in: TrainingPlan.stepsRange)
        lanes = try object.integerIfPresent("lanes", in: TrainingPlan.lanesRange)
        untilReturn = try object.doubleIfPresent("until_return")
        evaluationInterval = try object.integerIfPresent("eval_every", in: 1...Int.max)
        evaluationEpisodes = try object.integerIfPresent("eval_episodes", in: TrainingPlan.episodesRange)
        hyperparameters = object.nodeIfPresent("hyperparameters")
        source = try object.string("source", default: "")
        if var expected = try object.objectIfPresent("expected") {
            let threshold = try expected.doubleIfPresent("threshold")
            var seeds: [Int] = []
            for node in try expected.array("seeds") { seeds.append(try node.integer("a seed")) }
            var final: [Double] = []
            for node in try expected.array("final") { final.append(try node.double("a mean return")) }
            guard seeds.count == final.count else {
                throw expected.node.error(
                    "\(seeds.count) seeds and \(final.count) final returns; there must be one for each seed")
            }
            try expected.finish()
            self.expected = Expected(threshold: threshold, seeds: seeds, final: final)
        } else {
            expected = nil
        }
        try object.finish()
    }

    /// The plan of a run with this preset's values over the defaults.
    ///
    /// - Parameters:
    ///   - steps, lanes: instead of the preset's; the intervals that it does not state are shares of the budget.
    ///   - scheduleSteps: what shares of the budget are of, where that is not the budget.
    /// - Throws: `FileError` for settings that are unknown or do not fit, `UnknownName` for an unknown world or algorithm.
    public func plan(
        _ catalogues: Catalogues, steps: Int? = nil, lanes: Int? = nil, scheduleSteps: Int? = nil
    ) throws -> TrainingPlan {
        var plan = TrainingPlan(try catalogues.algorithms[algorithm], in: try catalogues.environments[environment])
        plan.preset = name
        if let environmentSettings { try plan.environmentSettings.take(environmentSettings, from: "preset \(name)") }
        if let hyperparameters { try plan.hyperparameters.take(hyperparameters, from: "preset \(name)") }
        plan.setBudget(
            steps: steps ?? self.steps ?? plan.steps, lanes: lanes ?? self.lanes ?? plan.lanes,
            scheduleSteps: scheduleSteps)
        plan.untilReturn = untilReturn
        if let evaluationInterval { plan.evaluationInterval = evaluationInterval }
        if let evaluationEpisodes { plan.evaluationEpisodes = evaluationEpisodes }
        let stated: [(String, Bool)] = [
            ("steps", self.steps != nil), ("lanes", self.lanes != nil), ("until_return", untilReturn != nil),
            ("eval_every", evaluationInterval != nil), ("eval_episodes", evaluationEpisodes != nil),
        ]
        for (key, isStated) in stated where isStated { plan.origins[key] = "preset \(name)" }
        return plan
    }
}
