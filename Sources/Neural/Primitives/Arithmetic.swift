// Sums, differences and products of two nodes of the same shape, element by element.
public import Basics
import Kernels

func sameShape(_ name: String, _ operands: [Shape]) throws(ShapeError) -> Shape {
    guard operands.count == 2, operands[0] == operands[1] else {
        throw ShapeError("\(name) takes two nodes of one shape, got \(operands.map(\.description).joined(separator: " and "))")
    }
    return operands[0]
}

extension Site {
    /// The first `rows` rows of operand `index`, of its gradient, of y and of dy.
    @inline(__always) func operand(_ index: Int, rows: Int) -> Floats { x[index].slice(0, rows * operandWidth[index]) }
    @inline(__always) func operandGradient(_ index: Int, rows: Int) -> Floats { dx[index].slice(0, rows * operandWidth[index]) }
    @inline(__always) func result(rows: Int) -> Floats { y.slice(0, rows * width) }
    @inline(__always) func resultGradient(rows: Int) -> Floats { dy.slice(0, rows * width) }
}

/// y = a + b; da = db = dy.
public struct Add: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try sameShape("Add", operands) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.add(site.operand(0, rows: rows), site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows)
        for i in 0..<2 where site.wants(i) {
            Pointwise.accumulate(dy, times: 1, beta: site.beta[i], into: site.operandGradient(i, rows: rows))
        }
    }
}

/// y = a − b; da = dy, db = −dy.
public struct Subtract: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try sameShape("Subtract", operands) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.subtract(site.operand(0, rows: rows), site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows)
        for i in 0..<2 where site.wants(i) {
            Pointwise.accumulate(dy, times: i == 0 ? 1 : -1, beta: site.beta[i], into: site.operandGradient(i, rows: rows))
        }
    }
}

/// y = a ⊙ b; da = dy ⊙ b, db = dy ⊙ a.
public struct Multiply: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try sameShape("Multiply", operands) }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.multiply(site.operand(0, rows: rows), site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows)
        for i in 0..<2 where site.wants(i) {
            Pointwise.accumulate(
                dy, times: site.operand(1 - i, rows: rows), beta: site.beta[i], into: site.operandGradient(i, rows: rows))
        }
    }
}

/// y = factor · x + offset; dx = factor · dy.
public struct Scale: Primitive {
    private let factor: Float
    private let offset: Float
    public init(by factor: Float, plus offset: Float = 0) {
        self.factor = factor
        self.offset = offset
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pointwise.scale(site.operand(0, rows: rows), by: factor, plus: offset, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pointwise.accumulate(
            site.resultGradient(rows: rows), times: factor, beta: site.beta[0], into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    public func adding(_ other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Add(), [self, other], file: file, line: line)
    }
    public func subtracting(_ other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Subtract(), [self, other], file: file, line: line)
    }
    public func multiplied(by other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Multiply(), [self, other], file: file, line: line)
    }
    /// factor · self + offset
    public func scaled(by factor: Float, plus offset: Float = 0, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Scale(by: factor, plus: offset), [self], file: file, line: line)
    }
    // An operator cannot carry its caller's line: where that matters, use the words above.
    public static func + (a: Node, b: Node) -> Node { a.adding(b) }
    public static func - (a: Node, b: Node) -> Node { a.subtracting(b) }
    public static func * (a: Node, b: Node) -> Node { a.multiplied(by: b) }
    public static func * (factor: Float, x: Node) -> Node { x.scaled(by: factor) }
    public static prefix func - (x: Node) -> Node { x.scaled(by: -1) }
}
