import Basics
import Kernels
import RLCore
import Testing

@testable import Agents

@Suite("Double Q-learning")
struct DoubleQLearningTests {
    @Test("one table chooses, the other values, and the mean of both is acted by")
    func byHand() {
        var random = RandomSource(seed: 1)
        let movesFirst = random.next() >> 63 == 0
        let rule = DoubleQLearning(table([0, 0, 0, 0]), initial: 0)
        rule.first.values.copy(from: [0, 0, 5, 1])
        rule.second.values.copy(from: [0, 0, 2, 7])
        var lane = LaneOfSteps(rule)
        lane.step(0, 1, 1, to: 1)
        // The first thinks action 0 best, which the second values 2; the second thinks 1 best, which the first values 1.
        let moved = 0.5 * (1 + 0.9 * (movesFirst ? 2 : 1))
        #expect(rule.first.values[1] == (movesFirst ? moved : 0))
        #expect(rule.second.values[1] == (movesFirst ? 0 : moved))
        #expect(lane.values[1] == moved / 2)
    }

    @Test("both tables are moved in turn by chance, and a termination is worth its reward alone")
    func both() {
        let rule = DoubleQLearning(table([0, 0]), initial: 50)
        var lane = LaneOfSteps(rule)
        for _ in 0..<200 { lane.step(0, 0, 3, to: 0, .terminated) }
        #expect((rule.first.values[0] - 3).magnitude < 1e-9 && (rule.second.values[0] - 3).magnitude < 1e-9)
        #expect(rule.first.values[1] == 50)
        #expect((70...130).contains(rule.first.visits[0]))
    }
}
