// Median and spread of repetitions, by hand.

import Measuring
import Testing

@Suite struct MeasurementTests {
    @Test func theMedianIsTheMiddleOne() {
        let odd = Measurement(seconds: [5, 1, 2])
        #expect(odd.seconds == 2)
        #expect(odd.spread == 2)
        #expect(odd.perSecond == 0.5)
        #expect(odd.repetitions == 3)
        let even = Measurement(seconds: [4, 1, 2, 3])
        #expect(even.seconds == 2.5)
        #expect(even.spread == 3 / 2.5)
    }

    @Test func oneRepetitionHasNoSpread() {
        #expect(Measurement(seconds: [3]).spread == 0)
        #expect(Measurement(seconds: [0, 0]).spread == 0)
    }
}
