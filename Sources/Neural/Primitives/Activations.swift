// Activations as entries of their own, for where no dense layer stands before them; their derivatives are read from the output.
public import Basics
import Kernels

/// y = max(x, 0); dx = dy where y > 0, else 0.
public struct ReLU: Primitive {
    public init() {}
    public var unitRange: UnitRange? { .rectified }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.relu(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulateReLU(
            site.resultGradient(rows: rows), site.result(rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = tanh x; dx = dy ⊙ (1 − y²).
public struct Tanh: Primitive {
    public init() {}
    public var unitRange: UnitRange? { .bounded(low: -1, high: 1) }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        VectorMaths.tanh(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulateTanh(
            site.resultGradient(rows: rows), site.result(rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    /// max(x, 0) of every number; after a dense layer, its `activation` does the same in the same entry.
    public func relu(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(ReLU(), [self], file: file, line: line)
    }
    /// tanh of every number; after a dense layer, its `activation` does the same in the same entry.
    public func tanh(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Tanh(), [self], file: file, line: line)
    }
}
