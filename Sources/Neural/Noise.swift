// Numbers on a tape that chance fills before each run.
import Basics
import Kernels

public enum Noise: Hashable, Sendable {
    /// Uniform in [0, 1).
    case uniform
    /// N(0, 1).
    case normal
    /// sign(ε)·√|ε| with ε from N(0, 1): the factors of factorised Gaussian noise (Fortunato et al. 2018).
    case rootNormal
    /// 1/keep with probability `keep`, else 0: inverted dropout, whose mean is 1.
    case mask(keep: Float)

    func fill(_ numbers: Floats, using random: inout RandomSource) {
        switch self {
        case .uniform: NoiseFill.uniform(numbers, using: &random)
        case .normal: NoiseFill.normal(numbers, using: &random)
        case .rootNormal: NoiseFill.rootNormal(numbers, using: &random)
        case .mask(let keep): NoiseFill.mask(numbers, keep: keep, using: &random)
        }
    }
}
