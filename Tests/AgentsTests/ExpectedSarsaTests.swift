import RLCore
import Testing

@testable import Agents

@Suite("Expected SARSA")
struct ExpectedSarsaTests {
    @Test("one step by hand: the best with 1 − ε, the mean with ε")
    func byHand() {
        var lane = LaneOfSteps(ExpectedSarsa(table: table([0, 0, 4, 2])))
        lane.epsilon = 0.2
        lane.step(0, 0, 1, to: 1)
        // ½ (1 + 0.9 (0.8 · 4 + 0.2 · 3))
        #expect((lane.values[0] - 2.21).magnitude < 1e-12)
        lane.step(0, 1, 1, to: 1, .terminated)
        #expect(lane.values[1] == 0.5)
    }

    @Test("without exploring it is Q-learning")
    func greedyIsQLearning() {
        var expected = LaneOfSteps(ExpectedSarsa(table: table(Array(repeating: 0, count: 10))))
        var plain = LaneOfSteps(QLearning(table: table(Array(repeating: 0, count: 10))))
        wander(&expected)
        wander(&plain)
        #expect(expected.values == plain.values && plain.values.contains { $0 > 1 })
    }
}
