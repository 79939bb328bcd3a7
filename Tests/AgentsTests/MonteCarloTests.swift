import Kernels
import RLCore
import Testing

@testable import Agents

@Suite("Monte-Carlo control")
struct MonteCarloTests {
    @Test("the first visit's return alone, when the episode ends")
    func byHand() {
        var lane = LaneOfSteps(MonteCarlo(table([0, 0, 0, 0]), lanes: 1, discount: 0.5))
        lane.step(0, 0, 1, to: 1)
        lane.step(1, 1, 2, to: 0)
        lane.step(0, 0, 4, to: 1)
        #expect(lane.values == [0, 0, 0, 0])
        lane.step(1, 0, 8, to: 1, .terminated)
        // Returns from the end: 8, 4 + 4 = 8 (not a first visit), 2 + 4 = 6, 1 + 3 = 4.
        #expect(lane.values == [2, 0, 4, 3])
        #expect(lane.rule.table.visits.array == [1, 0, 1, 1])
    }

    @Test("with α = 1/n the value is the average of the returns")
    func averages() {
        var lane = LaneOfSteps(MonteCarlo(table([0, 0]), lanes: 1, discount: 1))
        lane.size = StepSize(first: 1, halfLife: 1)
        for reward in [3.0, 5, 10] { lane.step(0, 1, reward, to: 0, .terminated) }
        #expect((lane.values[1] - 6).magnitude < 1e-15)
    }

    @Test("a truncated episode's return is continued by the policy's mean")
    func truncated() {
        var lane = LaneOfSteps(MonteCarlo(table([0, 0, 4, 2]), lanes: 1, discount: 0.5))
        lane.epsilon = 1
        lane.step(0, 0, 1, to: 1, .truncated)
        #expect(lane.values[0] == 1.25)
    }
}
