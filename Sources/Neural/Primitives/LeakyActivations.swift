// The activations of the ReLU family that leak: leaky ReLU, ELU, and ReLU with a learned slope.
public import Basics
import Kernels

/// y = x where x > 0, slope·x elsewhere (Maas et al. 2013); dx = dy or slope·dy likewise.
public struct LeakyReLU: Primitive {
    private let slope: Float
    public init(slope: Float) {
        self.slope = slope
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.leakyReLU(site.operand(0, rows: rows), slope: slope, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.leakyReLUGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), slope: slope, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = x where x > 0, α(eˣ − 1) elsewhere (Clevert et al. 2016, equation 15); dx = dy where y > 0, dy·(y + α) elsewhere.
public struct ELU: Primitive {
    private let alpha: Float
    public init(alpha: Float) {
        self.alpha = alpha
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard alpha > 0 else { throw ShapeError("ELU's alpha must be positive, got \(alpha)") }
        return operands[0]
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.elu(site.operand(0, rows: rows), alpha: alpha, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.eluGradient(
            site.resultGradient(rows: rows), site.result(rows: rows), alpha: alpha, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// Operands: x [rows, width], slopes [1], or one for each channel or number. y = x where x > 0, slope·x elsewhere (He et al. 2015,
/// equation 1); dx = dy or slope·dy likewise; dslope = Σ dy·min(x, 0) over all rows that met it.
public struct LearnedReLU: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try broadcastShape("LearnedReLU", operands) }
    public func isShared(_ operand: Int) -> Bool { operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Broadcast.learnedReLU(
            site.operand(0, rows: rows), site.x[1], rows: rows, width: site.width, period: site.operandWidth[1],
            into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let x = site.operand(0, rows: rows), dy = site.resultGradient(rows: rows), period = site.operandWidth[1]
        if site.wants(0) {
            Broadcast.learnedReLUGradient(
                dy, x, site.x[1], rows: rows, width: site.width, period: period, beta: site.beta[0],
                into: site.operandGradient(0, rows: rows))
        }
        if site.wants(1) {
            Broadcast.learnedSlopeGradient(
                dy, x, rows: rows, width: site.width, period: period, beta: site.beta[1], into: site.dx[1])
        }
    }
}

extension Node {
    /// x where x > 0, slope·x elsewhere.
    public func leakyReLU(slope: Float = 0.01, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(LeakyReLU(slope: slope), [self], file: file, line: line)
    }
    /// x where x > 0, α(eˣ − 1) elsewhere.
    public func elu(alpha: Float = 1, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(ELU(alpha: alpha), [self], file: file, line: line)
    }
    /// x where x > 0, slope·x elsewhere; `slopes` is one row for the whole batch: [1], [channels] or [width].
    public func learnedReLU(slopes: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(LearnedReLU(), [self, slopes], file: file, line: line)
    }
}
