// Losses of a difference, element by element; reduce them with mean().
public import Basics
public import Kernels

/// Huber's loss: y = x²/2 where |x| ≤ δ, δ(|x| − δ/2) outside; dx = dy · clip(x, −δ, δ) (Huber 1964).
public struct Huber: Primitive {
    private let threshold: Float
    public init(threshold: Float) { self.threshold = threshold }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard threshold > 0 else { throw ShapeError("Huber's threshold must be positive, got \(threshold)") }
        return operands[0]
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.huber(site.operand(0, rows: rows), threshold: threshold, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.huberGradient(
            site.operand(0, rows: rows), site.resultGradient(rows: rows), threshold: threshold, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = x²; dx = 2x · dy.
public struct Square: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.square(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulate(
            site.resultGradient(rows: rows), times: site.operand(0, rows: rows), factor: 2, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    public func huber(threshold: Float = 1, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Huber(threshold: threshold), [self], file: file, line: line)
    }
    public func squared(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Square(), [self], file: file, line: line)
    }
}
