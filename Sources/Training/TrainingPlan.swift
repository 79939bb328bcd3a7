// Everything that decides what a run will do, known before its first step.
public import Agents
public import Basics
import Environments
public import RLCore

public struct TrainingPlan: Sendable {
    public let algorithm: AlgorithmSpecification
    public let environment: EnvironmentSpecification
    /// Of the world's rules when the run was made; nil where they are part of the program, and in runs that did not write it down.
    public private(set) var environmentDigest: String?
    public var hyperparameters: Settings
    public var environmentSettings: Settings
    public var seed: UInt64 = 0
    /// Environment steps; a multiple of `lanes`.
    public private(set) var steps: Int
    /// What everything that is a share of the budget is a share of: `steps`, unless the run was made to be stopped early or goes on longer.
    public private(set) var scheduleSteps: Int
    public private(set) var lanes: Int
    /// An evaluation that reaches this mean return ends the run.
    public var untilReturn: Double?
    public var evaluationInterval: Int
    public var evaluationEpisodes = 20
    public var checkpointInterval: Int
    /// Whether event files for TensorBoard, and JSON lines, are written beside the tables.
    public var writesTensorBoard = false
    public var writesJSONLines = false
    /// The name of the preset that the values began with; nil where the algorithm's defaults served.
    public var preset: String?
    /// Where the values above came from, by their keys in `run.json`; the rest are defaults.
    public var origins: [String: String] = [:]

    /// The algorithm's and the world's defaults.
    public init(_ algorithm: AlgorithmSpecification, in environment: EnvironmentSpecification) {
        self.algorithm = algorithm
        self.environment = environment
        environmentDigest = environment.digest
        hyperparameters = algorithm.settings
        environmentSettings = environment.settings
        steps = algorithm.defaultSteps
        scheduleSteps = steps
        lanes = algorithm.defaultLanes
        evaluationInterval = max(1, steps / 20)
        checkpointInterval = max(1, steps / 10)
    }

    /// Rounds the budget up to a multiple of the lanes, and sets the intervals that are shares of it.
    ///
    /// - Parameter scheduleSteps: what shares are of, where that is not the budget.
    public mutating func setBudget(steps: Int, lanes: Int, scheduleSteps: Int? = nil) {
        precondition(
            Self.stepsRange.contains(steps) && Self.lanesRange.contains(lanes)
                && Self.stepsRange.contains(scheduleSteps ?? steps), "a budget of \(steps) steps in \(lanes) lanes")
        self.lanes = lanes
        self.steps = wholeSteps(steps)
        self.scheduleSteps = wholeSteps(scheduleSteps ?? steps)
        evaluationInterval = max(1, self.scheduleSteps / 20)
        checkpointInterval = max(1, self.scheduleSteps / 10)
    }
    private func wholeSteps(_ steps: Int) -> Int { (steps + lanes - 1) / lanes * lanes }

    /// The plan of a run that differs from this one in its budget alone: nothing that is a share of it moves.
    public func lasting(_ steps: Int) -> TrainingPlan {
        precondition(Self.stepsRange.contains(steps), "a budget of \(steps) steps")
        var plan = self
        plan.steps = wholeSteps(steps)
        plan.origins["steps"] = "--steps"
        plan.origins["schedule_steps"] = "--schedule-steps"
        return plan
    }

    /// Budgets that can be asked for, in environment steps.
    public static let stepsRange = 1...1_000_000_000_000
    /// More lanes would not leave room for their state in the header of a checkpoint.
    public static let lanesRange = 1...16_384
    public static let episodesRange = 1...1_000_000

    /// Whether a checkpoint is due after `step`: a multiple of the interval lies in (step - lanes, step].
    public func isCheckpoint(_ step: Int) -> Bool {
        step > 0 && step / checkpointInterval != (step - lanes) / checkpointInterval
    }

    /// The interval of rows in `metrics.csv`: a hundredth of the budget, in whole steps of all lanes.
    public var reportInterval: Int { max(lanes, scheduleSteps / 100 / lanes * lanes) }

    /// Whether a run that ends after `step` leaves what one that goes on leaves: no evaluation and no report came early.
    func endsLikeAnyStep(_ step: Int) -> Bool {
        [evaluationInterval, reportInterval].allSatisfy { step / $0 != (step - lanes) / $0 }
    }

    /// `dqn-cartpole`.
    public var name: String { "\(algorithm.name)-\(environment.name)" }

