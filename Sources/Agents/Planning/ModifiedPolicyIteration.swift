// Modified policy iteration: between the two, a few sweeps value each policy roughly (Puterman & Shin 1978).
import Kernels

public enum ModifiedPolicyIteration {
    /// Every sweep of the optimality operator is followed by `evaluations` sweeps of the policy that it found: none is value iteration,
    /// ever more is policy iteration. `Plan.sweeps` counts both kinds; sweeps are synchronous.
    ///
    /// Undiscounted it begins at the value of a policy that surely ends or rests, because from elsewhere a policy's own sweeps
    /// may run away (the start must not lie above what one sweep makes of it: Puterman 1994, section 6.5).
    /// - Throws: `PlanningError` where values diverge, or when `maximumSweeps` did not do.
    public static func solve(
        _ model: PlanningModel, discount: Double, evaluations: Int = 10, tolerance: Double = 1e-12, maximumSweeps: Int = 1_000_000
    ) throws(PlanningError) -> Plan {
        guard discount > 0 && discount <= 1 else { throw .discountOutOfRange(discount) }
        precondition(evaluations >= 0, "\(evaluations) sweeps of evaluation")
        let first = Storage<Double>(count: model.stateCount), second = Storage<Double>(count: model.stateCount)
        let actions = Storage<Int32>(count: model.stateCount)
        var values = first.all, new = second.all
        // Below discount 1 any beginning serves: lowering it by a constant changes no policy, and the constant fades.
        if discount == 1 {
            let policy = try UndiscountedAnalysis.restfulPolicy(model)
            values.copy(from: try ExactEvaluation.values(ofActions: policy, in: model, discount: 1))
        }
        var sweeps = 0
        var residual = Double.infinity
        var goal = tolerance
        while true {
            guard sweeps < maximumSweeps else { throw .unfinished(sweeps: sweeps, residual: residual) }
            residual = BellmanSweep.optimal(model.flat, discount: discount, from: values, into: new)
            sweeps += 1
            if residual < goal { return Plan(model, new.array, discount: discount, sweeps: sweeps, residual: residual) }
            if sweeps % 128 <= evaluations { goal = max(tolerance, 8 * (new.array.map(\.magnitude).max() ?? 0).ulp) }
            improve(model, values, discount: discount, actions.all)
            swap(&values, &new)
            for _ in 0..<evaluations {
                _ = BellmanSweep.following(actions.all, model.flat, discount: discount, from: values, into: new)
                swap(&values, &new)
                sweeps += 1
            }
        }
    }

    /// The first best action of every state.
    private static func improve(_ model: PlanningModel, _ values: Buffer<Double>, discount: Double, _ actions: Integers) {
        for state in 0..<model.stateCount {
            var best = -Double.infinity
            for action in 0..<model.actionCount {
                let pair = state * model.actionCount + action
                var future = 0.0
                for t in model.outcomes(pair) { future += model.probability(t) * values[model.successor(t)] }
                let value = model.reward(pair) + discount * future
                if value > best {
                    best = value
                    actions[state] = Int32(action)
                }
            }
        }
    }
}
