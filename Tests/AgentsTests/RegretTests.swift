import RLCore
import Testing

@testable import Agents

@Suite("Regret")
struct RegretTests {
    typealias Model = ListedModel

    /// Right is worth 10, 4, 1 from the end backwards at discount ½; staying is worth ½ of the state minus 1.
    static let optimal: [Double] = [-0.5, 1, 1, 4, 4, 10, 0, 0]

    @Test("the optimal table regrets nothing")
    func none() throws {
        let model = try PlanningModel(Model.corridor(3))
        let regret = try Regret(ofActions: [1, 1, 1, 0], actionValues: Self.optimal, in: model, discount: 0.5)
        #expect(regret.largestError == 0 && regret.optimalShare == 1 && regret.regret == 0 && regret.statesCounted == 3)
        #expect(regret.optimalValue == 1)
    }

    @Test("one wrong action of three, one wrong number")
    func some() throws {
        let model = try PlanningModel(Model.corridor(3))
        var table = Self.optimal
        table[4] = 7
        let regret = try Regret(
            of: TabularPolicy(values: table, actionCount: 2, actions: [1, 0, 1, 0]), in: model, discount: 0.5)
        #expect(regret.largestError == 3)
        #expect(regret.optimalShare == 2.0 / 3)
        // Staying in state 1 for ever is worth −2, so the start is worth −1 + ½ · −2.
        #expect(regret.value == -2 && regret.regret == 3 && regret.relative == 3)
    }

    @Test("tied actions are both optimal; what cannot be reached does not count")
    func tiesAndReach() throws {
        let tie = [Model.certain(1, 1, ends: true), Model.certain(1, 1, ends: true)]
        let model = try PlanningModel(
            Model(rows: [tie, Model.absorbing(1, actions: 2), [Model.certain(0, 0), Model.certain(0, 5)]]))
        let regret = try Regret(ofActions: [1, 0, 0], actionValues: [1, 1, 0, 0, -50, 7], in: model, discount: 0.9)
        #expect(regret.optimalShare == 1 && regret.statesCounted == 1 && regret.largestError == 0)
    }

    @Test("undiscounted, a policy that never ends is refused, not valued")
    func neverEnds() throws {
        let model = try PlanningModel(Model.corridor(3))
        #expect(throws: PlanningError.policyNeverEnds(state: 0)) { try Regret(ofActions: [0, 1, 1, 0], in: model, discount: 1) }
    }
}
