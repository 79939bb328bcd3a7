// Rings when three quarters of the budget are gone and no evaluation was better than the first by more than chance.
import Basics
import RLCore

/// At least ten evaluations, three quarters of the budget (of `schedule_steps`, so that it rings alike in a run that goes on longer), and
/// a best mean within three standard errors of the first; quiet where the world's threshold has been reached.
///
/// A finite world may have been solved before the first evaluation: where such a world has no threshold, the rule is absent, and
/// `rl eval --regret` knows better.
struct NoImprovementRule: AlarmRule {
    /// The step at which three quarters of what shares are of are gone.
    private let due: Int
    private let threshold: Double?
    private var first: EvaluationRow?
    private var best = -Double.infinity
    private var count = 0
    private let advice: String
    static let evaluations = 10
    static let deviations = 3.0

    init?(_ plan: TrainingPlan) {
        guard plan.environment.threshold != nil || !plan.environment.hasModel else { return nil }
        due = (3 * plan.scheduleSteps + 3) / 4
        threshold = plan.environment.threshold
        let hyper = plan.hyperparameters
        func present(_ keys: String...) -> [String] {
            keys.filter { key in hyper.declarations.contains { $0.key == key } }.map { "\($0) (now \(hyper[$0]))" }
        }
        let exploration = present("exploration_fraction", "exploration_final_eps", "epsilon", "ent_coef")
        let remedies =
            (exploration.isEmpty ? [] : ["more exploration: \(exploration.joined(separator: ", "))"])
            + present("learning_rate").map { "another \($0)" } + ["more steps"]
        advice = "Try \(remedies.joined(separator: "; or ")); rl eval with --mode sampled shows what chance reaches."
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
            advice: advice)
    }
}
