// `rl bench variance`: how much the policy gradient of one policy varies from batch to batch, under each way of crediting actions.
public import Agents
public import Basics
import Kernels
public import RLCore

/// The trace of the gradient's covariance with its 95 % interval over batches.
public struct VarianceEstimate: Hashable, Sendable {
    public let trace: Double
    public let low: Double
    public let high: Double

    public init(trace: Double, low: Double, high: Double) {
        self.trace = trace
        self.low = low
        self.high = high
    }
}

public struct PolicyVariance: Hashable, Sendable {
    /// The mean undiscounted return of the batches.
    public let meanReturn: Double
    /// In the order of `GradientSampler.Credit.allCases`.
    public let estimates: [VarianceEstimate]

    public init(meanReturn: Double, estimates: [VarianceEstimate]) {
        self.meanReturn = meanReturn
        self.estimates = estimates
    }
}

public enum GradientVariance {
    /// Plays `batches` batches, one episode a lane of `vector`; every credit sees the same episodes. Before them V is fitted to the
    /// policy on `fittingBatches` others, ten steps on each: a baseline that lags behind its policy would be measured for its lag.
    ///
    /// Episode i of batch b begins by seed + b · lanes + i, and acts by stream (1) of that seed; those to fit V on come first.
    ///
    /// - Throws: when a gradient is not finite.
    public static func measure(
        _ sampler: GradientSampler, in vector: any VectorEnvironment, batches: Int, fittingBatches: Int = 100, seed: UInt64
    ) throws(NotFinite) -> PolicyVariance {
        func play(_ batch: Int) {
            let seeds = (0..<vector.lanes).map { seed &+ UInt64(batch * vector.lanes + $0) }
            var acting = seeds.map { RandomSource(seed: $0, key: [1]) }
            sampler.play(in: vector, worlds: seeds.map { RandomSource(seed: $0) }, acting: &acting)
        }
        for batch in 0..<fittingBatches {
            play(batch)
            try sampler.fitValue(steps: 10, learningRate: 0.01)
        }
        let credits = GradientSampler.Credit.allCases, count = sampler.count
        let samples = credits.map { _ in Storage<Float>(count: batches * count) }
        var total = 0.0
        for batch in 0..<batches {
            play(fittingBatches + batch)
            total += sampler.meanReturn
            for (credit, memory) in zip(credits, samples) {
                memory.all.row(batch, width: count).copy(from: try sampler.gradient(credit))
            }
        }
        return PolicyVariance(
            meanReturn: total / Double(batches), estimates: samples.map { estimate($0.all, width: count) })
    }

    /// Σ over parameters of the sample variance over rows: x [rows, width].
    static func estimate(_ x: Floats, width: Int) -> VarianceEstimate {
        let rows = x.count / width
        var mean = [Double](repeating: 0, count: width)
        for r in 0..<rows { for i in 0..<width { mean[i] += Double(x[r * width + i]) / Double(rows) } }
        var distances = [Double](repeating: 0, count: rows)
        for r in 0..<rows {
            for i in 0..<width {
                let difference = Double(x[r * width + i]) - mean[i]
                distances[r] += difference * difference
            }
        }
        return estimate(squaredDistances: distances)
    }

    /// The trace is the mean squared distance from the mean gradient, with n − 1; the interval holds 95 % of what resampled batches
    /// give. Their centre is kept, which moves an interval by 1/n of itself.
    static func estimate(squaredDistances: [Double], resamples: Int = 2000) -> VarianceEstimate {
        let count = squaredDistances.count
        var random = RandomSource(seed: 0, key: [4])
        let traces = (0..<resamples).map { _ in
            (0..<count).reduce(0.0) { sum, _ in sum + squaredDistances[random.below(count)] } / Double(count - 1)
        }.sorted()
        return VarianceEstimate(
            trace: squaredDistances.reduce(0, +) / Double(count - 1), low: traces[resamples / 40],
            high: traces[resamples - 1 - resamples / 40])
    }
}
