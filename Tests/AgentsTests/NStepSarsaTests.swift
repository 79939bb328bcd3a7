import RLCore
import Testing

@testable import Agents

@Suite("n-step SARSA")
struct NStepSarsaTests {
    @Test("two steps by hand, with what is left at the end")
    func byHand() {
        var lane = LaneOfSteps(NStepSarsa(table([0, 0, 0, 0, 8, 6]), lanes: 1, discount: 0.5, depth: 2))
        lane.step(0, 0, 1, to: 1)
        lane.step(1, 0, 2, to: 2)
        #expect(lane.values == [0, 0, 0, 0, 8, 6])
        lane.step(2, 1, 4, to: 0, .terminated)
        // Q(0,0) → ½ (1 + ½ · 2 + ¼ · 6); then at the end Q(2,1) → 6 + ½ (4 − 6), Q(1,0) → ½ (2 + ½ · 4).
        #expect(lane.values == [1.75, 0, 2, 0, 8, 5])
    }

    @Test("n = 1 is SARSA")
    func oneStep() {
        var long = LaneOfSteps(NStepSarsa(table(Array(repeating: 0, count: 10)), lanes: 1, discount: 0.9, depth: 1))
        var short = LaneOfSteps(Sarsa(table(Array(repeating: 0, count: 10)), lanes: 1, discount: 0.9))
        wander(&long)
        wander(&short)
        #expect(long.values == short.values && short.values.contains { $0 > 1 })
    }

    @Test("n beyond the episode is Monte Carlo, where no pair comes twice")
    func wholeEpisodes() {
        var long = LaneOfSteps(NStepSarsa(table(Array(repeating: 0, count: 10)), lanes: 1, discount: 0.9, depth: 1000))
        var whole = LaneOfSteps(MonteCarlo(table(Array(repeating: 0, count: 10)), lanes: 1, discount: 0.9))
        wander(&long, revisits: false)
        wander(&whole, revisits: false)
        #expect(long.values == whole.values && whole.values.contains { $0 > 1 })
    }
}
