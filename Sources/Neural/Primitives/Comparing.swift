// Quotients, minima and maxima of two nodes; clipping, magnitude and square root of one.
public import Basics
import Kernels

/// y = a ⊘ b; da = dy ⊘ b, db = −dy ⊙ y ⊘ b.
public struct Divide: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try sameShape("Divide", operands) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Comparisons.divide(site.operand(0, rows: rows), site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows), b = site.operand(1, rows: rows)
        if site.wants(0) {
            Comparisons.dividendGradient(dy, b, beta: site.beta[0], into: site.operandGradient(0, rows: rows))
        }
        if site.wants(1) {
            Comparisons.divisorGradient(
                dy, site.result(rows: rows), b, beta: site.beta[1], into: site.operandGradient(1, rows: rows))
        }
    }
}

/// y = min(a, b); dy goes to the smaller, to a where they are equal.
public struct Minimum: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try sameShape("Minimum", operands) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Comparisons.minimum(site.operand(0, rows: rows), site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        for i in 0..<2 where site.wants(i) {
            Comparisons.minimumGradient(
                site.resultGradient(rows: rows), site.operand(0, rows: rows), site.operand(1, rows: rows), first: i == 0,
                beta: site.beta[i], into: site.operandGradient(i, rows: rows))
        }
    }
}

/// y = max(a, b); dy goes to the larger, to a where they are equal.
public struct Maximum: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try sameShape("Maximum", operands) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Comparisons.maximum(site.operand(0, rows: rows), site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        for i in 0..<2 where site.wants(i) {
            Comparisons.maximumGradient(
                site.resultGradient(rows: rows), site.operand(0, rows: rows), site.operand(1, rows: rows), first: i == 0,
                beta: site.beta[i], into: site.operandGradient(i, rows: rows))
        }
    }
}

/// y = x held within low ... high; dx = dy where low ≤ x ≤ high, else 0.
public struct Clip: Primitive {
    private let low: Float
    private let high: Float
    public init(low: Float, high: Float) {
        self.low = low
        self.high = high
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard low <= high else { throw ShapeError("Clip's low end \(low) is above its high end \(high)") }
        return operands[0]
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        Comparisons.clip(site.operand(0, rows: rows), low: low, high: high, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Comparisons.clipGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), low: low, high: high, beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = |x|; dx = dy·sign x, 0 at 0.
public struct Magnitude: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        Comparisons.magnitude(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Comparisons.magnitudeGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

/// y = √x, NaN of a negative number; dx = dy/2y, infinite at 0.
public struct SquareRoot: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        Comparisons.squareRoot(site.operand(0, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Comparisons.squareRootGradient(
            site.resultGradient(rows: rows), site.result(rows: rows), beta: site.beta[0],
            into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    public func divided(by other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Divide(), [self, other], file: file, line: line)
    }
    /// The smaller of both, number by number.
    public func minimum(_ other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Minimum(), [self, other], file: file, line: line)
    }
    /// The larger of both, number by number.
    public func maximum(_ other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Maximum(), [self, other], file: file, line: line)
    }
    /// Every number held within low ... high; outside it has no gradient.
    public func clipped(_ low: Float, _ high: Float, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Clip(low: low, high: high), [self], file: file, line: line)
    }
    /// |x| of every number.
    public func magnitude(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Magnitude(), [self], file: file, line: line)
    }
    /// √x of every number.
    public func squareRoot(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(SquareRoot(), [self], file: file, line: line)
    }
    // An operator cannot carry its caller's line: where that matters, use the word above.
    public static func / (a: Node, b: Node) -> Node { a.divided(by: b) }
}
