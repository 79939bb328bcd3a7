// Many numbers to one: over a row, or over the whole batch.
public import Basics
import Kernels

/// The mean over rows and width: one number for the whole batch. dx = dy / n.
public struct Mean: Primitive {
    public init() {}
    public var reduces: Bool { true }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { .vector(1) }
    public func forward(_ site: borrowing Site, rows: Int) {
        let x = site.operand(0, rows: rows)
        site.y[0] = Reduction.sum(x) / Float(x.count)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dx = site.operandGradient(0, rows: rows)
        Pointwise.accumulate(site.dy[0] / Float(dx.count), beta: site.beta[0], into: dx)
    }
}

/// The sum over rows and width: one number for the whole batch. dx = dy.
public struct Sum: Primitive {
    public init() {}
    public var reduces: Bool { true }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { .vector(1) }
    public func forward(_ site: borrowing Site, rows: Int) { site.y[0] = Reduction.sum(site.operand(0, rows: rows)) }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulate(site.dy[0], beta: site.beta[0], into: site.operandGradient(0, rows: rows))
    }
}

/// y[r] = Σⱼ x[r, j]; dx[r, j] = dy[r].
public struct RowSum: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { .vector(1) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Reduction.rowSums(site.operand(0, rows: rows), width: site.operandWidth[0], rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let width = site.operandWidth[0]
        for r in 0..<rows { Pointwise.accumulate(site.dy[r], beta: site.beta[0], into: site.dx[0].row(r, width: width)) }
    }
}

extension Node {
    /// The mean over the batch and the width; [width] → one number.
    public func mean(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Mean(), [self], file: file, line: line)
    }
    /// The sum over the batch and the width; [width] → one number.
    public func sum(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Sum(), [self], file: file, line: line)
    }
    /// The sum of each row; [width] → [1].
    public func rowSum(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(RowSum(), [self], file: file, line: line)
    }
}