    /// - Throws: `SettingError` when the algorithm cannot learn in this world.
    public func checkFit() throws(SettingError) {
        let worlds = try environment.makeVector(environmentSettings, lanes: 1)
        if let objection = algorithm.objection(
            observations: worlds.observationSpace, actions: worlds.actionSpace, hasModel: environment.hasModel)
        {
            throw SettingError(key: "", objection)
        }
    }
}

extension TrainingPlan {
    /// The "plan" of `run.json`: from it the run can be repeated.
    public var json: JSON {
        var members = JSONObject([
            ("algorithm", JSON(algorithm.name)), ("environment", JSON(environment.name)),
            ("environment_version", JSON(environment.version)),
        ])
        members["environment_digest"] = environmentDigest.map { JSON($0) }
        let values: JSON = [
            "preset": JSON(preset), "seed": JSON(seed: seed), "steps": JSON(steps), "schedule_steps": JSON(scheduleSteps),
            "lanes": JSON(lanes),
            "until_return": JSON(untilReturn), "eval_every": JSON(evaluationInterval), "eval_episodes": JSON(evaluationEpisodes),
            "checkpoint_every": JSON(checkpointInterval), "tensorboard": JSON(writesTensorBoard), "jsonl": JSON(writesJSONLines),
            "env": environmentSettings.json,
            "hyperparameters": hyperparameters.json,
            "origins": [
                "run": .object(JSONObject(Self.runKeys.compactMap { key in origins[key].map { (key, JSON($0)) } })),
                "env": environmentSettings.originsJSON, "hyperparameters": hyperparameters.originsJSON,
            ],
        ]
        for member in values.objectValue?.members ?? [] { members[member.key] = member.value }
        return .object(members)
    }
    /// The keys of the values that belong neither to the world nor to the algorithm.
    public static let runKeys = [
        "seed", "steps", "schedule_steps", "lanes", "until_return", "eval_every", "eval_episodes", "checkpoint_every",
        "tensorboard", "jsonl",
    ]

    /// The inverse of `json`.
    ///
    /// - Throws: `FileError` with the place of what does not fit, `UnknownName` for a world or algorithm that this program lacks.
    public init(_ node: JSONNode, _ catalogues: Catalogues) throws {
        var object = try node.object("\"plan\"")
        self.init(
            try catalogues.algorithms[try object.string("algorithm")],
            in: try catalogues.environments[try object.string("environment")])
        let version = try object.node("environment_version")
        guard try version.integer("\"environment_version\"") == environment.version else {
            throw version.error(
                "the run is of version \(try version.integer()) of \(environment.name), this rl has version \(environment.version)"
            )
        }
        environmentDigest = try object.stringIfPresent("environment_digest")
        if let environmentDigest, environmentDigest != environment.digest {
            throw object.node.error(
                "the world \(environment.name) has changed since the run was begun; put the file that describes it back, or train again"
            )
        }
        preset = try object.stringIfPresent("preset")
        let seedNode = try object.node("seed")
        seed = try seedNode.seed("\"seed\"")
        setBudget(
            steps: try object.integer("steps", in: Self.stepsRange), lanes: try object.integer("lanes", in: Self.lanesRange),
            scheduleSteps: try object.integer("schedule_steps", in: Self.stepsRange))
        untilReturn = try object.doubleIfPresent("until_return")
        evaluationInterval = try object.integer("eval_every", in: 1...Int.max)
        evaluationEpisodes = try object.integer("eval_episodes", in: Self.episodesRange)
        checkpointInterval = try object.integer("checkpoint_every", in: 1...Int.max)
        writesTensorBoard = try object.boolIfPresent("tensorboard") ?? false
        writesJSONLines = try object.boolIfPresent("jsonl") ?? false
        try environmentSettings.take(try object.node("env"), from: "run")
        try hyperparameters.take(try object.node("hyperparameters"), from: "run")
        var origins = try object.object("origins")
        var ofRun = try origins.object("run")
        for key in Self.runKeys { self.origins[key] = try ofRun.stringIfPresent(key) }
        try ofRun.finish()
        for (key, settings) in [("env", \TrainingPlan.environmentSettings), ("hyperparameters", \TrainingPlan.hyperparameters)] {
            var named = try origins.object(key)
            self[keyPath: settings].setOrigins(
                try Dictionary(uniqueKeysWithValues: named.keys.map { ($0, try named.string($0)) }))
            try named.finish()
        }
        try origins.finish()
        try object.finish()
    }
}
