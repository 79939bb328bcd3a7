// `--explain`: every value of a plan, and where it came from.

import RLCore
import Agents
import Basics
import Training

struct Explanation {
    private let plan: TrainingPlan

    init(_ plan: TrainingPlan) { self.plan = plan }

    func show(asJSON: Bool, on output: Output) throws {
        if asJSON { return output.line(JSONWriter.pretty(plan.json)) }
        output.line("\(plan.algorithm.name) on \(plan.environment.name), \(plan.preset.map { "preset \($0)" } ?? "no preset")", .bold)
        section(
            "run",
            [
                ("seed", "\(plan.seed)", nil), ("steps", grouped(plan.steps), nil), ("lanes", "\(plan.lanes)", nil),
                ("until_return", plan.untilReturn.map { "\($0)" } ?? "none", nil), ("eval_every", grouped(plan.evaluationInterval), nil),
                ("eval_episodes", "\(plan.evaluationEpisodes)", nil), ("checkpoint_every", grouped(plan.checkpointInterval), nil),
            ], on: output)
        section("hyperparameters", rows(plan.hyperparameters), on: output)
        section("environment", rows(plan.environmentSettings), on: output)
    }

    private func rows(_ settings: Settings) -> [(String, String, String?)] {
        settings.declarations.map { ($0.key, "\(settings[$0.key])", settings.origin($0.key) ?? "default") }
    }
    private func section(_ title: String, _ rows: [(String, String, String?)], on output: Output) {
        output.line()
        output.line(title, .bold)
        let first = rows.map(\.0.count).max() ?? 0, second = rows.map(\.1.count).max() ?? 0
        for (key, value, origin) in rows {
            output.line("  " + key.padded(to: first + 2) + (origin.map { value.padded(to: second + 2) + $0 } ?? value))
        }
    }
}

extension String {
    /// Filled with blanks on the right.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
