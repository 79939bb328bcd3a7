// Independent normal numbers: what a policy over continuous actions is.
import Basics
import Kernels

/// N(mean, exp(logDeviation)²) in each of `width` numbers; both nodes have one row for each row of the batch.
public struct Gaussian {
    public let mean: Node
    public let logDeviation: Node

    /// - Parameter logDeviation: [width] for each row, or one row for the whole batch (a parameter), which is then spread.
    public init(mean: Node, logDeviation: Node, file: StaticString = #fileID, line: UInt = #line) {
        self.mean = mean
        let isShared = mean.tape.isShared(logDeviation) && !mean.tape.isShared(mean)
        self.logDeviation = isShared ? logDeviation.spread(like: mean, file: file, line: line) : logDeviation
    }

    /// mean + exp(logDeviation)·ε with ε drawn before each run: gradients run through the sample (Kingma & Welling 2014, section 2.4).
    public func sample(file: StaticString = #fileID, line: UInt = #line) -> Node {
        let noise = mean.tape.noise(.normal, mean.shape, file: file, line: line)
        return mean.adding(
            logDeviation.exp(file: file, line: line).multiplied(by: noise, file: file, line: line), file: file, line: line)
    }

    /// Σ −½((x − μ)/σ)² − log σ − ½log 2π over the width; [width] → [1].
    public func logProbability(of x: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let distance = x.subtracting(mean, file: file, line: line) * (-logDeviation).exp()
        return (distance.squared().scaled(by: -0.5, plus: -Gaussian.halfLogTurn) - logDeviation).rowSum()
    }

    /// Σ log σ + ½(1 + log 2π), [1].
    public var entropy: Node { logDeviation.scaled(by: 1, plus: 0.5 + Gaussian.halfLogTurn).rowSum() }

    /// KL(self ‖ other) = Σ log(σ′/σ) + (σ² + (μ − μ′)²)/2σ′² − ½, [1].
    public func divergence(from other: Gaussian, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let ratio = logDeviation.subtracting(other.logDeviation, file: file, line: line)
        let distance = (mean - other.mean) * (-other.logDeviation).exp()
        return (ratio.exp().squared().scaled(by: 0.5, plus: -0.5) + distance.squared().scaled(by: 0.5) - ratio).rowSum()
    }

    /// ½ log 2π
    static let halfLogTurn: Float = 0.91893853
}

extension Gaussian {
    /// log of the density of N(mean, deviation²) at x.
    public static func logProbability(_ x: Double, mean: Double, deviation: Double) -> Double {
        let distance = (x - mean) / deviation
        return -0.5 * distance * distance - ScalarMaths.log(deviation) - 0.91893853320467274
    }
    /// log σ + ½(1 + log 2π)
    public static func entropy(deviation: Double) -> Double { ScalarMaths.log(deviation) + 0.5 + 0.91893853320467274 }
    /// KL(N(mean, deviation²) ‖ N(otherMean, otherDeviation²))
    public static func divergence(
        mean: Double, deviation: Double, from otherMean: Double, _ otherDeviation: Double
    ) -> Double {
        let ratio = deviation / otherDeviation, distance = (mean - otherMean) / otherDeviation
        return 0.5 * (ratio * ratio + distance * distance - 1) - ScalarMaths.log(ratio)
    }
}
