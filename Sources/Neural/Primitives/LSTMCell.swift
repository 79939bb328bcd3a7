// The pointwise part of an LSTM step: the new cell and hidden state out of activated gates, in one pass forward and one backward.
public import Basics
import Kernels

/// Operands: gates [rows, 4 · hidden] (i, f, g, o, activated), state [rows, 2 · hidden] as [h | c], and where masked keep [rows, steps].
///
/// c′ = f ⊙ keep·c + i ⊙ g, h′ = o ⊙ tanh c′, y = [h′ | c′] (Hochreiter & Schmidhuber 1997; Gers et al. 2000).
public struct LSTMCell: Primitive {
    let step: RecurrentPlace
    public init(_ step: RecurrentPlace) { self.step = step }

    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == (step.isMasked ? 3 : 2), step.cell == .lstm else {
            throw ShapeError("LSTMCell takes gates, state\(step.isMasked ? " and mask" : ""), got \(operands.count) operands")
        }
        try step.check("gates", operands[0], 4 * step.hidden)
        try step.check("state", operands[1], 2 * step.hidden)
        if step.isMasked { try step.check("mask", operands[2], step.steps) }
        return operands[1]
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        step.kernel.lstm(
            gates: site.x[0], state: site.x[1], keep: step.isMasked ? site.x[2] : .empty, into: site.y, rows: rows)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        step.kernel.lstmGradient(
            dnext: site.dy, next: site.y, gates: site.x[0], state: site.x[1], keep: step.isMasked ? site.x[2] : .empty,
            dgates: site.dx[0], gateBeta: site.beta[0], dstate: site.dx[1], stateBeta: site.beta[1], rows: rows)
        if step.isMasked { site.leaveAlone(2, rows: rows) }
    }
}
