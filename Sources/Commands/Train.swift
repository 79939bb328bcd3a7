// `rl train`: an algorithm learns a world, with a preset or with defaults.

import Agents
import Basics
import Environments
import RLCore
import Training
import Viewing

struct Train: Command {
    static let name = "train"
    static let summary = "trains an agent and says what it reached on fresh episodes"
    static let discussion = """
        Uses the preset agents/ALGORITHM-ENVIRONMENT.json, or the algorithm's defaults where there is none. Budgets and intervals \
        are in environment steps. The weights of the best evaluation are kept and evaluated once more at the end, on other episodes; \
        that figure is the result.
        """
    static let examples = [
        "rl train dqn cartpole",
        "rl train dqn cartpole --seeds 20 --json          # twenty runs and one summary",
        "rl train dqn cartpole --set learning_rate=1e-3   # any hyperparameter",
    ]

    @Argument("ALGORITHM", completing: .names(.algorithm), help: "see rl list algorithms") var algorithm: String
    @Argument("ENVIRONMENT", completing: .names(.environment), help: "see rl list environments") var environment: String
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the run's seed: the same seed gives the same bits")
    var seed: UInt64 = 0
    @Option("--seeds", value: "N", in: Train.seedsRange, help: "N runs with successive seeds, side by side, one summary")
    var seeds: Int?
    @Option(
        "--steps", value: "N", in: TrainingPlan.stepsRange,
        help: "the budget in environment steps, rounded up to whole steps of all lanes")
    var steps: Int?
    @Option(
        "--schedule-steps", value: "N", in: TrainingPlan.stepsRange,
        help: "what everything that is a share of the budget is a share of (the budget)")
    var scheduleSteps: Int?
    @Option("--lanes", value: "N", in: TrainingPlan.lanesRange, help: "environments stepped together") var lanes: Int?
    @Option("--set", value: "KEY=VALUE", help: "a hyperparameter; see rl info ALGORITHM") var set: [String] = []
    @Option("--env-set", value: "KEY=VALUE", help: "a parameter of the world; see rl info ENVIRONMENT") var envSet: [String] = []
    @Option("--preset", value: "NAME|FILE", completing: .files, help: "a preset other than ALGORITHM-ENVIRONMENT") var preset:
        String?
    @Option("--out", value: "DIR", completing: .folders, help: "the run's folder; the default is the next free one under runs/")
    var out: String?
    @Option("--until-return", value: "X|none", help: "stop when an evaluation reaches a mean return of X") var untilReturn:
        OrNone<Double>?
    @Option("--eval-every", value: "N", in: 1..., help: "steps between evaluations (a twentieth of the budget)") var evalEvery:
        Int?
    @Option("--eval-episodes", value: "N", in: TrainingPlan.episodesRange, help: "episodes of each evaluation (20)")
    var evalEpisodes: Int?
    @Option("--checkpoint-every", value: "N", in: 1..., help: "steps between checkpoints (a tenth of the budget)")
    var checkpointEvery: Int?
    @Option("--threads", value: "N", in: 1...1024, help: "threads of one run's worlds; the result is the same")
    var threads = 1
    @Flag("--tensorboard", help: "also write event files for TensorBoard") var tensorboard
    @Flag("--jsonl", help: "also write metrics.jsonl: every row and every alarm as a line of JSON") var jsonl
    @Flag("--watch", help: "open a window that follows the run; the training does not change") var watch
    @Flag(
        "--deterministic", help: "refuse to run where the bits would differ from those of other x86-64-v3 machines; costs nothing"
    )
    var deterministic
    @Flag("--explain", help: "print every value and where it came from, and stop") var explain
    @Flag("--quiet", help: "print nothing but errors and, with --json, the result") var quiet
    @Flag("--no-progress", help: "no progress, only the result") var noProgress
    @Flag("--json", help: "print one JSON document on standard output; text for people goes to standard error") var json

    /// The greatest whole number that every reader of JSON keeps exactly: 2⁵³.
    static let greatestSeed: UInt64 = 9_007_199_254_740_992

    static let seedsRange = 1...10_000

    mutating func run(_ context: inout Context) throws {
        if let seeds, seed + UInt64(seeds - 1) > Train.greatestSeed {
            throw UsageError("--seeds \(seeds) from --seed \(seed) on goes beyond the greatest seed, \(Train.greatestSeed)")
        }
        let plan = try makePlan(context)
        if explain { return try Explanation(plan, threads: threads).show(asJSON: json, on: context.output) }
        if deterministic { try requireDeterminism() }
        if watch {
            if seeds != nil { throw UsageError("--watch follows one run, --seeds makes several; watch one with rl watch RUN") }
            try Window.check()
        }
        let voice = Voice(context, json: json, quiet: quiet, progress: !noProgress)
        if plan.preset == nil { voice.say("no preset \(plan.name): training with the defaults of \(plan.algorithm.name)") }
        if let steps, plan.steps != steps {
            voice.say("\(steps) steps are rounded up to \(plan.steps): whole steps of \(plan.lanes) lanes")
        }
        if let seeds {
            try SeedGroup(plan, count: seeds, folder: out, words: childOptions, voice: voice).run(&context)
        } else {
            let session = try TrainingSession(new: plan, in: out, threads: threads, voice: voice)
            // A process of its own, which outlives the training until somebody closes the window.
            let window = try watch ? ChildProcess([DataHome.executable ?? "/proc/self/exe", "watch", session.path]) : nil
            try withExtendedLifetime(window) { try session.run(&context) }
        }
    }

