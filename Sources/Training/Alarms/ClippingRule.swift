// Rings when the bound of the gradient, not the gradient, decides how far each update goes.
import Basics
import RLCore

/// The mean norm of the gradients more than twenty times `max_grad_norm` in a quarter of the budget's rows in succession, while no
/// evaluation has reached the world's threshold: healthy runs clip too, early on.
struct ClippingRule: AlarmRule {
    private let limit: Double
    private let threshold: Double
    private var hasReached = false
    private var streak = Streak()
    static let excess = 20.0
    static let rows = 25

    /// Nil where the algorithm has no such bound.
    init?(_ plan: TrainingPlan) {
        guard plan.hyperparameters.declarations.contains(where: { $0.key == "max_grad_norm" }) else { return nil }
        limit = plan.hyperparameters.number("max_grad_norm")
        threshold = plan.environment.threshold ?? .infinity
        guard limit > 0 else { return nil }
    }

    mutating func alarm(after row: EvaluationRow) -> Alarm? {
        if row.mean >= threshold { hasReached = true }
        return nil
    }

    mutating func alarm(after row: ReportRow) -> Alarm? {
        guard !hasReached, let norm = row["gradient_norm"] else { return nil }
        streak.note(norm > Self.excess * limit)
        guard streak.length == Self.rows else { return nil }
        return Alarm(
            kind: .gradientClipped, step: row.step,
            message: "gradients of norm \(significant(norm)) on average, all clipped to max_grad_norm, \(significant(limit))",
            advice: "Only their direction is left: try a larger max_grad_norm, a smaller reward_scale, or normalize_reward=true.")
    }
}
