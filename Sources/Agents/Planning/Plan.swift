// What planning hands back: optimal values, a policy that earns them, and how far the search had come.

public struct Plan: Hashable, Sendable {
    public let discount: Double
    /// [states]
    public let values: [Double]
    /// [states, actions], one step ahead of `values`.
    public let actionValues: [Double]
    /// [states]: of equally good actions (within 1e-9) the first; −1 where the state is absorbing.
    ///
    /// Undiscounted, going round without reward can look as good as arriving: there the first of the equally good actions that
    /// lead towards an end is taken where the first of all would never come to one.
    public let policy: [Int]
    /// Passes over the states: of value iteration sweeps, of policy iteration rounds of improvement.
    public let sweeps: Int
    /// The largest change that one more pass made.
    public let residual: Double
    /// The expected return from where episodes begin.
    public let startValue: Double

    init(_ model: PlanningModel, _ values: [Double], discount: Double, sweeps: Int, residual: Double) {
        self.discount = discount
        self.values = values
        self.sweeps = sweeps
        self.residual = residual
        actionValues = model.actionValues(values, discount: discount)
        startValue = model.startValue(values)
        policy = Plan.greedy(model, actionValues, discount: discount)
    }

    private static func greedy(_ model: PlanningModel, _ actionValues: [Double], discount: Double) -> [Int] {
        let width = model.actionCount
        var policy = [Int](repeating: -1, count: model.stateCount)
        for state in policy.indices where !model.isAbsorbing[state] {
            policy[state] = bestActions(actionValues, state, of: width).first!
        }
        if discount == 1 { leadToEnds(&policy, model, actionValues) }
        return policy
    }

    /// The actions whose value is the state's best, or a tie with it, in order. `actionValues`: [states, actions].
    static func bestActions(_ actionValues: [Double], _ state: Int, of width: Int) -> [Int] {
        let row = actionValues[state * width..<(state + 1) * width]
        let best = row.max()!
        return (0..<width).filter { row[row.startIndex + $0] >= best - tieTolerance(best) }
    }

    /// Keeps the policy wherever it can come to an end; elsewhere takes the first tied action that may lead to such a state.
    private static func leadToEnds(_ policy: inout [Int], _ model: PlanningModel, _ actionValues: [Double]) {
        let width = model.actionCount
        var arrives = model.isAbsorbing
        func leads(_ state: Int, _ action: Int) -> Bool {
            let pair = state * width + action
            return model.mayTerminate[pair] || model.outcomes(pair).contains { arrives[model.successor($0)] }
        }
        var changed = true
        while changed {
            changed = false
            for state in policy.indices where !arrives[state] && leads(state, policy[state]) {
                arrives[state] = true
                changed = true
            }
        }
        changed = true
        while changed {
            changed = false
            for state in policy.indices where !arrives[state] {
                guard let action = bestActions(actionValues, state, of: width).first(where: { leads(state, $0) }) else {
                    continue
                }
                policy[state] = action
                arrives[state] = true
                changed = true
            }
        }
    }
}
