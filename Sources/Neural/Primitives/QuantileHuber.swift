// The quantile Huber loss of distributional agents (Dabney et al. 2018).
public import Basics
import Kernels

/// Operands: quantiles θ [rows, n] at τ̂ᵢ = (2i + 1)/2n, samples T [rows, m]. y = Σᵢ mean_j |τ̂ᵢ − [u < 0]|·L_κ(u), u = Tⱼ − θᵢ
/// (equations 9 and 10, so not divided by κ; κ = 0 takes |u| for L_κ).
///
/// dθᵢ = −dy·mean_j |τ̂ᵢ − [u < 0]|·clip(u, −κ, κ), dTⱼ = dy/m·Σᵢ of the same.
public struct QuantileHuber: Primitive {
    private let threshold: Float
    public init(threshold: Float) { self.threshold = threshold }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard threshold >= 0 else { throw ShapeError("QuantileHuber's threshold must not be negative, got \(threshold)") }
        guard operands.count == 2 else {
            throw ShapeError("QuantileHuber takes quantiles and samples, got \(operands.count) operands")
        }
        return .vector(1)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        Quantiles.huber(
            site.operand(0, rows: rows), site.operand(1, rows: rows), n: site.operandWidth[0], m: site.operandWidth[1],
            threshold: threshold, rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        // A gradient that nobody asked for is empty already, and has no rows to be cut to.
        Quantiles.huberGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), site.operand(1, rows: rows), n: site.operandWidth[0],
            m: site.operandWidth[1], threshold: threshold, rows: rows,
            dQuantiles: site.wants(0) ? site.operandGradient(0, rows: rows) : .empty, quantileBeta: site.beta[0],
            dSamples: site.wants(1) ? site.operandGradient(1, rows: rows) : .empty, sampleBeta: site.beta[1])
    }
}

extension Node {
    /// The loss of this row's quantiles against samples of what they should describe; [n] and [m] → [1].
    public func quantileHuber(to samples: Node, threshold: Float = 1, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(QuantileHuber(threshold: threshold), [self, samples], file: file, line: line)
    }
}
