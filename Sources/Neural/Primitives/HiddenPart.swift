// What a recurrent cell shows of its state: h out of [h | c].
public import Basics
import Kernels

/// Operand: state [rows, 2 · hidden]; y [rows, hidden], its first half. dh = dy, dc = 0.
public struct HiddenPart: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands[0].count % 2 == 0 else {
            throw ShapeError("HiddenPart takes a hidden and a cell state of equal width, got \(operands[0].count) floats")
        }
        return .vector(operands[0].count / 2)
    }
    private func kernel(_ site: borrowing Site) -> RecurrentStep { RecurrentStep(.lstm, hidden: site.width, step: 0, steps: 1) }
    public func forward(_ site: borrowing Site, rows: Int) { kernel(site).hiddenPart(of: site.x[0], into: site.y, rows: rows) }
    public func backward(_ site: borrowing Site, rows: Int) {
        kernel(site).hiddenPartGradient(site.dy, into: site.dx[0], beta: site.beta[0], rows: rows)
    }
}
