import RLCore
import Testing

@testable import Agents

@Suite("Watkins's Q(λ)")
struct QLambdaTests {
    static func lane(_ values: [Double], lambda: Double) -> LaneOfSteps<QLambda> {
        var lane = LaneOfSteps(QLambda(table(values), lanes: 1, discount: 0.5, lambda: lambda, replacing: true))
        lane.discount = 0.5
        return lane
    }

    @Test("an error reaches back past greedy actions, and not past others", arguments: [0, 1])
    func cut(second: Int) {
        // In state 1 action 0 is best.
        var lane = Self.lane([0, 0, 1, 0], lambda: 0.5)
        lane.step(0, 0, 0, to: 1)
        #expect(lane.values[0] == 0.5 * 0.5 * 1)
        lane.step(1, second, 9, to: 0, .terminated)
        // Action 0 was worth 1, so its error is 8, of which half of γλ = ¼ arrives; action 1 was worth 0.
        let greedy: [Double] = [0.25 + 1, 0, 5, 0], other: [Double] = [0.25, 0, 1, 4.5]
        #expect(lane.values == (second == 0 ? greedy : other))
    }

    @Test("λ = 0 is Q-learning")
    func oneStep() {
        var traced = Self.lane(Array(repeating: 0, count: 10), lambda: 0)
        var plain = LaneOfSteps(QLearning(table: table(Array(repeating: 0, count: 10))))
        plain.discount = 0.5
        wander(&traced)
        wander(&plain)
        #expect(traced.values == plain.values && plain.values.contains { $0 > 0.5 })
    }
}
