// Probes: what random play and right play get, against the closed forms that their pages state.

import Environments
import RLCore
import Testing

@Suite struct ProbeTests {
    @Test(arguments: [
        ("probe-constant", 1.0, 1.0), ("probe-identity", 0.25, 1), ("probe-two-step", 0.5, 1), ("probe-delayed", 0.5, 1),
        ("probe-memory", 0.5, 1), ("probe-exploration", 0.01 + 0.99 / 1024, 1), ("probe-bandit", 0.45, 0.8),
    ])
    func closedForms(name: String, random: Double, best: Double) throws {
        let specification = try EnvironmentCatalogue.builtIn[name]
        let model = try #require(try specification.makeModel(specification.settings))
        let share = 1 / Double(model.actionCount)
        #expect(isNear(startValue(model, naiveValues(model, discount: 1, policy: { _, _ in share })), random, within: 1e-12))
        #expect(isNear(startValue(model, naiveValues(model, discount: 1)), best, within: 1e-12))
    }

    @Test func choicesAreWorthTheirDiscountedReward() {
        let discount = 0.9
        func choice(_ model: Probe, _ action: Int) -> Double {
            let way = model.transitions(of: action, in: 0)[0]
            return way.reward + discount * naiveValues(model, discount: discount)[way.next]
        }
        #expect(choice(TwoStepProbe.model(), 0) == 0 && choice(TwoStepProbe.model(), 1) == 0.9)
        #expect(choice(DelayedRewardProbe.model(), 0) == 0)
        #expect(isNear(choice(DelayedRewardProbe.model(delay: 3), 1), 0.729, within: 1e-12))
    }

    /// Whatever is done at the question without the cue, half the episodes are lost.
    @Test func memoryCannotBeDoneWithout() {
        let model = MemoryProbe.model(blanks: 2)
        for answer in 0...1 {
            let blind = naiveValues(
                model, discount: 1,
                policy: { state, action in
                    model.observation(of: state) == 3 ? (action == answer ? 1 : 0) : 0.5
                })
            #expect(startValue(model, blind) == 0.5)
        }
        #expect((0..<8).map { model.observation(of: $0) } == [1, 0, 0, 3, 2, 0, 0, 3])
    }
}
