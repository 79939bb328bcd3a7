import RLCore
import Testing

@testable import Agents

@Suite("SARSA")
struct SarsaTests {
    @Test("one step by hand: it waits for the action taken, a termination waits for nothing")
    func byHand() {
        var lane = LaneOfSteps(Sarsa(table([0, 0, 4, 2]), lanes: 1, discount: 0.9))
        lane.step(0, 0, 1, to: 1)
        #expect(lane.values == [0, 0, 4, 2])
        lane.step(1, 1, 5, to: 0, .terminated)
        // ½ (1 + 0.9 · 2) and 2 + ½ (5 − 2)
        #expect(lane.values == [1.4, 0, 4, 3.5])
        // The next episode's first action belongs to nothing before it.
        lane.step(0, 1, 0, to: 1)
        #expect(lane.values == [1.4, 0, 4, 3.5])
    }

    @Test("a truncation bootstraps with the mean over the policy's choices")
    func truncated() {
        var lane = LaneOfSteps(Sarsa(table([0, 0, 4, 2]), lanes: 1, discount: 0.9))
        lane.epsilon = 0.5
        lane.step(0, 0, 1, to: 1, .truncated)
        // ½ (1 + 0.9 (½ · 4 + ½ · 3))
        #expect((lane.values[0] - 2.075).magnitude < 1e-12)
    }

    @Test("lanes wait for their own actions")
    func lanes() {
        var lane = LaneOfSteps(Sarsa(table([0, 0, 4, 2]), lanes: 2, discount: 1))
        lane.step(0, 0, 1, to: 1, lane: 0)
        lane.step(0, 1, 2, to: 1, lane: 1)
        lane.step(1, 0, 0, to: 1, lane: 1)
        #expect(lane.values == [0, 3, 4, 2])
    }
}
