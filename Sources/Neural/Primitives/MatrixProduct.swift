// One matrix product for each row of the batch.
public import Basics
import Kernels

/// Operands: a [rows, m · k], b [rows, k · n], row-major matrices. y[r] = a[r] · b[r]; da = dy·bᵀ, db = aᵀ·dy.
public struct MatrixProduct: Primitive {
    private let m: Int
    private let k: Int
    private let n: Int
    public init(m: Int, k: Int, n: Int) {
        self.m = m
        self.k = k
        self.n = n
    }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard m > 0, k > 0, n > 0, operands.count == 2, operands[0].count == m * k, operands[1].count == k * n else {
            throw ShapeError(
                "MatrixProduct of \(m) × \(k) and \(k) × \(n) matrices needs \(m * k) and \(k * n) numbers, got "
                    + operands.map { "\($0.count)" }.joined(separator: " and "))
        }
        return .vector(m * n)
    }
    public func scratch(for operands: [Shape], rows: Int) -> Int { n * k }
    public func operations(for operands: [Shape]) -> Int { 2 * m * k * n }
    public func forward(_ site: borrowing Site, rows: Int) {
        MatrixProducts.forward(
            site.operand(0, rows: rows), site.operand(1, rows: rows), m: m, k: k, n: n, rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows)
        if site.wants(0) {
            MatrixProducts.leftGradient(
                dy, site.operand(1, rows: rows), m: m, k: k, n: n, rows: rows, beta: site.beta[0],
                into: site.operandGradient(0, rows: rows), scratch: site.scratch)
        }
        if site.wants(1) {
            MatrixProducts.rightGradient(
                dy, site.operand(0, rows: rows), m: m, k: k, n: n, rows: rows, beta: site.beta[1],
                into: site.operandGradient(1, rows: rows))
        }
    }
}

extension Node {
    /// self · other, row by row of the batch: [m · k] and [k · n] → [m · n].
    public func matrixProduct(
        _ other: Node, m: Int, k: Int, n: Int, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        tape.record(MatrixProduct(m: m, k: k, n: n), [self, other], file: file, line: line)
    }
}
