// The pointwise part of a GRU step: the candidate and the new hidden state, in one pass forward and one backward.
public import Basics
import Kernels

/// Operands: projection [rows, steps · 3 · hidden], gates [rows, 3 · hidden] as [r | z | u], state [rows, hidden], and where masked
/// keep [rows, steps].
///
/// n = tanh(projection[step, 2] + r ⊙ u), h′ = (1 − z) ⊙ n + z ⊙ keep·h (Cho et al. 2014; the reset gate after the product, as in
/// PyTorch, where the paper has it before).
public struct GRUCell: Primitive {
    let step: RecurrentPlace
    public init(_ step: RecurrentPlace) { self.step = step }

    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard operands.count == (step.isMasked ? 4 : 3), step.cell == .gru else {
            throw ShapeError(
                "GRUCell takes projection, gates, state\(step.isMasked ? " and mask" : ""), got \(operands.count) operands")
        }
        try step.check("projection", operands[0], step.steps * 3 * step.hidden)
        try step.check("gates", operands[1], 3 * step.hidden)
        try step.check("state", operands[2], step.hidden)
        if step.isMasked { try step.check("mask", operands[3], step.steps) }
        return operands[2]
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        step.kernel.gru(
            projection: site.x[0], gates: site.x[1], state: site.x[2], keep: step.isMasked ? site.x[3] : .empty, into: site.y,
            rows: rows)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        step.kernel.gruGradient(
            dnext: site.dy, projection: site.x[0], gates: site.x[1], state: site.x[2],
            keep: step.isMasked ? site.x[3] : .empty, dprojection: site.dx[0], projectionBeta: site.beta[0], dgates: site.dx[1],
            gateBeta: site.beta[1], dstate: site.dx[2], stateBeta: site.beta[2], rows: rows)
        if step.isMasked { site.leaveAlone(3, rows: rows) }
    }
}
