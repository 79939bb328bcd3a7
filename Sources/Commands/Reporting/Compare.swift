// `rl compare`: two groups of runs by their final scores, with intervals that say what is chance.

import RLCore
import Training

struct Compare: Command {
    static let name = "compare"
    static let summary = "compares the final returns of two groups of runs"
    static let discussion = """
        A score is a finished run's final mean return on the report seeds. For each world: the interquartile mean of either group with \
        a 95 % interval (stratified bootstrap), and over all worlds the probability that a run of the first group beats one of the \
        second (draws count by half). An interval of that probability which holds 0.5 says that these runs do not tell the two apart, \
        and fewer than five runs of a world on either side give no verdict. A run that is named twice counts once. After Agarwal et al. \
        2021.
        """
    static let examples = [
        "rl compare runs/ppo-cartpole --against runs/a2c-cartpole",
        "rl compare runs/ppo-* --against runs/a2c-* --json",
        "rl compare runs/ppo-cartpole --against runs/a2c-cartpole --out profiles.svg",
    ]

    @Arguments("RUN", atLeast: 1, completing: .folders, help: "folders of runs or of groups of runs: the first group")
    var first: [String]
    @Option("--against", value: "RUN…", takesAll: true, completing: .folders, help: "the second group") var second: [String] = []
    @Option("--out", value: "FILE", completing: .files, help: "draws the performance profiles of both groups as an SVG picture")
    var out: String?
    @Option("--resamples", value: "N", in: 100...1_000_000, help: "of the bootstrap") var resamples = 10_000
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        guard !second.isEmpty else { throw UsageError("--against is missing: the folders of the second group") }
        let comparison = try Comparison(
            ScoreTable(first), ScoreTable(second), bootstrap: StratifiedBootstrap(resamples: resamples))
        if let out { try AtomicFile.write(try comparison.profiles(), to: out) }
        if json {
            context.output.line(JSONWriter.pretty(comparison.json))
        } else {
            comparison.show(on: context.output)
            if let out { context.output.line("wrote    \(out)") }
        }
    }
}
