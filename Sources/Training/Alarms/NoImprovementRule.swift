// Rings when three quarters of the budget are gone and no evaluation was better than the first by more than chance.
import RLCore

/// At least ten evaluations, three quarters of the budget (of `schedule_steps`, so that it rings alike in a run that goes on longer), and a best mean within three standard errors of the first; quiet where the world's
/// threshold has been reached.
struct NoImprovementRule: AlarmRule {
    /// The step at which three quarters of what shares are of are gone.
    private let due: Int
    private let threshold: Double?
    private var first: EvaluationRow?
    private var best = -Double.infinity
    private var count = 0
    static let evaluations = 10
    static let deviations = 3.0

    init(_ plan: TrainingPlan) {
        due = (3 * plan.scheduleSteps + 3) / 4
        threshold = plan.environment.threshold
    }

    mutating func alarm(after row: ReportRow) -> Alarm? { nil }

    mutating func alarm(after row: EvaluationRow) -> Alarm? {
        let first = first ?? row
        self.first = first
        best = max(best, row.mean)
        count += 1
        guard count >= Self.evaluations, row.step >= due else { return nil }
        if let threshold, best >= threshold { return nil }
        let chance = Self.deviations * first.deviation / Double(max(1, first.episodes)).squareRoot()
        guard best <= first.mean + chance else { return nil }
        return Alarm(
            kind: .noImprovement, step: row.step,
            message: "none of \(count) evaluations was better than the first, \(significant(first.mean)), by more than chance",
            advice:
                "Try more exploration, another learning_rate, or more steps; rl eval with --mode sampled shows what chance reaches."
        )
    }
}
