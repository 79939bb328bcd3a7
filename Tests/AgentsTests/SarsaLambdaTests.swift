import RLCore
import Testing

@testable import Agents

@Suite("SARSA(λ)")
struct SarsaLambdaTests {
    static func lane(
        _ values: [Double], lambda: Double, replacing: Bool = false, discount: Double = 0.9
    ) -> LaneOfSteps<SarsaLambda> {
        var lane = LaneOfSteps(SarsaLambda(table(values), lanes: 1, discount: discount, lambda: lambda, replacing: replacing))
        lane.discount = discount
        return lane
    }

    @Test("two errors by hand: the second reaches back with γλ")
    func byHand() {
        var lane = Self.lane([0, 0, 0, 0], lambda: 0.5, discount: 0.5)
        lane.step(0, 0, 0, to: 1)
        lane.step(1, 0, 8, to: 0, .terminated)
        #expect(lane.values == [1, 0, 4, 0])
    }

    @Test("another visit adds to an accumulating trace and renews a replacing one", arguments: [false, true])
    func revisits(replacing: Bool) {
        var lane = Self.lane([0, 0], lambda: 1, replacing: replacing, discount: 1)
        lane.step(0, 0, 0, to: 0)
        lane.step(0, 0, 8, to: 0, .terminated)
        #expect(lane.values == [replacing ? 4 : 8, 0])
    }

    @Test("λ = 0 is SARSA", arguments: [false, true])
    func oneStep(replacing: Bool) {
        var traced = Self.lane(Array(repeating: 0, count: 10), lambda: 0, replacing: replacing)
        var short = LaneOfSteps(Sarsa(table(Array(repeating: 0, count: 10)), lanes: 1, discount: 0.9))
        wander(&traced)
        wander(&short)
        #expect(traced.values == short.values && short.values.contains { $0 > 1 })
    }

    @Test("λ = 1 is Monte Carlo, where no pair comes twice")
    func wholeEpisodes() {
        var traced = Self.lane(Array(repeating: 0, count: 10), lambda: 1)
        var whole = LaneOfSteps(MonteCarlo(table(Array(repeating: 0, count: 10)), lanes: 1, discount: 0.9))
        wander(&traced, revisits: false)
        wander(&whole, revisits: false)
        for (a, b) in zip(traced.values, whole.values) { #expect((a - b).magnitude < 1e-12) }
        #expect(whole.values.contains { $0 > 1 })
    }
}
