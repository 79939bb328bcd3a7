// Mean and variance of all rows seen so far, without keeping the rows.
public import Basics
public import Kernels

/// Of `width` columns, updated by batches (Chan, Golub & LeVeque 1979); begins as if a ten-thousandth of a row of mean 0 and variance 1
/// had been seen, as Gymnasium's and Stable-Baselines3's do. Allocates when it is made, not when it counts.
public struct RunningMoments: Hashable, Sendable {
    /// [width]
    public private(set) var mean: [Double]
    /// [width], of the rows themselves: divided by n.
    public private(set) var variance: [Double]
    /// Rows, and the first ten-thousandth.
    public private(set) var count = 1e-4

    public init(width: Int) {
        mean = Array(repeating: 0, count: width)
        variance = Array(repeating: 1, count: width)
    }

    /// Takes in the rows of `numbers`, [rows, width].
    public mutating func add(_ numbers: Floats) {
        let width = mean.count, rows = numbers.count / width
        guard rows > 0 else { return }
        let n = Double(rows), total = count + n
        for column in 0..<width {
            var sum = 0.0, squares = 0.0
            for row in 0..<rows { sum += Double(numbers[row * width + column]) }
            let average = sum / n
            for row in 0..<rows {
                let distance = Double(numbers[row * width + column]) - average
                squares += distance * distance
            }
            let step = average - mean[column]
            mean[column] += step * n / total
            variance[column] = (variance[column] * count + squares + step * step * count * n / total) / total
        }
        count = total
    }

    /// What a deviation is divided by, [width]: never 0.
    public func scale(_ column: Int) -> Double { (variance[column] + 1e-8).squareRoot() }

    public func save(into archive: inout Archive) {
        archive.store(mean, as: "mean")
        archive.store(variance, as: "variance")
        archive.store([count], as: "count")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = (
            mean: try archive.doubles("mean", count: mean.count), variance: try archive.doubles("variance", count: mean.count),
            count: try archive.doubles("count", count: 1)[0]
        )
        guard found.mean.allSatisfy(\.isFinite), found.variance.allSatisfy({ $0 >= 0 && $0.isFinite }), found.count > 0 else {
            throw ArchiveError("\"mean\" and \"variance\" are no moments")
        }
        (mean, variance, count) = found
    }
}
