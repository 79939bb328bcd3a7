// Taxi: exact values of its four variants, and its starts.

import Environments
import RLCore
import Testing

@Suite struct TaxiTests {
    @Test(
        arguments: [
            (nil, nil, 7.93, 6.3274643), (0.8, nil, 3.9545745, 2.2476293), (nil, 0.3, 8.38, 6.8181375),
            (0.8, 0.3, 4.5756463, 2.9018024),
        ] as [(Double?, Double?, Double, Double)])
    func exactValues(rain: Double?, fickle: Double?, undiscounted: Double, discounted: Double) {
        let model = TaxiModel(rain: rain, fickle: fickle)
        #expect(isNear(startValue(model, naiveValues(model, discount: 1)), undiscounted, within: 1e-7))
        #expect(isNear(startValue(model, naiveValues(model, discount: 0.99)), discounted, within: 1e-7))
    }

    @Test func thereAreThreeHundredStarts() {
        let starts = TaxiModel().starts
        #expect(starts.count == 300 && starts.first?.state == 1 && starts.last?.state == 494)
    }

    @Test func theRainDoesNotPushWhereTheWayIsBlocked() {
        // Row 0, column 1: a wall to the east.
        let blocked = TaxiModel(rain: 0.8).transitions(of: 2, in: 20)
        #expect(blocked.map(\.next) == [20, 20, 20])
        let free = TaxiModel(rain: 0.8).transitions(of: 0, in: 20)
        #expect(free.map(\.next) == [120, 20, 0])
        #expect(free.map(\.probability) == [0.8, 0.09999999999999998, 0.09999999999999998])
    }

    @Test func settingDownElsewhereIsLegal() {
        // Aboard at R, bound for G.
        #expect(TaxiModel().transitions(of: 5, in: 17) == [Transition(probability: 1, next: 1, reward: -1, terminates: false)])
        #expect(TaxiModel().transitions(of: 5, in: 16) == [Transition(probability: 1, next: 0, reward: 20, terminates: true)])
        #expect(TaxiModel().transitions(of: 5, in: 37) == [Transition(probability: 1, next: 37, reward: -10, terminates: false)])
        #expect(TaxiModel().transitions(of: 4, in: 1) == [Transition(probability: 1, next: 17, reward: -1, terminates: false)])
    }
}
