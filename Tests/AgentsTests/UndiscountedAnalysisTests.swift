import RLCore
import Testing

@testable import Agents

@Suite("Undiscounted analysis")
struct UndiscountedAnalysisTests {
    typealias Model = ListedModel
    typealias Solver = @Sendable (PlanningModel) throws -> Plan
    static let solvers: [Solver] = [
        { try ValueIteration.solve($0, discount: 1) }, { try PolicyIteration.solve($0, discount: 1) },
        { try ModifiedPolicyIteration.solve($0, discount: 1) },
    ]

    @Test("a loop that earns grows without bound, also one whose mean alone is positive", arguments: solvers.indices)
    func earning(solver: Int) throws {
        let solve = Self.solvers[solver]
        #expect(throws: PlanningError.growsWithoutBound(state: 0)) { try solve(PlanningModel(Model.loop(0.001))) }
        // 0 → 1 pays 3, 1 → 0 costs 2.9; each may leave.
        let leave = Model.certain(0, 0, ends: true)
        let cycle = Model(rows: [[Model.certain(1, 3), leave], [Model.certain(0, -2.9), leave]])
        #expect(throws: PlanningError.growsWithoutBound(state: 0)) { try solve(PlanningModel(cycle)) }
    }

    @Test("without a way out and with costs, no policy has a value", arguments: solvers.indices)
    func trapped(solver: Int) throws {
        #expect(throws: PlanningError.neverEnds(state: 0)) { try Self.solvers[solver](PlanningModel(Model.trap(-1))) }
        // State 0 ends with chance ½ and else falls into the trap 1: no policy surely ends.
        let fall = [
            Transition(probability: 0.5, next: 0, reward: 0, terminates: true),
            Transition(probability: 0.5, next: 1, reward: 0, terminates: false),
        ]
        let model = Model(rows: [[fall], [Model.certain(1, -1)]])
        #expect(throws: PlanningError.neverEnds(state: 0)) { try Self.solvers[solver](PlanningModel(model)) }
    }

    @Test("what diverges undiscounted is solved at 0.9", arguments: [1.0, -1.0])
    func discounted(reward: Double) throws {
        let plan = try PolicyIteration.solve(PlanningModel(Model.trap(reward)), discount: 0.9)
        #expect((plan.startValue - 10 * reward).magnitude < 1e-12)
    }

    @Test("a loop that costs is left, a loop that pays nothing is no prize", arguments: solvers.indices)
    func leaves(solver: Int) throws {
        #expect(try Self.solvers[solver](PlanningModel(Model.loop(-1))).policy == [1])
        // Staying pays nothing, leaving costs: rest.
        let rest = Model(rows: [[Model.certain(0, -1, ends: true), Model.certain(0, 0)]])
        let resting = try Self.solvers[solver](PlanningModel(rest))
        #expect(resting.values == [0] && resting.policy == [1])
    }

    @Test("a policy arrives, though staying for ever looks as good", arguments: solvers.indices)
    func arrives(solver: Int) throws {
        // Action 0 stays, action 1 goes on, the end pays 1: every action value is 1.
        let rows = (0..<4).map { [Model.certain($0, 0), Model.certain($0 + 1, $0 == 3 ? 1 : 0, ends: $0 == 3)] }
        let model = try PlanningModel(Model(rows: rows + [Model.absorbing(4, actions: 2)]))
        let plan = try Self.solvers[solver](model)
        #expect(plan.values == [1, 1, 1, 1, 0])
        #expect(plan.policy == [1, 1, 1, 1, -1])
        #expect(try ExactEvaluation.values(ofActions: plan.policy, in: model, discount: 1) == plan.values)
    }
}
