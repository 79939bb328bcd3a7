// Normal numbers pressed into −1 ... 1 by tanh: bounded actions, with the density that belongs to them.
import Basics
import Kernels

/// a = tanh u with u from a `Gaussian` (Haarnoja et al. 2018, appendix C).
///
/// It has no entropy in closed form: −log p of a sample estimates it without bias.
public struct SquashedGaussian {
    public let gaussian: Gaussian

    public init(mean: Node, logDeviation: Node, file: StaticString = #fileID, line: UInt = #line) {
        gaussian = Gaussian(mean: mean, logDeviation: logDeviation, file: file, line: line)
    }

    /// tanh of the mean: what a policy does that does not explore.
    public var mode: Node { gaussian.mean.tanh() }

    /// A draw and its log-probability [1], gradients running through both.
    public func sample(file: StaticString = #fileID, line: UInt = #line) -> (action: Node, logProbability: Node) {
        let u = gaussian.sample(file: file, line: line)
        return (u.tanh(file: file, line: line), logProbability(ofUnsquashed: u, file: file, line: line))
    }

    /// log p(tanh u) = log N(u) − Σ log(1 − tanh²u) (equation 21), as log(1 − tanh²u) = 2(log 2 − u − softplus(−2u)): no digits are
    /// lost near ±1; [width] → [1].
    public func logProbability(ofUnsquashed u: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let stretch = (u + u.scaled(by: -2).softplus()).scaled(by: -2, plus: 2 * 0.6931471805599453)
        return gaussian.logProbability(of: u, file: file, line: line) - stretch.rowSum()
    }

    /// The same of an action inside −1 ... 1, held within 1e-6 of the edges; u = artanh a = ½ log((1 + a)/(1 − a)).
    public func logProbability(of action: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let a = action.clipped(-1 + 1e-6, 1 - 1e-6, file: file, line: line)
        let u = (a.scaled(by: 1, plus: 1).log() - a.scaled(by: -1, plus: 1).log()).scaled(by: 0.5)
        return logProbability(ofUnsquashed: u, file: file, line: line)
    }

    /// KL(self ‖ other): that of the Gaussians, for a squashing that both share changes no divergence; [1].
    public func divergence(from other: SquashedGaussian, file: StaticString = #fileID, line: UInt = #line) -> Node {
        gaussian.divergence(from: other.gaussian, file: file, line: line)
    }
}

extension SquashedGaussian {
    /// log of the density at `action`, which lies inside −1 ... 1, for one number with u from N(mean, deviation²).
    public static func logProbability(_ action: Double, mean: Double, deviation: Double) -> Double {
        let u = 0.5 * (ScalarMaths.log1p(action) - ScalarMaths.log1p(-action))
        return Gaussian.logProbability(u, mean: mean, deviation: deviation) - ScalarMaths.log1p(-action * action)
    }
}
