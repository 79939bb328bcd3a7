// The largest of several pieces of a row: maxout.
public import Basics
import Kernels

/// x [rows, pieces · width], piece after piece; y[r, i] = max_p x[r, p, i] (Goodfellow et al. 2013, equation 2).
///
/// dx is dy at the first piece that holds the largest number, zero elsewhere.
public struct Maxout: Primitive {
    private let pieces: Int
    public init(pieces: Int) { self.pieces = pieces }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard pieces > 0, operands[0].count % pieces == 0, operands[0].count > 0 else {
            throw ShapeError("Maxout of \(pieces) pieces needs rows that they divide, got \(operands[0])")
        }
        return .vector(operands[0].count / pieces)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        Pieces.largest(site.operand(0, rows: rows), pieces: pieces, width: site.width, rows: rows, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        Pieces.largestGradient(
            site.resultGradient(rows: rows), site.operand(0, rows: rows), site.result(rows: rows), pieces: pieces,
            width: site.width, rows: rows, beta: site.beta[0], into: site.operandGradient(0, rows: rows))
    }
}

extension Node {
    /// The largest of `pieces` pieces, number by number; [pieces · width] → [width].
    public func maxout(pieces: Int, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Maxout(pieces: pieces), [self], file: file, line: line)
    }
}
