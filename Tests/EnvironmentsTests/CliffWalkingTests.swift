// Cliff Walking: exact values, the fall, and a goal that does not hold one.

import Environments
import RLCore
import Testing

@Suite struct CliffWalkingTests {
    @Test func exactValues() {
        let dry = CliffWalking.model(), slippery = CliffWalking.model(isSlippery: true)
        #expect(naiveValues(dry, discount: 1)[36] == -13)
        #expect(isNear(naiveValues(dry, discount: 0.99)[36], -12.2478977001032, within: 1e-10))
        #expect(isNear(naiveValues(slippery, discount: 0.99)[36], -46.3526721816521, within: 1e-9))
        #expect(isNear(naiveValues(slippery, discount: 1)[36], -64.7091759, within: 1e-7))
    }

    @Test func aFallLeadsBackToTheStart() {
        let model = CliffWalking.model()
        #expect(model.transitions(of: 1, in: 36) == [Transition(probability: 1, next: 36, reward: -100, terminates: false)])
        #expect(model.transitions(of: 2, in: 35) == [Transition(probability: 1, next: 47, reward: -1, terminates: true)])
        #expect(model.transitions(of: 0, in: 47) == [Transition(probability: 1, next: 35, reward: -1, terminates: false)])
        let ways = CliffWalking.model(isSlippery: true).transitions(of: 1, in: 24)
        #expect(ways.map(\.next) == [12, 25, 36] && ways.map(\.reward) == [-1, -1, -1])
    }
}
