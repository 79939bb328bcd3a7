// Rings when a policy has stopped trying anything before it is any good.
import Basics
import Glibc
import RLCore

/// Less than a fiftieth of the entropy of chance, in five rows in succession, while returns are below the world's threshold.
///
/// A policy that has solved its world may be as certain as it likes; where a world has no threshold, nobody knows, and the rule is quiet.
struct EntropyRule: AlarmRule {
    private let chance: Double
    private let threshold: Double
    private let advice: String
    private var streak = Streak()
    private var hasReached = false
    static let share = 0.02
    static let rows = 5

    init?(_ plan: TrainingPlan) {
        guard let threshold = plan.environment.threshold,
            let vector = try? plan.environment.makeVector(plan.environmentSettings, lanes: 1),
            case .discrete(let count) = vector.actionSpace, count > 1
        else { return nil }
        self.threshold = threshold
        chance = log(Double(count))
        let weight = plan.hyperparameters.declarations.contains { $0.key == "ent_coef" }
        advice =
            "A policy that is certain no longer explores: try "
            + (weight ? "a larger ent_coef (now \(plan.hyperparameters["ent_coef"])) or " : "") + "a smaller learning_rate."
    }

    mutating func alarm(after row: EvaluationRow) -> Alarm? {
        if row.mean >= threshold { hasReached = true }
        return nil
    }

    mutating func alarm(after row: ReportRow) -> Alarm? {
        guard !hasReached, let entropy = row["entropy"], let mean = row["return_mean"] else { return nil }
        streak.note(entropy < Self.share * chance && mean < threshold)
        guard streak.length == Self.rows else { return nil }
        return Alarm(
            kind: .entropyCollapsed, step: row.step,
            message: "the policy's entropy has collapsed to \(significant(entropy)), of \(significant(chance)) for chance, "
                + "at a return of \(significant(mean))", advice: advice)
    }
}
