// `rl train`: an algorithm learns a world, with a preset or with defaults.

import Agents
import Basics
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

    let options = PlanOptions()
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the run's seed: the same seed gives the same bits")
    var seed: UInt64 = 0
    @Option("--seeds", value: "N", in: Train.seedsRange, help: "N runs with successive seeds, side by side, one summary")
    var seeds: Int?
    @Option(
        "--schedule-steps", value: "N", in: TrainingPlan.stepsRange,
        help: "what everything that is a share of the budget is a share of (the budget)")
    var scheduleSteps: Int?
    @Option("--out", value: "DIR", completing: .folders, help: "the run's folder; the default is the next free one under runs/")
    var out: String?
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
        if let steps = options.steps, plan.steps != steps {
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

    /// What all of the command line says, defaults where it is silent.
    func makePlan(_ context: Context) throws -> TrainingPlan {
        var plan = try options.plan(context, scheduleSteps: scheduleSteps)
        plan.seed = seed
        if let evalEvery { plan.evaluationInterval = evalEvery }
        if let evalEpisodes { plan.evaluationEpisodes = evalEpisodes }
        if let checkpointEvery { plan.checkpointInterval = checkpointEvery }
        plan.writesTensorBoard = tensorboard
        plan.writesJSONLines = jsonl
        let given: [(String, Bool)] = [
            ("seed", $seed.wasGiven), ("eval_every", evalEvery != nil), ("eval_episodes", evalEpisodes != nil),
            ("checkpoint_every", checkpointEvery != nil), ("tensorboard", tensorboard), ("jsonl", jsonl),
        ]
        for (key, isGiven) in given where isGiven { plan.origins[key] = "--" + key.replacing("_", with: "-") }
        return plan
    }

    private func requireDeterminism() throws {
        guard Machine.hasFusedMultiplyAdd else {
            throw CommandFailure(
                "this binary was built with RL_CPU=baseline, whose results differ; build with RL_CPU=x86-64-v3 or native")
        }
    }

    /// What a child of `--seeds` is told beyond its seed and folder.
    private var childOptions: [String] {
        var words = options.words
        func add<Value>(_ name: String, _ value: Value?) { if let value { words += ["\(name)=\(value)"] } }
        add("--schedule-steps", scheduleSteps)
        add("--eval-every", evalEvery)
        add("--eval-episodes", evalEpisodes)
        add("--checkpoint-every", checkpointEvery)
        add("--threads", threads)
        let switches = [("--deterministic", deterministic), ("--tensorboard", tensorboard), ("--jsonl", jsonl)]
        return words + switches.filter(\.1).map(\.0)
    }
}
