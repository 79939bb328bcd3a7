// Value iteration: Bellman's optimality equation as an assignment, until nothing moves (Sutton & Barto 2018, section 4.4).

public enum ValueIteration {
    /// Which values a sweep reads.
    public enum Order: Hashable, Sendable {
        /// Those of the sweep before.
        case synchronous
        /// The newest, states in the order of their numbers (Gauss–Seidel): fewer sweeps.
        case inPlace
    }

    /// - Parameters:
    ///   - tolerance: the search ends when a sweep changes no value by as much; never below a few units in the last place of the
    ///     largest value. Below discount 1 the values are then within `tolerance` · γ / (1 − γ) of the optimum.
    /// - Throws: `PlanningError` where values diverge, or when `maximumSweeps` did not do.
    public static func solve(
        _ model: PlanningModel, discount: Double, tolerance: Double = 1e-12, order: Order = .synchronous,
        maximumSweeps: Int = 1_000_000
    ) throws(PlanningError) -> Plan {
        guard discount > 0 && discount <= 1 else { throw .discountOutOfRange(discount) }
        if discount == 1 { _ = try UndiscountedAnalysis.restfulPolicy(model) }
        let sweeper = Sweeper(model, discount: discount, order: order)
        var residual = Double.infinity
        var goal = tolerance
        while residual >= goal {
            guard sweeper.sweeps < maximumSweeps else { throw .unfinished(sweeps: sweeper.sweeps, residual: residual) }
            residual = sweeper.sweep()
            // Values that never come nearer than their own rounding are as near as they get.
            if sweeper.sweeps % 128 == 0 { goal = max(tolerance, 8 * (sweeper.currentValues.map(\.magnitude).max() ?? 0).ulp) }
        }
        return Plan(model, sweeper.currentValues, discount: discount, sweeps: sweeper.sweeps, residual: residual)
    }
}
