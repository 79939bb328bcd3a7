// The lecture's grid: the values of random and of best play.

import Environments
import RLCore
import Testing

@Suite struct LectureGridTests {
    /// Sutton & Barto 2018, figure 4.1, k = ∞.
    @Test func lectureValuesOfRandomPlay() {
        let values = naiveValues(LectureGrid.model(), discount: 1, policy: { _, _ in 0.25 })
        let golden = [0.0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0]
        for (found, expected) in zip(values, golden) { #expect(isNear(found, expected, within: 1e-10)) }
        #expect(naiveValues(LectureGrid.model(), discount: 1) == [0, -1, -2, -3, -1, -2, -3, -2, -2, -3, -2, -1, -3, -2, -1, 0])
    }
}
