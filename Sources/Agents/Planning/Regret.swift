import Basics
import Kernels
// How far a learned table or policy is from the exact optimum of a finite world.
public import RLCore

/// All figures are exact expectations under the model, without its time limit.
public struct Regret: Hashable, Sendable {
    /// max |Q(s, a) − Q*(s, a)| over the states counted and all their actions; nil where no action values are known.
    public let largestError: Double?
    /// Share of the states counted in which the policy takes an optimal action; ties within 1e-9 are all optimal.
    public let optimalShare: Double
    /// Reachable states that are not absorbing: those that are counted.
    public let statesCounted: Int
    /// Expected discounted return from where episodes begin: of the best policy, and of this one.
    public let optimalValue: Double
    public let value: Double
    /// `optimalValue` − `value`.
    public var regret: Double { optimalValue - value }
    /// The regret as a share of the optimum's magnitude; of 1 where the optimum is smaller than 1e-9.
    public var relative: Double { regret / (optimalValue.magnitude < 1e-9 ? 1 : optimalValue.magnitude) }

    /// - Parameters:
    ///   - actions: [observations]; what the policy does on seeing each.
    ///   - actionValues: [observations, actions]; what it thinks of them. Compared only where a player sees the whole state.
    /// - Throws: undiscounted, where the policy, or the world, has no finite value; the sentence says which state.
    public init(
        ofActions actions: [Int], actionValues: [Double]? = nil, in model: PlanningModel, discount: Double
    ) throws(PlanningError) {
        let best = try PolicyIteration.solve(model, discount: discount)
        try self.init(ofActions: actions, actionValues: actionValues, in: model, against: best)
    }

    /// The same against an optimum already solved for.
    public init(
        ofActions actions: [Int], actionValues: [Double]? = nil, in model: PlanningModel, against best: Plan
    ) throws(PlanningError) {
        let width = model.actionCount
        precondition(
            actions.count == model.observationCount, "\(actions.count) actions for \(model.observationCount) observations")
        let taken = (0..<model.stateCount).map { model.isAbsorbing[$0] ? -1 : actions[model.observations[$0]] }
        let isReachable = model.isReachable
        let counted = (0..<model.stateCount).filter { isReachable[$0] && !model.isAbsorbing[$0] }
        var error = 0.0
        var optimal = 0
        for state in counted {
            if Plan.bestActions(best.actionValues, state, of: width).contains(taken[state]) { optimal += 1 }
            guard let actionValues else { continue }
            for action in 0..<width {
                let learned = actionValues[model.observations[state] * width + action]
                error = max(error, (learned - best.actionValues[state * width + action]).magnitude)
            }
        }
        largestError = actionValues == nil || !model.isFullyObserved ? nil : error
        optimalShare = counted.isEmpty ? 1 : Double(optimal) / Double(counted.count)
        statesCounted = counted.count
        optimalValue = best.startValue
        value = model.startValue(try ExactEvaluation.values(ofActions: taken, in: model, discount: best.discount))
    }

    /// Asks a policy what it does, greedily, in every state of a world that shows the state's number.
    public init(of policy: any Policy, in model: PlanningModel, discount: Double) throws(PlanningError) {
        let count = model.observationCount
        let rows = RowStorage(count: count, space: .discrete(count))
        for observation in 0..<count { rows.rows.floats[observation] = Float(observation) }
        let actions = Actions(lanes: count, space: .discrete(model.actionCount))
        var sources = [RandomSource](repeating: RandomSource(seed: 0), count: count)
        policy.begin(lanes: count)
        policy.act(on: rows.rows, into: actions, mode: .greedy, using: &sources)
        try self.init(
            ofActions: actions.indices.array.map { Int($0) },
            actionValues: (policy as? any ActionValuing)?.actionValues(of: rows.rows), in: model, discount: discount)
    }
}

/// A policy that can say what it thinks of every action.
public protocol ActionValuing: Policy {
    /// [rows, actions]
    func actionValues(of observations: Rows) -> [Double]
}
