// Rings when a learner believes in values that no episode has come near.
import Basics
import RLCore

/// Mean values above the best return so far by more than ten times the largest return in size, in three rows in succession. (Not less:
/// where one episode in a hundred is paid, the returns that are seen are means of next to nothing.)
///
/// A discounted value is below the return that it discounts, so this is far beyond what a healthy network says. Quiet where rewards are
/// scaled, clipped or normalised before the learner sees them: its values are in other units.
struct ValuesRule: AlarmRule {
    private var streak = Streak()
    private var best = -Double.infinity
    private var size = 0.0
    private let advice: String
    static let rows = 3

    init?(_ plan: TrainingPlan) {
        let hyper = plan.hyperparameters
        func has(_ key: String) -> Bool { hyper.declarations.contains { $0.key == key } }
        if has("normalize_reward") {
            let isPlain =
                !hyper.boolean("normalize_reward") && hyper.number("reward_scale") == 1 && hyper.number("clip_reward") == 0
            guard isPlain else { return nil }
        }
        let remedies = [
            has("double") && !hyper.boolean("double") ? "double=true" : nil,
            has("target_update_interval") ? "a longer target_update_interval (now \(hyper["target_update_interval"]))" : nil,
            has("gamma") ? "a smaller gamma (now \(hyper["gamma"]))" : nil,
            has("learning_rate") ? "a smaller learning_rate (now \(hyper["learning_rate"]))" : nil,
        ].compactMap { $0 }
        guard !remedies.isEmpty else { return nil }
        advice = "The learner over-estimates: try \(remedies.joined(separator: ", or "))."
    }

    private mutating func see(_ value: Double) {
        best = max(best, value)
        size = max(size, abs(value))
    }
    mutating func alarm(after row: EvaluationRow) -> Alarm? {
        see(row.minimum)
        see(row.maximum)
        return nil
    }
    mutating func alarm(after row: ReportRow) -> Alarm? {
        if let mean = row["return_mean"] { see(mean) }
        guard let value = row["q_mean"] ?? row["value"], best.isFinite else { return nil }
        streak.note(value > best + 10 * size)
        guard streak.length == Self.rows else { return nil }
        return Alarm(
            kind: .valuesAboveReturns, step: row.step,
            message: "values of \(significant(value)) on average, where no return was above \(significant(best))", advice: advice)
    }
}
