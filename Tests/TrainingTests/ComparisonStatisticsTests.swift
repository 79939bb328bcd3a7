// Probability of improvement, performance profiles and the stratified bootstrap, by hand.
import Testing
import Training

@Suite struct ComparisonStatisticsTests {

    @Test func probabilityByHand() {
        // (1,1) draw, (1,2) lost, (1,2) lost; (2,1) won, (2,2) draw twice; (3,…) won three times: 0.5 + 1 + 1 + 3 = 5.5 of 9.
        #expect(Statistics.probabilityOfImprovement([[1, 2, 3]], over: [[1, 2, 2]]) == 5.5 / 9)
        #expect(Statistics.probabilityOfImprovement([[1, 2, 2]], over: [[3, 2, 1]]) == 3.5 / 9)
        #expect(Statistics.probabilityOfImprovement([[5, 6]], over: [[1, 2, 3]]) == 1)
        #expect(Statistics.probabilityOfImprovement([[7, 7]], over: [[7]]) == 0.5)
        // The mean over worlds: 1 and 5.5 / 9.
        let both = Statistics.probabilityOfImprovement([[5, 6], [1, 2, 3]], over: [[1, 2, 3], [1, 2, 2]])
        #expect(abs(both - (1 + 5.5 / 9) / 2) < 1e-15)
    }

    @Test func itsIntervalDrawsBothGroups() {
        let bootstrap = StratifiedBootstrap(resamples: 2000)
        let x: [[Double]] = [[1, 2, 3, 4, 5, 6, 7, 8]], y: [[Double]] = [[3, 4, 5, 6, 7, 8, 9, 10]]
        let interval = bootstrap.interval(x, against: y, of: Statistics.probabilityOfImprovement(_:over:))
        let value = Statistics.probabilityOfImprovement(x, over: y)
        #expect(interval.low < value && value < interval.high && interval.high < 0.7 && interval.low < 0.1)
        #expect(bootstrap.interval(x, against: y, of: Statistics.probabilityOfImprovement(_:over:)) == interval)
        // The other way round it is the complement, up to what chance draws.
        let other = bootstrap.interval(y, against: x, of: Statistics.probabilityOfImprovement(_:over:))
        #expect(abs(other.low - (1 - interval.high)) < 0.04 && abs(other.high - (1 - interval.low)) < 0.04)
    }

    @Test func aStratumIsDrawnFromItself() {
        // One world pays 0, the other 10, 20 or 30: a draw across worlds would show 0 where 10 is the least.
        let bootstrap = StratifiedBootstrap(resamples: 500)
        _ = bootstrap.interval([[0, 0, 0], [10, 20, 30]]) { drawn in
            #expect(drawn[0] == [0, 0, 0] && drawn[1].count == 3 && drawn[1].allSatisfy { $0 >= 10 })
            return 0
        }
    }

    @Test func profileByHand() {
        let profile = PerformanceProfile([[1, 2, 2, 5]], thresholds: [0, 1, 1.5, 2, 5, 6])
        #expect(profile.shares == [1, 0.75, 0.75, 0.25, 0, 0])
        #expect(profile.intervals[0] == Interval(low: 1, high: 1) && profile.intervals[5] == Interval(low: 0, high: 0))
        #expect(profile.intervals[3].low == 0 && profile.intervals[3].high > 0.5)
        // Runs of two worlds count alike.
        #expect(PerformanceProfile([[1], [3, 3, 3]], thresholds: [2]).shares == [0.75])
    }
}
