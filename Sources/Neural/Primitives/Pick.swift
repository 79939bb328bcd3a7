// One number of each row, chosen by an index: Q(s, a) out of Q(s, ·).
public import Basics
import Kernels

/// Operands: x [rows, width], index [rows, 1] of whole numbers below width. y[r] = x[r, index[r]].
///
/// dx[r, index[r]] = dy[r], zero elsewhere; the index has no gradient.
public struct Pick: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 2, operands[1].count == 1 else {
            throw ShapeError("Pick takes a row and one index, got \(operands.map(\.description).joined(separator: " and "))")
        }
        return .vector(1)
    }
    public func isIndex(_ operand: Int) -> Bool { operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Reduction.pick(
            site.operand(0, rows: rows), width: site.operandWidth[0], site.operand(1, rows: rows), into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        if site.wants(0) {
            Reduction.pickGradient(
                site.resultGradient(rows: rows), width: site.operandWidth[0], site.operand(1, rows: rows), beta: site.beta[0],
                into: site.operandGradient(0, rows: rows))
        }
        guard site.wants(1) else { return }
        if site.beta[1] == 0 { site.operandGradient(1, rows: rows).fill(0) }
    }
}

extension Node {
    /// self[index]; [width] and [1] → [1].
    public func picking(_ index: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Pick(), [self, index], file: file, line: line)
    }
}
