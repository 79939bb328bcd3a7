// A recurrent cell through all steps of a sequence as one entry, back-propagation through time included.
public import Basics
public import Kernels

/// Operands: x [rows, steps · inputs], where `hasState` state [rows, stateBlocks · hidden] (h first; zeros without it), W [inputs, blocks · hidden],
/// U [hidden, blocks · hidden], b [biasBlocks · hidden], and where `isMasked` keep [rows, steps] of zeros and ones.
///
/// y = [h₁ … h_steps], and for an LSTM that `handsOn` [h₁ … h_steps | c_steps]. With h, c = keep[t]·(the state before step t):
/// - vanilla: h′ = tanh(x·W + b + h·U);
/// - LSTM (Hochreiter & Schmidhuber 1997; forget gate Gers et al. 2000): [i f g o] = [σ σ tanh σ](x·W + b + h·U),
///   c′ = f ⊙ c + i ⊙ g, h′ = o ⊙ tanh c′;
/// - GRU (Cho et al. 2014, in PyTorch's form): [r z] = σ(x·W + b + h·U) in their blocks, n = tanh(x·W + b + r ⊙ (h·U + b′)) in the
///   third, b′ the fourth block of the bias, h′ = (1 − z) ⊙ n + z ⊙ h.
///
/// The gradient is that of all steps; none flows past a zero of keep, which has none itself.
public struct RecurrentUnrolling: Primitive {
    private let narrowHidden: Int32
    private let narrowSteps: Int32
    public let cell: RecurrentCell
    public let hasState: Bool
    public let isMasked: Bool
    public let handsOn: Bool
    public var hidden: Int { Int(narrowHidden) }
    public var steps: Int { Int(narrowSteps) }

    public init(_ cell: RecurrentCell, hidden: Int, steps: Int, hasState: Bool = true, masked: Bool, handsOn: Bool = true) {
        self.cell = cell
        self.hasState = hasState
        self.handsOn = handsOn
        narrowHidden = Int32(hidden)
        narrowSteps = Int32(steps)
        isMasked = masked
    }
    private func kernel(inputs: Int) -> RecurrentSequence {
        RecurrentSequence(cell, inputs: inputs, hidden: hidden, steps: steps, handsOn: handsOn)
    }
    private func kernel(_ site: borrowing Site) -> RecurrentSequence { kernel(inputs: site.operandWidth[0] / steps) }

    /// Where W, U and b stand; x is the first.
    private var weights: Int { hasState ? 2 : 1 }

    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        guard hidden > 0 && steps > 0 else {
            throw ShapeError("a recurrent layer of \(hidden) hidden numbers over \(steps) steps")
        }
        guard operands.count == weights + (isMasked ? 4 : 3) else {
            throw ShapeError(
                "a recurrent layer takes x, \(hasState ? "state, " : "")W, U, b\(isMasked ? " and mask" : ""), got "
                    + "\(operands.count) operands")
        }
        guard operands[0].count % steps == 0 else {
            throw ShapeError("a recurrent layer expects \(steps) steps of equal width, got a row of \(operands[0].count)")
        }
        let one = kernel(inputs: operands[0].count / steps), width = cell.blocks * hidden
        let state = hasState ? [("state", one.stateWidth)] : []
        let expected =
            state + [
                ("input weights", one.inputs * width), ("hidden weights", hidden * width),
                ("bias", cell.biasBlocks * hidden), ("mask", steps),
            ]
        for ((what, count), operand) in zip(expected, operands.dropFirst()) where operand.count != count {
            throw ShapeError(
                "a recurrent layer (\(cell)) of \(one.inputs) inputs and \(hidden) hidden numbers over \(steps) steps expects "
                    + "\(count) floats of \(what), got \(operand.count)")
        }
        return .vector(one.resultWidth)
    }
    public func isShared(_ operand: Int) -> Bool { (weights..<weights + 3).contains(operand) }
    public func scratch(for operands: [Shape], rows: Int) -> Int {
        kernel(inputs: operands[0].count / steps).scratchCount(rows: rows)
    }
    public func memory(for operands: [Shape], rows: Int) -> Int {
        kernel(inputs: operands[0].count / steps).memoryCount(rows: rows)
    }
    public func operations(for operands: [Shape]) -> Int {
        2 * (steps * operands[weights].count + (hasState ? steps : steps - 1) * operands[weights + 1].count)
    }

    private func mask(_ site: borrowing Site) -> Floats { isMasked ? site.x[weights + 3] : .empty }

    public func forward(_ site: borrowing Site, rows: Int) {
        kernel(site).forward(
            x: site.x[0], state: hasState ? site.x[1] : .empty, w: site.x[weights], u: site.x[weights + 1],
            bias: site.x[weights + 2], keep: mask(site), into: site.y, rows: rows, memory: site.memory)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        var d = RecurrentSequence.Gradients()
        let w = weights
        (d.x, d.w, d.u, d.bias) = (site.dx[0], site.dx[w], site.dx[w + 1], site.dx[w + 2])
        (d.xBeta, d.wBeta, d.uBeta, d.biasBeta) = (site.beta[0], site.beta[w], site.beta[w + 1], site.beta[w + 2])
        if hasState { (d.state, d.stateBeta) = (site.dx[1], site.beta[1]) }
        kernel(site).backward(
            dy: site.dy, w: site.x[w], u: site.x[w + 1], keep: mask(site), beganEmpty: !hasState, into: d, rows: rows,
            memory: site.memory, scratch: site.scratch)
        if isMasked { site.clearUnlessWritten(w + 3, rows: rows) }
    }
}
