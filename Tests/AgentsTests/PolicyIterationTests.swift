import Basics
import RLCore
import Testing

@testable import Agents

@Suite("Policy iteration")
struct PolicyIterationTests {
    typealias Model = ListedModel

    /// Four outcomes for each of three actions; moves cost something, and a third of the states may end.
    static func randomModel(_ seed: UInt64, states: Int = 30) throws -> PlanningModel {
        var random = RandomSource(seed: seed)
        let rows = (0..<states).map { state in
            (0..<3).map { _ in
                (0..<4).map {
                    Transition(
                        probability: 0.25, next: random.below(states), reward: -random.unit(),
                        terminates: $0 == 0 && state % 3 == 0)
                }
            }
        }
        return try PlanningModel(Model(rows: rows))
    }

    @Test("a corridor by hand, in as many rounds as values need to travel")
    func corridor() throws {
        let plan = try PolicyIteration.solve(PlanningModel(Model.corridor(3)), discount: 0.5)
        #expect(plan.values == [1, 4, 10, 0])
        #expect(plan.policy == [1, 1, 1, -1])
        #expect(plan.residual == 0)
        // Staying is worth −2. Going on is better at 2 (10) only, then at 1 (4), then at 0 (1); the last round changes nothing.
        #expect(plan.sweeps == 3 || plan.sweeps == 4)
    }

    @Test("three ways of planning find one optimum", arguments: [0.5, 0.9, 0.99, 1], [UInt64(1), 2, 3])
    func agree(discount: Double, seed: UInt64) throws {
        let model = try Self.randomModel(seed)
        let exact = try PolicyIteration.solve(model, discount: discount)
        let others = [
            try ValueIteration.solve(model, discount: discount),
            try ValueIteration.solve(model, discount: discount, order: .inPlace),
            try ModifiedPolicyIteration.solve(model, discount: discount),
            try ModifiedPolicyIteration.solve(model, discount: discount, evaluations: 0),
        ]
        for other in others {
            #expect(other.policy == exact.policy)
            for (a, b) in zip(other.values, exact.values) { #expect((a - b).magnitude < 1e-9) }
        }
        // It is an optimum: no single change of action improves on it.
        for state in 0..<model.stateCount {
            for action in 0..<3 { #expect(exact.actionValues[state * 3 + action] <= exact.values[state] + 1e-9) }
        }
    }
}
