// Policy iteration: value a policy exactly, improve it, until nothing improves (Howard 1960; Sutton & Barto 2018, section 4.3).
import Kernels

public enum PolicyIteration {
    /// `Plan.sweeps` counts the rounds of improvement, the last one, which changes nothing, included.
    ///
    /// An action is exchanged only for one that is better by more than a tie, so the rounds cannot go in circles.
    /// - Throws: `PlanningError` where values diverge.
    public static func solve(_ model: PlanningModel, discount: Double) throws(PlanningError) -> Plan {
        guard discount > 0 && discount <= 1 else { throw .discountOutOfRange(discount) }
        // Undiscounted, a policy that goes round for ever may have no value: begin with one that ends or rests.
        var actions =
            discount == 1 ? try UndiscountedAnalysis.restfulPolicy(model) : [Int](repeating: 0, count: model.stateCount)
        var rounds = 0
        while true {
            let values = try ExactEvaluation.values(ofActions: actions, in: model, discount: discount)
            rounds += 1
            var isStable = true
            var residual = 0.0
            for state in actions.indices {
                var best = actions[state]
                let kept = model.actionValue(state * model.actionCount + best, values, discount: discount)
                var bestValue = kept
                for action in 0..<model.actionCount {
                    let value = model.actionValue(state * model.actionCount + action, values, discount: discount)
                    if value > bestValue + tieTolerance(bestValue) {
                        best = action
                        bestValue = value
                    }
                }
                residual = max(residual, (bestValue - values[state]).magnitude)
                if best != actions[state] {
                    actions[state] = best
                    isStable = false
                }
            }
            if isStable { return Plan(model, values, discount: discount, sweeps: rounds, residual: residual) }
        }
    }
}
