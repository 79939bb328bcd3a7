// Statistics over seeds, as Agarwal et al. 2021 ("Deep RL at the edge of the statistical precipice") ask for them.

public enum Statistics {
    /// The mean of the middle half: a quarter (rounded down) is cut from each end, as by SciPy's `trim_mean(values, 0.25)`.
    /// - Precondition: `values` is not empty; so below.
    public static func interquartileMean(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let cut = sorted.count / 4
        let middle = sorted[cut..<(sorted.count - cut)]
        return middle.reduce(0, +) / Double(middle.count)
    }

    public static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    public static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }

    /// NumPy's default, linear between neighbours; `sorted` ascending.
    public static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }

    /// The percentile bootstrap interval of the IQM that holds `level` of the resamples; the same values give the same interval.
    public static func interval(_ values: [Double], level: Double = 0.95, resamples: Int = 10_000) -> (low: Double, high: Double)
    {
        let interval = StratifiedBootstrap(resamples: resamples, level: level).interval([values]) {
            interquartileMean($0[0])
        }
        return (interval.low, interval.high)
    }
}

/// Where a figure may lie.
public struct Interval: Hashable, Sendable {
    public let low: Double
    public let high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
