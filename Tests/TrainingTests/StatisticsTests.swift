// Statistics over seeds by the rules of SciPy and NumPy, and what an interval promises.
import Basics
import Testing
import Training

@Suite struct StatisticsTests {
    /// `scipy.stats.trim_mean(values, 0.25)`.
    @Test(
        arguments: [
            ([3.5], 3.5), ([1, 2], 1.5), ([1, 2, 9], 4), ([4, 1, 3, 100], 3.5), ([1, 2, 3, 4, 5, 6, 7, 80], 4.5),
            ([500, 499, 12, 500, 498.5, 500, 470], 493.5), ([-1, 0.5, 2, 8, 16], 3.5),
        ] as [([Double], Double)])
    func interquartileMeanIsSciPysTrimMean(_ values: [Double], _ expected: Double) {
        #expect(Statistics.interquartileMean(values) == expected)
        #expect(Statistics.interquartileMean(values.reversed()) == expected)
    }

    /// `numpy.quantile([1, 2, 4, 8, 16], q)`.
    @Test(
        arguments: [(0, 1.0), (0.025, 1.1), (0.1, 1.4), (0.25, 2), (0.5, 4), (0.9, 12.8), (0.975, 15.2), (1, 16)]
            as [(Double, Double)])
    func quantileIsNumPys(_ share: Double, _ expected: Double) {
        #expect(abs(Statistics.quantile([1, 2, 4, 8, 16], share) - expected) < 1e-12)
        #expect(Statistics.quantile([7], share) == 7)
    }

    @Test func medianByHand() {
        #expect(Statistics.median([9, 1, 5]) == 5 && Statistics.median([9, 1, 5, 6]) == 5.5 && Statistics.median([2]) == 2)
    }

    @Test func theSameValuesGiveTheSameInterval() {
        let values: [Double] = [480, 500, 500, 350, 499, 500, 475, 490]
        let first = Statistics.interval(values), second = Statistics.interval(values)
        #expect(first == second)
        let middle = Statistics.interquartileMean(values)
        #expect(first.low < middle && middle < first.high && first.low >= 350 && first.high <= 500)
        let narrow = Statistics.interval(values, level: 0.5)
        #expect(narrow.low > first.low && narrow.high < first.high)
        #expect(Statistics.interval([3, 3, 3]) == (3, 3))
    }

    /// Of samples of twenty from a uniform distribution, whose interquartile mean is 0.5, most intervals hold 0.5.
    @Test func intervalsCoverWhatTheySay() {
        var random = RandomSource(seed: 11)
        var covered = 0
        for _ in 0..<200 {
            let interval = Statistics.interval((0..<20).map { _ in random.unit() }, resamples: 400)
            if interval.low <= 0.5 && 0.5 <= interval.high { covered += 1 }
        }
        // A percentile bootstrap of twenty is a little too narrow: 93 % are expected, 12 in 200 is more than three deviations away.
        #expect((174...199).contains(covered))
    }
}
