// The percentile bootstrap over seeds, stratified by world: each world's runs are drawn anew among themselves.
import Basics

/// Scores are `strata`: one list of runs for each world, of any lengths. The same scores give the same interval, always.
public struct StratifiedBootstrap: Sendable {
    public let resamples: Int
    /// The share of resamples that an interval holds.
    public let level: Double

    public init(resamples: Int = 10_000, level: Double = 0.95) {
        precondition(resamples > 1 && level > 0 && level < 1, "\(resamples) resamples and a level of \(level)")
        self.resamples = resamples
        self.level = level
    }

    /// The interval of any figure of the scores.
    /// - Precondition: no stratum is empty.
    public func interval(_ strata: [[Double]], of figure: ([[Double]]) -> Double) -> Interval {
        var random = RandomSource(seed: 0, key: [4])
        var drawn = strata
        return percentiles(
            (0..<resamples).map { _ in
                draw(strata, into: &drawn, using: &random)
                return figure(drawn)
            })
    }

    /// The interval of a figure of two groups, whose runs are drawn independently of each other.
    public func interval(
        _ first: [[Double]], against second: [[Double]], of figure: ([[Double]], [[Double]]) -> Double
    ) -> Interval {
        var random = RandomSource(seed: 0, key: [4])
        var one = first, other = second
        return percentiles(
            (0..<resamples).map { _ in
                draw(first, into: &one, using: &random)
                draw(second, into: &other, using: &random)
                return figure(one, other)
            })
    }

    /// The intervals of several figures of the same resamples: of each point of a curve.
    public func intervals(_ strata: [[Double]], count: Int, of figures: ([[Double]]) -> [Double]) -> [Interval] {
        var random = RandomSource(seed: 0, key: [4])
        var drawn = strata
        var results = [[Double]](repeating: [], count: count)
        for _ in 0..<resamples {
            draw(strata, into: &drawn, using: &random)
            for (i, figure) in figures(drawn).enumerated() { results[i].append(figure) }
        }
        return results.map(percentiles)
    }

    private func draw(_ strata: [[Double]], into drawn: inout [[Double]], using random: inout RandomSource) {
        for s in strata.indices {
            for i in strata[s].indices { drawn[s][i] = strata[s][random.below(strata[s].count)] }
        }
    }

    private func percentiles(_ values: [Double]) -> Interval {
        let sorted = values.sorted()
        return Interval(
            low: Statistics.quantile(sorted, (1 - level) / 2), high: Statistics.quantile(sorted, (1 + level) / 2))
    }
}
