// The exponential and the logarithm, element by element.
public import Basics
import Kernels

/// y = eˣ; dx = dy ⊙ y.
public struct Exp: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        VectorMaths.exp(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulate(
            site.resultGradient(rows: rows), times: site.result(rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = log x, -inf of zero and NaN of a negative number; dx = dy ⊘ x.
public struct Log: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        VectorMaths.log(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulate(
            site.resultGradient(rows: rows), over: site.operand(0, rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    /// eˣ of every number.
    public func exp(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Exp(), [self], file: file, line: line)
    }
    /// The natural logarithm of every number.
    public func log(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Log(), [self], file: file, line: line)
    }
}
