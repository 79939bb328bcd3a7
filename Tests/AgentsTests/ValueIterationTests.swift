import RLCore
import Testing

@testable import Agents

@Suite("Value iteration")
struct ValueIterationTests {
    typealias Model = ListedModel

    @Test("a corridor by hand: −1 − 0.5 + 0.25 · 10", arguments: [ValueIteration.Order.synchronous, .inPlace])
    func corridor(order: ValueIteration.Order) throws {
        let plan = try ValueIteration.solve(PlanningModel(Model.corridor(3)), discount: 0.5, order: order)
        #expect(plan.values == [1, 4, 10, 0])
        #expect(plan.policy == [1, 1, 1, -1])
        #expect(plan.startValue == 1)
        // States are numbered with the corridor, values run against it: in place is no faster here. The last sweep changes nothing.
        #expect(plan.sweeps == 4 && plan.residual == 0)
    }

    @Test("in place, values that run along the numbers arrive in one sweep")
    func inPlaceIsNewest() throws {
        // 2 → 1 → 0 → end.
        let rows = [Model.certain(0, 10, ends: true), Model.certain(0, -1), Model.certain(1, -1)].map { [$0] }
        let model = try PlanningModel(Model(rows: rows))
        #expect(try ValueIteration.solve(model, discount: 1, order: .inPlace).sweeps == 2)
        #expect(try ValueIteration.solve(model, discount: 1, order: .synchronous).sweeps == 4)
    }

    @Test("of equally good actions the first is taken, also when rounding separates them")
    func ties() throws {
        let third = 1.0 / 3
        let sum = (0..<3).map { Transition(probability: third, next: 1, reward: 0.1 * Double($0 + 1), terminates: true) }
        let model = try PlanningModel(
            Model(rows: [
                [Model.certain(1, 0.2 - 1e-13, ends: true), sum, Model.certain(1, 0.1, ends: true)],
                Model.absorbing(1, actions: 3),
            ]))
        #expect(try ValueIteration.solve(model, discount: 0.9).policy == [0, -1])
    }

    @Test("a discount outside (0, 1] is refused", arguments: [0, -0.5, 1.0001, Double.nan])
    func discounts(discount: Double) throws {
        let model = try PlanningModel(Model.corridor(2))
        #expect(throws: PlanningError.self) { try ValueIteration.solve(model, discount: discount) }
    }

    @Test("when the sweeps do not suffice it says how far it came")
    func unfinished() throws {
        let model = try PlanningModel(Model.trap(1))
        #expect(throws: PlanningError.unfinished(sweeps: 3, residual: 0.25)) {
            try ValueIteration.solve(model, discount: 0.5, maximumSweeps: 3)
        }
    }

    @Test("a tolerance below the rounding of large values still ends")
    func roundingFloor() throws {
        let rows = (0..<7).map { state in
            [
                [
                    Transition(probability: 0.3, next: (state + 1) % 7, reward: 1e9 / 3, terminates: false),
                    Transition(probability: 0.7, next: (state + 3) % 7, reward: 1e9 / 7, terminates: false),
                ]
            ]
        }
        let plan = try ValueIteration.solve(PlanningModel(Model(rows: rows)), discount: 0.99, tolerance: 1e-300)
        let exact = (0.3 * 1e9 / 3 + 0.7 * 1e9 / 7) / 0.01
        #expect(plan.values.allSatisfy { ($0 / exact - 1).magnitude < 1e-12 })
    }
}
