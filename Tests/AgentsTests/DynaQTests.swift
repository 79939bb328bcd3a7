import RLCore
import Testing

@testable import Agents

@Suite("Dyna-Q")
struct DynaQTests {
    @Test("without planning it is Q-learning")
    func noPlanning() {
        var dyna = LaneOfSteps(DynaQ(table(Array(repeating: 0, count: 10)), discount: 0.9, planningSteps: 0))
        var plain = LaneOfSteps(QLearning(table: table(Array(repeating: 0, count: 10))))
        wander(&dyna)
        wander(&plain)
        #expect(dyna.values == plain.values && plain.values.contains { $0 > 1 })
    }

    @Test("with much planning two steps of experience are learned to the end")
    func planned() {
        var lane = LaneOfSteps(DynaQ(table([0, 0, 0, 0]), discount: 0.9, planningSteps: 500))
        lane.step(0, 0, 1, to: 1)
        lane.step(1, 1, 10, to: 0, .terminated)
        #expect((lane.values[0] - 10).magnitude < 1e-6 && (lane.values[3] - 10).magnitude < 1e-6)
        #expect(lane.values[1] == 0 && lane.values[2] == 0)
    }

    @Test("where outcomes are left to chance it learns their mean, not the last")
    func chance() {
        var lane = LaneOfSteps(DynaQ(table([0, 0]), discount: 0.9, planningSteps: 2000))
        lane.size = StepSize(first: 1, halfLife: 1)
        for reward in [0.0, 0, 0, 8] { lane.step(0, 0, reward, to: 0, .terminated) }
        // 6,003 updates saw 0 only, the last 2,001 mix 0 and 8 as 3 to 1: their average is 0.5 ± 0.02.
        #expect((lane.values[0] - 0.5).magnitude < 0.1)
    }
}
