// Weights with factorised noise: what a noisy dense layer multiplies with.
public import Basics
import Kernels

/// Operands: mean and deviation [inputs · outputs], a [inputs], b [outputs]. y = mean + deviation ⊙ (a ⊗ b) (Fortunato et al. 2018,
/// equations 9 to 11); dmean = dy, ddeviation = dy ⊙ (a ⊗ b), da = (dy ⊙ deviation)·b, db = (dy ⊙ deviation)ᵀ·a.
public struct NoisyWeights: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 4, operands[0].count == operands[2].count * operands[3].count,
            operands[1].count == operands[0].count
        else {
            throw ShapeError(
                "NoisyWeights takes means, deviations and noise of both sides, got "
                    + operands.map(\.description).joined(separator: ", "))
        }
        return operands[0]
    }
    public func isShared(_ operand: Int) -> Bool { true }
    public var reduces: Bool { true }
    public func forward(_ site: borrowing Site, rows: Int) {
        OuterProducts.shift(site.x[0], site.x[1], site.x[2], site.x[3], into: site.y)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        if site.wants(0) { Pointwise.accumulate(site.dy, times: 1, beta: site.beta[0], into: site.dx[0]) }
        if site.wants(1) {
            OuterProducts.deviationGradient(site.dy, site.x[2], site.x[3], beta: site.beta[1], into: site.dx[1])
        }
        if site.dx[2].count + site.dx[3].count != 0 {
            OuterProducts.vectorGradients(
                site.dy, site.x[1], site.x[2], site.x[3], dA: site.dx[2], betaA: site.beta[2], dB: site.dx[3], betaB: site.beta[3]
            )
        }
    }
}

extension Node {
    /// self + deviation ⊙ (inputs ⊗ outputs), all one row for the whole batch.
    public func withNoise(
        deviation: Node, inputs: Node, outputs: Node, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        tape.record(NoisyWeights(), [self, deviation, inputs, outputs], file: file, line: line)
    }
}
