// `--explain`: every value of a plan, and where it came from.

import Agents
import Basics
import RLCore
import Training

struct Explanation {
    private let plan: TrainingPlan
    private let threads: Int

    init(_ plan: TrainingPlan, threads: Int) {
        self.plan = plan
        self.threads = threads
    }

    func show(asJSON: Bool, on output: Output) throws {
        if asJSON { return output.line(JSONWriter.pretty(plan.json)) }
        // What shares are of, by its name where it has one of its own.
        let whole = plan.scheduleSteps == plan.steps ? "the budget" : "schedule_steps"
        output.line(
            "\(plan.algorithm.name) on \(plan.environment.name), \(plan.preset.map { "preset \($0)" } ?? "no preset")", .bold)
        section(
            "run",
            [
                row("seed", "\(plan.seed)"), row("steps", grouped(plan.steps), "default of \(plan.algorithm.name)"),
                row("schedule_steps", grouped(plan.scheduleSteps), "the budget"),
                row("lanes", "\(plan.lanes)", "default of \(plan.algorithm.name)"),
                row("until_return", plan.untilReturn.map(plain) ?? "none"),
                row("eval_every", grouped(plan.evaluationInterval), "a twentieth of \(whole)"),
                row("eval_episodes", grouped(plan.evaluationEpisodes)),
                row("checkpoint_every", grouped(plan.checkpointInterval), "a tenth of \(whole)"),
                row("tensorboard", "\(plan.writesTensorBoard)"), row("jsonl", "\(plan.writesJSONLines)"),
                ("threads", "\(threads)", threads == 1 ? "default" : "--threads"),
            ], on: output)
        section("hyperparameters", rows(plan.hyperparameters), on: output)
        section("environment", rows(plan.environmentSettings), on: output)
    }

    private func row(_ key: String, _ value: String, _ otherwise: String = "default") -> (String, String, String) {
        (key, value, plan.origins[key] ?? otherwise)
    }
    private func rows(_ settings: Settings) -> [(String, String, String)] {
        settings.declarations.map { ($0.key, "\(settings[$0.key])", settings.origin($0.key) ?? "default") }
    }
    private func section(_ title: String, _ rows: [(String, String, String)], on output: Output) {
        output.line()
        output.line(title, .bold)
        let first = rows.map(\.0.count).max() ?? 0, second = rows.map(\.1.count).max() ?? 0
        for (key, value, origin) in rows {
            output.line("  " + key.padded(to: first + 2) + value.padded(to: second + 2) + origin)
        }
    }
}

extension String {
    /// Filled with blanks on the right.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
