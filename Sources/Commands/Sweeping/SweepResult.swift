// What a sweep found: a table of its trials, and the best of them as a preset.

import Agents
import Basics
import RLCore
import Training

struct SweepResult {
    /// A trial with all that is known of it.
    struct Trial {
        let number: Int
        let values: [(key: String, value: String)]
        /// One for each seed that it had, in their order; nil where a run failed.
        let scores: [Double?]
        /// The worst there is where a run failed.
        var mean: Double { Statistics.mean(scores.map { $0 ?? -.infinity }) }
    }
    /// Those with the most seeds first, and of equals the best.
    let trials: [Trial]
    private let plan: SweepPlan
    private let base: TrainingPlan

    init(_ plan: SweepPlan, base: TrainingPlan, entries: [SweepJournal.Entry]) {
        self.plan = plan
        self.base = base
        trials = Dictionary(grouping: entries, by: \.trial).map { number, runs in
            Trial(
                number: number, values: plan.assignment(of: number), scores: runs.sorted { $0.seed < $1.seed }.map(\.score))
        }.sorted { ($1.scores.count, $1.mean, $0.number) < ($0.scores.count, $0.mean, $1.number) }
    }

    /// `table.csv` and `preset.json`.
    /// - Throws: `FileError` when the folder cannot be written.
    func write(to folder: String) throws {
        let keys = plan.ranges.map(\.key)
        let rows = trials.map { trial in
            ([("\(trial.number)")] + trial.values.map { Self.field($0.value) } + [
                "\(trial.scores.count)", trial.mean.isFinite ? "\(trial.mean)" : "",
            ])
            .joined(separator: ",")
        }
        let header = (["trial"] + keys + ["seeds", "mean_score"]).joined(separator: ",")
        try AtomicFile.write(([header] + rows).map { $0 + "\n" }.joined(), to: Paths.join(folder, "table.csv"))
        if let best { try AtomicFile.write(try preset(best) + "\n", to: Paths.join(folder, Self.presetName)) }
    }
    /// As RFC 4180 has it: what holds a comma or a quote stands in quotes, and its quotes are doubled.
    private static func field(_ text: String) -> String {
        text.contains { ",\"\n\r".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    private static let presetName = "preset.json"

    /// The first that did not fail.
    var best: Trial? { trials.first { $0.mean.isFinite } }

    /// As `agents/NAME.json`: what differs from the defaults, and how it was found.
    private func preset(_ trial: Trial) throws -> String {
        var hyper = base.hyperparameters
        for (key, value) in trial.values { try hyper.set(key, parsing: value, from: "sweep") }
        func changed(_ settings: Settings) -> JSON {
            .object(
                JSONObject(
                    settings.declarations.filter { settings[$0.key] != $0.initial }.map { ($0.key, settings[$0.key].json) }))
        }
        var document = JSONObject([
            ("format", 1), ("algorithm", JSON(base.algorithm.name)), ("environment", JSON(base.environment.name)),
            ("env", changed(base.environmentSettings)), ("steps", JSON(base.steps)), ("lanes", JSON(base.lanes)),
        ])
        if let goal = base.untilReturn { document["until_return"] = JSON(goal) }
        if base.origins["eval_every"] != nil { document["eval_every"] = JSON(base.evaluationInterval) }
        if base.origins["eval_episodes"] != nil { document["eval_episodes"] = JSON(base.evaluationEpisodes) }
        document["hyperparameters"] = changed(hyper)
        document["source"] = JSON(
            "rl sweep: the best of \(counted(trials.count, "trial")) over \(plan.ranges.map(\.text).joined(separator: ", ")), "
                + "\(base.preset.map { "from the preset \($0)" } ?? "from the defaults"), on training seeds \(plan.firstSeed) to "
                + "\(plan.firstSeed + UInt64(trial.scores.count) - 1), by episodes with seeds from \(SeedRange.tuning)")
        return JSONWriter.pretty(.object(document))
    }

    /// - Throws: `CommandFailure` when no trial came to an end.
    func tell(_ voice: Voice, folder: String, isComplete: Bool) throws {
        guard let best else {
            throw CommandFailure("no trial came to its end\(isComplete ? "" : " in this time"); see \(folder)")
        }
        for trial in trials.prefix(10) {
            let values = trial.values.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            voice.tell(
                "\(trial.mean.isFinite ? rounded(trial.mean).leftPadded(to: 10) : "    failed")  \(counted(trial.scores.count, "seed"))  "
                    + "\(values)  (trial \(trial.number))", trial.number == best.number ? .green : .plain)
        }
        if trials.count > 10 { voice.tell("… and \(trials.count - 10) more in \(Paths.join(folder, "table.csv"))") }
        let path = Paths.join(folder, Self.presetName)
        voice.tell("wrote    \(path)\(isComplete ? "" : ", of the runs that have ended")")
        voice.tell(
            "next     rl train \(base.algorithm.name) \(base.environment.name) --preset \(quotedForShell(path)) --seeds 10 --seed 100"
        )
        voice.document([
            "preset": JSON(path), "complete": JSON(isComplete), "best": json(best), "trials": .array(trials.map(json)),
        ])
    }

    private func json(_ trial: Trial) -> JSON {
        [
            "trial": JSON(trial.number),
            "values": .object(JSONObject(trial.values.map { ($0.key, JSON($0.value)) })),
            "scores": .array(trial.scores.map { JSON($0) }), "mean_score": JSON(trial.mean.isFinite ? trial.mean : nil),
        ]
    }
}
