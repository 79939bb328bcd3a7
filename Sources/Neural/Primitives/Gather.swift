// Blocks picked by index: several numbers of each row, or rows of a learned table.
public import Basics
import Kernels

/// Operands: x [rows, choices · block], index [rows, count] of whole numbers below choices. y[r, k] = x[r, index[r, k]], a block wide.
///
/// dx[r, index[r, k]] += dy[r, k] in ascending order, zero elsewhere; the index has no gradient.
public struct Gather: Primitive {
    private let block: Int
    public init(block: Int = 1) { self.block = block }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 2, block > 0, operands[0].count % block == 0 else {
            throw ShapeError(
                "Gather takes rows of blocks of \(block) and indices, got \(operands.map(\.description).joined(separator: " and "))"
            )
        }
        return .vector(operands[1].count * block)
    }
    public func isIndex(_ operand: Int) -> Bool { operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Gathering.pick(
            site.operand(0, rows: rows), site.operand(1, rows: rows), choices: site.operandWidth[0] / block, block: block,
            count: site.operandWidth[1], rows: rows, shared: false, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        if site.wants(0) {
            Gathering.pickGradient(
                site.resultGradient(rows: rows), site.operand(1, rows: rows), choices: site.operandWidth[0] / block, block: block,
                count: site.operandWidth[1], rows: rows, shared: false, beta: site.beta[0],
                into: site.operandGradient(0, rows: rows))
        }
        site.clearUnlessWritten(1, rows: rows)
    }
}

/// Operands: table [entries, width] for all rows, index [rows, count]. y[r] = table[index[r, 0]], table[index[r, 1]], … side by side.
///
/// dtable[index[r, k]] += dy[r, k], rows in ascending order: the same bits in every run. The index has no gradient.
public struct EmbeddingRows: Primitive {
    private let width: Int
    public init(width: Int) { self.width = width }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 2, width > 0, operands[0].count % width == 0 else {
            throw ShapeError(
                "EmbeddingRows takes a table of rows of \(width) and indices, got "
                    + operands.map(\.description).joined(separator: " and "))
        }
        return .vector(operands[1].count * width)
    }
    public func isShared(_ operand: Int) -> Bool { operand == 0 }
    public func isIndex(_ operand: Int) -> Bool { operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Gathering.pick(
            site.x[0], site.operand(1, rows: rows), choices: site.operandWidth[0] / width, block: width,
            count: site.operandWidth[1], rows: rows, shared: true, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        if site.wants(0) {
            Gathering.pickGradient(
                site.resultGradient(rows: rows), site.operand(1, rows: rows), choices: site.operandWidth[0] / width, block: width,
                count: site.operandWidth[1], rows: rows, shared: true, beta: site.beta[0], into: site.dx[0])
        }
        site.clearUnlessWritten(1, rows: rows)
    }
}

extension Node {
    /// self[index[0]], self[index[1]], …, each a block of `block` numbers; [choices · block] and [count] → [count · block].
    public func gathering(_ index: Node, block: Int = 1, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Gather(block: block), [self, index], file: file, line: line)
    }
    /// Rows of `table` [entries, width] chosen by this node's whole numbers; [count] → [count · width].
    public func embedded(in table: Node, width: Int, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(EmbeddingRows(width: width), [table, self], file: file, line: line)
    }
}
