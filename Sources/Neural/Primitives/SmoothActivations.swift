// The smooth activations: sigmoid, softplus, SiLU, its derivative, GELU, element by element.
public import Basics
import Kernels

/// y = 1/(1 + e⁻ˣ); dx = dy·y·(1 − y).
public struct Sigmoid: Primitive {
    public init() {}
    public var unitRange: UnitRange? { .bounded(low: 0, high: 1) }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.sigmoid(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.sigmoidGradient(
            site.resultGradient(rows: rows), site.result(rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = log(1 + eˣ); dx = dy·σ(x).
public struct Softplus: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.softplus(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.softplusGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = x·σ(x) (Elfwing et al. 2018, equation 6); dx = dy·σ(x)·(1 + x·(1 − σ(x))).
public struct SiLU: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.silu(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.siluGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = σ(x)·(1 + x·(1 − σ(x))) (Elfwing et al. 2018, equation 8); dx = dy·σ′·(2 + x·(1 − 2σ)), σ′ = σ(1 − σ).
public struct DSiLU: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.dsilu(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.dsiluGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), the tanh form (Hendrycks & Gimpel 2016); not the one with erf.
public struct GELU: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.gelu(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        ActivationMaths.geluGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    /// 1/(1 + e⁻ˣ) of every number.
    public func sigmoid(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Sigmoid(), [self], file: file, line: line)
    }
    /// log(1 + eˣ) of every number.
    public func softplus(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Softplus(), [self], file: file, line: line)
    }
    /// x·σ(x) of every number.
    public func silu(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(SiLU(), [self], file: file, line: line)
    }
    /// The derivative of SiLU, of every number.
    public func dsilu(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(DSiLU(), [self], file: file, line: line)
    }
    /// GELU in its tanh form, of every number.
    public func gelu(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(GELU(), [self], file: file, line: line)
    }
}
