// `rl sweep`: searches hyperparameters, on seeds of its own.

import Agents
import Basics
import Kernels
import RLCore
import Training

struct Sweep: Command {
    static let name = "sweep"
    static let summary = "searches hyperparameters and writes the best as a preset"
    static let discussion = """
        Draws the values of each trial at random and trains it, as many runs at a time as there are cores. A trial's score is the mean \
        return of its kept weights over 100 episodes that no report uses; its training seeds begin at 8000. With --halving all trials \
        get one seed, the better half a second one, and so on until --seeds. DIR holds a journal: the same command goes on where it \
        was stopped. It ends with table.csv and preset.json; what that preset is worth, other seeds tell.
        """
    static let examples = [
        "rl sweep dqn cartpole --over learning_rate=1e-4..1e-1:log --trials 16 --halving",
        "rl sweep ppo cartpole --over n_steps=16..512:log --over ent_coef=0..0.05 --minutes 10",
    ]

    let options = PlanOptions()
    @Option("--over", value: "KEY=LOW..HIGH[:log]", help: "a hyperparameter and its range, or its values as KEY=A|B")
    var over: [String] = []
    @Option("--trials", value: "N", in: SweepPlan.trialsRange, help: "how many sets of values are tried") var trials = 16
    @Option("--seeds", value: "N", in: SweepPlan.seedsRange, help: "training seeds of each trial that goes to the end")
    var seeds = 4
    @Flag("--halving", help: "the better half of the trials gets twice the seeds, again and again") var halving
    @Option("--minutes", value: "X", in: 0.01...100_000, help: "stop then, with the best so far") var minutes: Double?
    @Option("--out", value: "DIR", completing: .folders, help: "where the sweep is kept [runs/sweep-ALGORITHM-ENVIRONMENT]")
    var out: String?
    @Flag("--quiet", help: "print nothing but errors and, with --json, the result") var quiet
    @Flag("--json", help: "print one JSON document on standard output; text for people goes to standard error") var json

    mutating func run(_ context: inout Context) throws {
        guard !over.isEmpty else {
            throw UsageError("--over is missing: what to search, such as --over learning_rate=1e-4..1e-2:log")
        }
        let base = try options.plan(context)
        let ranges = try asUsage { try over.map { try SearchRange($0, for: base.hyperparameters) } }
        if let twice = ranges.first(where: { range in ranges.count { $0.key == range.key } > 1 }) {
            throw UsageError("--over \(twice.key) was given twice; a trial has one value of it")
        }
        let voice = Voice(context, json: json, quiet: quiet, progress: true)
        if base.preset == nil { voice.say("no preset \(base.name): trials begin with the defaults of \(base.algorithm.name)") }
        let plan = SweepPlan(
            ranges: ranges, trials: trials, seeds: seeds, firstSeed: SweepPlan.tuningSeeds, isHalving: halving)
        let folder = out ?? Paths.join("runs", "sweep-\(base.name)")
        try Folders.make(folder)
        let lock = try FolderLock(folder)
        defer { withExtendedLifetime(lock) {} }
        let runner = try SweepRunner(
            plan, base: base, words: options.words, folder: folder,
            deadline: minutes.map { monotonicSeconds() + 60 * $0 } ?? .infinity,
            voice: voice, catalogues: context.application.catalogues)
        try runner.run(&context)
    }
}
