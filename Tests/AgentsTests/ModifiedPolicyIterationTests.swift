import RLCore
import Testing

@testable import Agents

@Suite("Modified policy iteration")
struct ModifiedPolicyIterationTests {
    @Test("without evaluation it is value iteration, sweep for sweep")
    func none() throws {
        let model = try PolicyIterationTests.randomModel(7)
        let plain = try ValueIteration.solve(model, discount: 0.9)
        let modified = try ModifiedPolicyIteration.solve(model, discount: 0.9, evaluations: 0)
        #expect(plain == modified)
    }

    @Test("with evaluation the greedy steps are fewer")
    func fewer() throws {
        let model = try PolicyIterationTests.randomModel(7)
        let plain = try ValueIteration.solve(model, discount: 0.99)
        let modified = try ModifiedPolicyIteration.solve(model, discount: 0.99, evaluations: 20)
        #expect(modified.sweeps / 21 < plain.sweeps / 5)
        #expect(modified.policy == plain.policy)
    }

    @Test("when the sweeps do not suffice it says how far it came")
    func unfinished() throws {
        let model = try PlanningModel(ListedModel.trap(1))
        #expect(throws: PlanningError.unfinished(sweeps: 4, residual: 0.25)) {
            // 0 → 1 (by 1) → 1.5 → 1.75 (by ¼) → 1.875: every second sweep only follows the policy.
            try ModifiedPolicyIteration.solve(model, discount: 0.5, evaluations: 1, maximumSweeps: 4)
        }
    }
}
