// The gates of a recurrent cell at one step: the projected input plus the last hidden state's product, activated in one entry.
public import Basics
public import Kernels

/// Operands: projection [rows, steps · blocks · hidden], state [rows, stateBlocks · hidden] (h first), U [hidden, blocks · hidden],
/// for a GRU its bias [hidden], and where `isMasked` keep [rows, steps] of zeros and ones.
///
/// y = act(projection[step] + keep[step]·h · U), act by block (see `RecurrentCell`). With d = dy ⊙ act′(y), read from y and written
/// over dy: dprojection[step] = d, dU = (keep·h)ᵀ·d, dh = keep·(d · Uᵀ); keep has no gradient.
public struct RecurrentGates: Primitive {
    let step: RecurrentPlace
    public init(_ step: RecurrentPlace) { self.step = step }

    private var isGRU: Bool { step.cell == .gru }
    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        let expected = 3 + (isGRU ? 1 : 0) + (step.isMasked ? 1 : 0)
        guard operands.count == expected else {
            throw ShapeError("RecurrentGates of \(step.cell) takes \(expected) operands, got \(operands.count)")
        }
        let hidden = step.hidden, width = step.cell.blocks * hidden
        try step.check("projection", operands[0], step.steps * width)
        try step.check("state", operands[1], step.cell.stateBlocks * hidden)
        try step.check("hidden weights", operands[2], hidden * width)
        if isGRU { try step.check("hidden bias", operands[3], hidden) }
        if step.isMasked { try step.check("mask", operands[expected - 1], step.steps) }
        return .vector(width)
    }
    public func isShared(_ operand: Int) -> Bool { operand == 2 || (isGRU && operand == 3) }
    public func scratch(for operands: [Shape], rows: Int) -> Int { step.kernel.scratchCount(rows: rows) }
    public func operations(for operands: [Shape]) -> Int { 2 * operands[2].count }

    private var maskIndex: Int { isGRU ? 4 : 3 }
    private func mask(_ site: borrowing Site) -> Floats { step.isMasked ? site.x[maskIndex] : .empty }

    public func forward(_ site: borrowing Site, rows: Int) {
        step.kernel.gates(
            projection: site.x[0], state: site.x[1], site.x[2], bias: isGRU ? site.x[3] : .empty, keep: mask(site), into: site.y,
            rows: rows, scratch: site.scratch)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        step.kernel.gatesGradient(
            dgates: site.dy, gates: site.y, state: site.x[1], site.x[2], keep: mask(site),
            dprojection: site.dx[0], projectionBeta: site.beta[0], dstate: site.dx[1], stateBeta: site.beta[1],
            du: site.dx[2], weightBeta: site.beta[2], dbias: isGRU ? site.dx[3] : .empty, biasBeta: isGRU ? site.beta[3] : 0,
            rows: rows, scratch: site.scratch)
        if step.isMasked { site.leaveAlone(maskIndex, rows: rows) }
    }
}

/// Which cell, how wide, which step of how many, and whether rows may begin anew inside the sequence.
public struct RecurrentPlace: Hashable, Sendable {
    private let narrowHidden: Int32
    private let narrowStep: Int32
    private let narrowSteps: Int32
    public let cell: RecurrentCell
    public let isMasked: Bool

    public init(_ cell: RecurrentCell, hidden: Int, step: Int, steps: Int, masked: Bool) {
        self.cell = cell
        narrowHidden = Int32(hidden)
        narrowStep = Int32(step)
        narrowSteps = Int32(steps)
        isMasked = masked
    }
    public var hidden: Int { Int(narrowHidden) }
    public var step: Int { Int(narrowStep) }
    public var steps: Int { Int(narrowSteps) }
    var kernel: RecurrentStep { RecurrentStep(cell, hidden: hidden, step: step, steps: steps) }

    func check(_ what: String, _ shape: Shape, _ count: Int) throws(ShapeError) {
        guard hidden > 0 && step >= 0 && step < steps else {
            throw ShapeError("a recurrent cell of \(hidden) hidden numbers at step \(step) of \(steps)")
        }
        guard shape.count == count else {
            throw ShapeError(
                "a recurrent cell of \(hidden) hidden numbers over \(steps) steps expects \(count) floats of \(what), got \(shape.count)"
            )
        }
    }
}

extension Site {
    /// For an operand that is data and has no gradient: the first writer still has to clear it.
    @inline(__always) func leaveAlone(_ operand: Int, rows: Int) {
        if wants(operand) && beta[operand] == 0 { operandGradient(operand, rows: rows).fill(0) }
    }
}
