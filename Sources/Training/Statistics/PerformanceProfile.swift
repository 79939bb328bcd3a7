// The share of runs that score above each of many thresholds: the whole distribution, where a mean is one number of it.

/// Run-score distribution, F(τ) = share of runs with a score above τ (Agarwal et al. 2021, section 4.2, equation 2).
public struct PerformanceProfile: Hashable, Sendable {
    /// Ascending.
    public let thresholds: [Double]
    /// Of the runs, for each threshold.
    public let shares: [Double]
    public let intervals: [Interval]

    /// - Parameter scores: one list of runs for each world; every run counts the same.
    public init(_ scores: [[Double]], thresholds: [Double], bootstrap: StratifiedBootstrap = StratifiedBootstrap(resamples: 2000))
    {
        self.thresholds = thresholds
        shares = Self.shares(scores, above: thresholds)
        intervals = bootstrap.intervals(scores, count: thresholds.count) { Self.shares($0, above: thresholds) }
    }

    private static func shares(_ scores: [[Double]], above thresholds: [Double]) -> [Double] {
        let sorted = scores.joined().sorted(), count = Double(sorted.count)
        var place = 0
        return thresholds.map { threshold in
            while place < sorted.count, sorted[place] <= threshold { place += 1 }
            return (count - Double(place)) / count
        }
    }
}
