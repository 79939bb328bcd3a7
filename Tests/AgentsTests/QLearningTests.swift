import RLCore
import Testing

@testable import Agents

@Suite("Q-learning")
struct QLearningTests {
    @Test("one step by hand: running and truncated bootstrap with the best, terminated does not")
    func byHand() {
        var lane = LaneOfSteps(QLearning(table: table([0, 2, 4, 3])))
        lane.step(0, 0, 1, to: 1)
        #expect(lane.values == [2.3, 2, 4, 3])
        lane.step(0, 1, 1, to: 1, .terminated)
        #expect(lane.values[1] == 1.5)
        lane.step(1, 1, 0, to: 1, .truncated)
        #expect(lane.values[3] == 3.3)
        #expect(lane.errors.count == 3)
    }
}
