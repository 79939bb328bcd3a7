// Probabilities out of preferences, row by row, and their logarithms.
public import Basics
import Kernels

/// y[r] = softmax of x[r]; dx[r, c] = y[r, c]·(dy[r, c] − Σⱼ dy[r, j]·y[r, j]).
public struct Probabilities: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        Softmax.rows(site.operand(0, rows: rows), width: site.width, rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Softmax.gradient(
            site.resultGradient(rows: rows), site.result(rows: rows), width: site.width, rows: rows, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y[r] = log softmax of x[r]; dx[r, c] = dy[r, c] − exp(y[r, c])·Σⱼ dy[r, j].
public struct LogSoftmax: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func scratch(for operands: [Shape], rows: Int) -> Int { rows * operands[0].count }
    public func forward(_ site: borrowing Site, rows: Int) {
        Softmax.logRows(site.operand(0, rows: rows), width: site.width, rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Softmax.logGradient(
            site.resultGradient(rows: rows), site.result(rows: rows), width: site.width, rows: rows, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows), scratch: site.scratch)
    }
}

extension Node {
    /// Each row's preferences as probabilities.
    public func softmax(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Probabilities(), [self], file: file, line: line)
    }
    /// Each row's preferences as logarithms of probabilities.
    public func logSoftmax(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(LogSoftmax(), [self], file: file, line: line)
    }
}