    /// The preset's values or the defaults, then whatever the command line says.
    func makePlan(_ context: Context) throws -> TrainingPlan {
        let catalogues = context.application.catalogues
        let specification = try asUsage { try catalogues.algorithms[algorithm] }
        let world = try asUsage { try catalogues.environments[environment] }
        var plan = TrainingPlan(specification, in: world)
        if let found = try findPreset(context) {
            guard found.algorithm == algorithm, found.environment == environment else {
                throw UsageError(
                    "the preset \(found.name) is for \(found.algorithm) on \(found.environment), not for \(algorithm) on \(environment)"
                )
            }
            plan = try asUsage { try found.plan(catalogues, steps: steps, lanes: lanes, scheduleSteps: scheduleSteps) }
        } else {
            plan.setBudget(steps: steps ?? plan.steps, lanes: lanes ?? plan.lanes, scheduleSteps: scheduleSteps)
        }
        plan.seed = seed
        try asUsage {
            plan.hyperparameters = try plan.hyperparameters.assigning(set, from: "--set")
            plan.environmentSettings = try plan.environmentSettings.assigning(envSet, from: "--env-set")
            try plan.checkFit()
        }
        switch untilReturn {
        case .value(let goal): plan.untilReturn = goal
        case .some: plan.untilReturn = nil
        case nil: break
        }
        if let evalEvery { plan.evaluationInterval = evalEvery }
        if let evalEpisodes { plan.evaluationEpisodes = evalEpisodes }
        if let checkpointEvery { plan.checkpointInterval = checkpointEvery }
        plan.writesTensorBoard = tensorboard
        plan.writesJSONLines = jsonl
        let given: [(String, Bool)] = [
            ("seed", $seed.wasGiven), ("steps", steps != nil),
            ("schedule_steps", scheduleSteps != nil), ("lanes", lanes != nil), ("until_return", untilReturn != nil),
            ("eval_every", evalEvery != nil), ("eval_episodes", evalEpisodes != nil),
            ("checkpoint_every", checkpointEvery != nil), ("tensorboard", tensorboard), ("jsonl", jsonl),
        ]
        for (key, isGiven) in given where isGiven { plan.origins[key] = "--" + key.replacing("_", with: "-") }
        return plan
    }

    private func findPreset(_ context: Context) throws -> Preset? {
        if let preset, preset.hasSuffix(".json") { return try Preset(preset) }
        let home = try context.dataHome()
        let known = try home?.names(.agents, suffix: ".json") ?? []
        let name = preset ?? "\(algorithm)-\(environment)"
        if let home, known.contains(name) { return try Preset(try home.file(.agents, name, suffix: ".json")) }
        guard let preset else { return nil }
        // A hundred names are no hint: those that would fit are.
        let fitting = known.filter { $0.hasPrefix("\(algorithm)-\(environment)") }
        let hint =
            nearestWord(to: preset, in: known).map { "did you mean \"\($0)\"?" }
            ?? (fitting.isEmpty
                ? "there is none for \(algorithm) on \(environment), whose defaults serve without --preset"
                : "for \(algorithm) on \(environment) there are \(fitting.joined(separator: ", "))")
        throw FileError(.missing, path: preset, "no such preset; \(hint)")
    }

    private func requireDeterminism() throws {
        guard Machine.hasFusedMultiplyAdd else {
            throw CommandFailure(
                "this binary was built with RL_CPU=baseline, whose results differ; build with RL_CPU=x86-64-v3 or native")
        }
    }

    /// What a child of `--seeds` is told beyond its seed and folder.
    private var childOptions: [String] {
        var words = [algorithm, environment]
        func add<Value>(_ name: String, _ value: Value?) { if let value { words += ["\(name)=\(value)"] } }
        add("--steps", steps)
        add("--schedule-steps", scheduleSteps)
        add("--lanes", lanes)
        for pair in set { words += ["--set=\(pair)"] }
        for pair in envSet { words += ["--env-set=\(pair)"] }
        // The group may be completed from another folder.
        add("--preset", preset.map { $0.hasSuffix(".json") ? Paths.canonical($0) : $0 })
        add("--until-return", untilReturn?.argumentText)
        add("--eval-every", evalEvery)
        add("--eval-episodes", evalEpisodes)
        add("--checkpoint-every", checkpointEvery)
        add("--threads", threads)
        let switches = [("--deterministic", deterministic), ("--tensorboard", tensorboard), ("--jsonl", jsonl)]
        return words + switches.filter(\.1).map(\.0)
    }
}
