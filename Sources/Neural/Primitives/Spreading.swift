// Sums and products with something smaller than a row: one number for a row, one for a channel, or one row for the whole batch.
public import Basics
import Kernels

/// Operand 1 repeats along operand 0: it holds 1 number, one for each channel of an image, or one for each number of a row.
func broadcastShape(_ name: String, _ operands: [Shape]) throws(ShapeError) -> Shape {
    guard operands.count == 2 else { throw ShapeError("\(name) takes two operands, got \(operands.count)") }
    let count = operands[1].count
    var channels = operands[0].count
    if case .image(_, _, let c) = operands[0] { channels = c }
    guard count == 1 || count == channels || count == operands[0].count else {
        throw ShapeError("\(name) spreads 1, \(channels) or \(operands[0].count) numbers over \(operands[0]), got \(operands[1])")
    }
    return operands[0]
}

/// Operands: x [rows, width], s [rows, period], or [period] for all rows if `shared`. y[r, j] = x[r, j] + s[r, j mod period].
///
/// dx = dy; ds is the sum of dy over all that it met, rows in ascending order.
public struct AddSpread: Primitive {
    private let shared: Bool
    public init(shared: Bool) { self.shared = shared }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try broadcastShape("AddSpread", operands) }
    public func isShared(_ operand: Int) -> Bool { shared && operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Broadcast.add(
            site.operand(0, rows: rows), site.operand(1, rows: shared ? 1 : rows), rows: rows, width: site.width,
            period: site.operandWidth[1], shared: shared, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows)
        if site.wants(0) {
            Pointwise.accumulate(dy, times: 1, beta: site.beta[0], into: site.operandGradient(0, rows: rows))
        }
        if site.wants(1) {
            Broadcast.sum(
                dy, rows: rows, width: site.width, period: site.operandWidth[1], shared: shared, beta: site.beta[1],
                into: site.operandGradient(1, rows: shared ? 1 : rows))
        }
    }
}

/// Operands as for `AddSpread`. y[r, j] = x[r, j] · s[r, j mod period]; dx = dy ⊙ s; ds = Σ dy ⊙ x over all that it met.
public struct MultiplySpread: Primitive {
    private let shared: Bool
    public init(shared: Bool) { self.shared = shared }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape { try broadcastShape("MultiplySpread", operands) }
    public func isShared(_ operand: Int) -> Bool { shared && operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Broadcast.multiply(
            site.operand(0, rows: rows), site.operand(1, rows: shared ? 1 : rows), rows: rows, width: site.width,
            period: site.operandWidth[1], shared: shared, beta: 0, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        let dy = site.resultGradient(rows: rows), period = site.operandWidth[1]
        if site.wants(0) {
            Broadcast.multiply(
                dy, site.operand(1, rows: shared ? 1 : rows), rows: rows, width: site.width, period: period, shared: shared,
                beta: site.beta[0], into: site.operandGradient(0, rows: rows))
        }
        if site.wants(1) {
            Broadcast.sumOfProducts(
                dy, site.operand(0, rows: rows), rows: rows, width: site.width, period: period, shared: shared,
                beta: site.beta[1], into: site.operandGradient(1, rows: shared ? 1 : rows))
        }
    }
}

/// Operands: like [rows, any width], s [width] for all rows. y[r] = s; ds = Σᵣ dy[r]; `like` only says that there are rows.
public struct Spread: Primitive {
    public init() {}
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == 2 else { throw ShapeError("Spread takes two operands, got \(operands.count)") }
        return operands[1]
    }
    public func isShared(_ operand: Int) -> Bool { operand == 1 }
    public func forward(_ site: borrowing Site, rows: Int) {
        Broadcast.repeated(site.x[1], rows: rows, width: site.width, into: site.result(rows: rows))
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        site.clearUnlessWritten(0, rows: rows)
        if site.wants(1) {
            Broadcast.sum(
                site.resultGradient(rows: rows), rows: rows, width: site.width, period: site.width, shared: true,
                beta: site.beta[1], into: site.dx[1])
        }
    }
}

extension Site {
    /// The gradient of an operand that the result does not depend on smoothly: nothing is added to it.
    func clearUnlessWritten(_ operand: Int, rows: Int) {
        if wants(operand) && beta[operand] == 0 { operandGradient(operand, rows: rows).fill(0) }
    }
}

extension Node {
    /// self + other, where `other` holds one number for the row, or one for each channel.
    public func addingSpread(_ other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(AddSpread(shared: tape.isShared(other)), [self, other], file: file, line: line)
    }
    /// self ⊙ other, where `other` holds one number for the row, or one for each channel; it may be one row for the whole batch.
    public func multipliedSpread(by other: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(MultiplySpread(shared: tape.isShared(other)), [self, other], file: file, line: line)
    }
    /// This one row for the whole batch, once for each row of `like`.
    public func spread(like: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Spread(), [like, self], file: file, line: line)
    }
}
