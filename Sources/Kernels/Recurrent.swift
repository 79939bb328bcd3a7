// What a recurrent cell does at one step of a sequence: its product with the last hidden state, then its gates.
import CVector

/// The gates of a cell, in blocks as wide as the hidden state, in PyTorch's order.
public enum RecurrentCell: UInt8, Sendable, CaseIterable {
    /// One block, the new hidden state itself: h = tanh.
    case vanilla
    /// i, f, g, o: σ, σ, tanh, σ (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000).
    case lstm
    /// r, z and the candidate's share of the last hidden state: σ, σ, linear (Cho et al. 2014, in PyTorch's form).
    case gru

    public var blocks: Int { self == .vanilla ? 1 : self == .lstm ? 4 : 3 }
    /// Of the state that goes from step to step: h, or h and c.
    public var stateBlocks: Int { self == .lstm ? 2 : 1 }
    /// The blocks that add the projected input before their activation; GRU's candidate adds it after the reset gate.
    var projectedBlocks: Int { self == .gru ? 2 : blocks }
}

/// σ x = 1/(1 + e⁻ˣ), within 3 ulp where it is normal.
@inline(__always) private func sigmoid(_ x: Vector) -> Vector { 1 / (exp16(-x) + 1) }

/// One step of `steps` for `rows` rows, each alone: a row's bits depend neither on the number of rows nor on its place.
///
/// Buffers are whole operands: projection [rows, steps · blocks · hidden], gates [rows, blocks · hidden], state
/// [rows, stateBlocks · hidden], keep [rows, steps] of ones and zeros, or empty where every row goes on. A row whose keep is 0 starts
/// from a state of zeros, and no gradient flows into the state that it left.
public struct RecurrentStep: Sendable {
    public let cell: RecurrentCell
    public let hidden: Int
    public let step: Int
    public let steps: Int

    public init(_ cell: RecurrentCell, hidden: Int, step: Int, steps: Int) {
        self.cell = cell
        self.hidden = hidden
        self.step = step
        self.steps = steps
    }

    private var gateWidth: Int { cell.blocks * hidden }
    private var stateWidth: Int { cell.stateBlocks * hidden }
    private var projectionWidth: Int { steps * gateWidth }

    private func check(
        rows: Int, projection: Floats = .empty, gates: Floats = .empty, states: InlineArray<2, Floats>, keep: Floats
    ) {
        guard hidden > 0 && step >= 0 && step < steps && rows >= 0 else {
            fatalError("a recurrent step \(step) of \(steps) with \(hidden) hidden numbers and \(rows) rows")
        }
        func fits(_ buffer: Floats, _ width: Int) -> Bool { buffer.count == 0 || buffer.count >= rows * width }
        guard fits(projection, projectionWidth), fits(gates, gateWidth), fits(states[0], stateWidth), fits(states[1], stateWidth),
            fits(keep, steps)
        else { fatalError("a recurrent step of \(rows) rows with a buffer that is too short") }
    }
    @inline(__always) private func keeps(_ keep: Floats, _ row: Int) -> Bool {
        keep.count == 0 || keep.base[row * steps + step] != 0
    }
    /// Calls `body` with the first column and the number of columns of each vector of a block.
    @inline(__always) private func eachVector(_ body: (_ column: Int, _ count: Int32) -> Void) {
        var j = 0
        while j + 16 <= hidden {
            body(j, 16)
            j += 16
        }
        if j < hidden { body(j, Int32(hidden - j)) }
    }

    // MARK: The product with the last hidden state

    /// Floats of scratch memory that `gates` and `gatesGradient` may use.
    public func scratchCount(rows: Int) -> Int {
        roundedToVector(rows * hidden) + max(roundedToVector(hidden * gateWidth), rows * (gateWidth + 2 * hidden) + 48)
    }

    /// The hidden states that the step begins with, row after row.
    private func gather(_ state: Floats, _ keep: Floats, rows: Int, into to: UnsafeMutablePointer<Float>) {
        for r in 0..<rows {
            let from = state.base + r * stateWidth, to = to + r * hidden, kept = keeps(keep, r)
            for j in 0..<hidden { to[j] = kept ? from[j] : 0 }
        }
    }

    /// gates ← act(projection[·, step] + keep·h · u), block by block; in GRU's last block `bias` stands in for the projection.
    public func gates(
        projection: Floats, state: Floats, _ u: Floats, bias: Floats, keep: Floats, into gates: Floats, rows: Int, scratch: Floats
    ) {
        check(rows: rows, projection: projection, gates: gates, states: [state, .empty], keep: keep)
        guard u.count >= hidden * gateWidth, scratch.count >= rows * hidden, cell != .gru || bias.count >= hidden else {
            fatalError("a recurrent product of \(hidden) by \(gateWidth) with weights, bias or scratch that are too short")
        }
        gather(state, keep, rows: rows, into: scratch.base)
        let projected = cell.projectedBlocks * hidden
        for r in 0..<rows {
            let from = projection.base + r * projectionWidth + step * gateWidth, to = gates.base + r * gateWidth
            for j in 0..<projected { to[j] = from[j] }
            for j in projected..<gateWidth { to[j] = bias.base[j - projected] }
        }
        Product.run(
            rows, gateWidth, hidden, a: scratch.base, aRow: hidden, aStep: 1, b: u.base, bRow: gateWidth, c: gates.base,
            cRow: gateWidth, .add)
        for r in 0..<rows {
            let row = gates.base + r * gateWidth
            for block in 0..<cell.blocks where !isLinear(block) {
                let at = row + block * hidden, isTanh = isTanh(block)
                if isTanh {
                    eachVector { j, n in store_first16(at + j, tanh16(load(at + j)), n) }
                } else {
                    eachVector { j, n in store_first16(at + j, sigmoid(load(at + j)), n) }
                }
            }
        }
    }
    private func isLinear(_ block: Int) -> Bool { cell == .gru && block == 2 }
    private func isTanh(_ block: Int) -> Bool { cell == .vanilla || (cell == .lstm && block == 2) }

    /// dgates ← dgates ⊙ act′ in place, and from it the gradients of all operands of `gates`, each β·d + …; an empty one is unwanted.
    public func gatesGradient(
        dgates: Floats, gates: Floats, state: Floats, _ u: Floats, keep: Floats,
        dprojection: Floats, projectionBeta: Float, dstate: Floats, stateBeta: Float, du: Floats, weightBeta: Float,
        dbias: Floats, biasBeta: Float, rows: Int, scratch: Floats
    ) {
        check(rows: rows, projection: dprojection, gates: dgates, states: [state, dstate], keep: keep)
        guard scratch.count >= scratchCount(rows: rows) else {
            fatalError("a recurrent gradient of \(rows) rows with \(scratch.count) floats of scratch")
        }
        for r in 0..<rows {
            for block in 0..<cell.blocks where !isLinear(block) {
                let d = dgates.base + r * gateWidth + block * hidden, y = gates.base + r * gateWidth + block * hidden
                if isTanh(block) {
                    eachVector { j, n in
                        let value = load(y + j)
                        store_first16(d + j, load(d + j) * (1 - value * value), n)
                    }
                } else {
                    eachVector { j, n in
                        let value = load(y + j)
                        store_first16(d + j, load(d + j) * (value * (1 - value)), n)
                    }
                }
            }
        }
        if dprojection.count != 0 { spread(dgates, into: dprojection, beta: projectionBeta, rows: rows) }
        if dbias.count != 0 {
            for j in 0..<hidden {
                var sum: Float = biasBeta == 0 ? 0 : dbias.base[j]
                for r in 0..<rows { sum += dgates.base[r * gateWidth + gateWidth - hidden + j] }
                dbias.base[j] = sum
            }
        }
        let begun = scratch.base, rest = scratch.base + roundedToVector(rows * hidden)
        if dstate.count != 0 { turnBack(dgates, u, keep, into: dstate, beta: stateBeta, rows: rows, scratch: rest) }
        if du.count != 0 {
            gather(state, keep, rows: rows, into: begun)
            Product.run(
                hidden, gateWidth, rows, a: begun, aRow: 1, aStep: hidden, b: dgates.base, bRow: gateWidth, c: du.base,
                cRow: gateWidth, .beta(weightBeta))
        }
    }

    /// The step's slice of dprojection; the first writer clears the other slices.
    private func spread(_ dgates: Floats, into d: Floats, beta: Float, rows: Int) {
        let projected = cell.projectedBlocks * hidden
        for r in 0..<rows {
            let row = d.base + r * projectionWidth, to = row + step * gateWidth, from = dgates.base + r * gateWidth
            if beta == 0 {
                row.update(repeating: 0, count: projectionWidth)
                for j in 0..<projected { to[j] = from[j] }
            } else {
                for j in 0..<projected { to[j] += from[j] }
            }
        }
    }

    /// dstate ← β·dstate + keep·(dgates · uᵀ) in the columns of h. Whichever is smaller is turned on its side, dgates or u: the sums
    /// are the same to the last bit, each in ascending order.
    private func turnBack(
        _ dgates: Floats, _ u: Floats, _ keep: Floats, into d: Floats, beta: Float, rows: Int,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let sums: UnsafeMutablePointer<Float>
        if rows <= hidden {
            // (dgates · uᵀ)ᵀ = u · dgatesᵀ
            let turned = scratch, sumsTurned = turned + roundedToVector(gateWidth * rows)
            sums = sumsTurned + roundedToVector(hidden * rows)
            Transpose.run(dgates.base, rows: rows, columns: gateWidth, into: turned)
            Product.run(
                hidden, rows, gateWidth, a: u.base, aRow: gateWidth, aStep: 1, b: turned, bRow: rows, c: sumsTurned, cRow: rows,
                .store)
            Transpose.run(sumsTurned, rows: hidden, columns: rows, into: sums)
        } else {
            let turned = scratch
            sums = turned + roundedToVector(hidden * gateWidth)
            Transpose.run(u.base, rows: hidden, columns: gateWidth, into: turned)
            Product.run(
                rows, hidden, gateWidth, a: dgates.base, aRow: gateWidth, aStep: 1, b: turned, bRow: hidden, c: sums,
                cRow: hidden,
                .store)
        }
        for r in 0..<rows {
            let to = d.base + r * stateWidth, from = sums + r * hidden, kept = keeps(keep, r)
            if beta == 0 {
                for j in 0..<hidden { to[j] = kept ? from[j] : 0 }
                for j in hidden..<stateWidth { to[j] = 0 }
            } else if kept {
                for j in 0..<hidden { to[j] += from[j] }
            }
        }
    }

    // MARK: The rest of an LSTM

    /// c ← f ⊙ keep·c + i ⊙ g and h ← o ⊙ tanh c, as [h | c] in `next`.
    public func lstm(gates: Floats, state: Floats, keep: Floats, into next: Floats, rows: Int) {
        check(rows: rows, gates: gates, states: [state, next], keep: keep)
        let n = hidden
        for r in 0..<rows {
            let a = gates.base + r * 4 * n, old = state.base + r * 2 * n + n, new = next.base + r * 2 * n, kept = keeps(keep, r)
            eachVector { j, count in
                var c = load(a + j) * load(a + 2 * n + j)
                if kept { c = fma16(load(a + n + j), load(old + j), c) }
                store_first16(new + n + j, c, count)
                store_first16(new + j, load(a + 3 * n + j) * tanh16(c), count)
            }
        }
    }

    /// The gradients of `lstm`, each β·d + …; an empty one is unwanted.
    public func lstmGradient(
        dnext: Floats, next: Floats, gates: Floats, state: Floats, keep: Floats, dgates: Floats, gateBeta: Float, dstate: Floats,
        stateBeta: Float, rows: Int
    ) {
        check(rows: rows, gates: gates, states: [state, dstate], keep: keep)
        let n = hidden
        @inline(__always) func put(_ value: Vector, _ to: UnsafeMutablePointer<Float>, _ beta: Float, _ count: Int32) {
            store_first16(to, beta == 0 ? value : load(to) + value, count)
        }
        for r in 0..<rows {
            let a = gates.base + r * 4 * n, old = state.base + r * 2 * n + n, kept = keeps(keep, r)
            let dh = dnext.base + r * 2 * n, c = next.base + r * 2 * n + n
            eachVector { j, count in
                let bent = tanh16(load(c + j)), o = load(a + 3 * n + j), dy = load(dh + j)
                let dc = fma16(dy * o, 1 - bent * bent, load(dh + n + j))
                if dgates.count != 0 {
                    let to = dgates.base + r * 4 * n + j
                    put(dc * load(a + 2 * n + j), to, gateBeta, count)
                    put(kept ? dc * load(old + j) : Vector(), to + n, gateBeta, count)
                    put(dc * load(a + j), to + 2 * n, gateBeta, count)
                    put(dy * bent, to + 3 * n, gateBeta, count)
                }
                if dstate.count != 0 {
                    let to = dstate.base + r * 2 * n + j
                    if stateBeta == 0 { store_first16(to, Vector(), count) }
                    put(kept ? dc * load(a + n + j) : Vector(), to + n, stateBeta, count)
                }
            }
        }
    }

    // MARK: The rest of a GRU

    /// h ← (1 − z) ⊙ n + z ⊙ keep·h with n = tanh(projection[·, step, 2] + r ⊙ u), the gates being [r | z | u].
    public func gru(projection: Floats, gates: Floats, state: Floats, keep: Floats, into next: Floats, rows: Int) {
        check(rows: rows, projection: projection, gates: gates, states: [state, next], keep: keep)
        let n = hidden
        for r in 0..<rows {
            let a = gates.base + r * 3 * n, p = projection.base + r * projectionWidth + step * 3 * n + 2 * n
            let old = state.base + r * n, new = next.base + r * n, kept = keeps(keep, r)
            eachVector { j, count in
                let candidate = tanh16(fma16(load(a + j), load(a + 2 * n + j), load(p + j))), z = load(a + n + j)
                let h = kept ? load(old + j) : Vector()
                store_first16(new + j, fma16(z, h, (1 - z) * candidate), count)
            }
        }
    }

    /// The gradients of `gru`, each β·d + …; an empty one is unwanted.
    public func gruGradient(
        dnext: Floats, projection: Floats, gates: Floats, state: Floats, keep: Floats, dprojection: Floats, projectionBeta: Float,
        dgates: Floats, gateBeta: Float, dstate: Floats, stateBeta: Float, rows: Int
    ) {
        check(rows: rows, projection: projection, gates: gates, states: [state, dstate], keep: keep)
        let n = hidden
        @inline(__always) func put(_ value: Vector, _ to: UnsafeMutablePointer<Float>, _ beta: Float, _ count: Int32) {
            store_first16(to, beta == 0 ? value : load(to) + value, count)
        }
        for r in 0..<rows {
            let a = gates.base + r * 3 * n, at = r * projectionWidth + step * 3 * n + 2 * n
            let old = state.base + r * n, dy = dnext.base + r * n, kept = keeps(keep, r)
            if dprojection.count != 0 && projectionBeta == 0 {
                (dprojection.base + r * projectionWidth).update(repeating: 0, count: projectionWidth)
            }
            eachVector { j, count in
                let reset = load(a + j), z = load(a + n + j), u = load(a + 2 * n + j), d = load(dy + j)
                let candidate = tanh16(fma16(reset, u, load(projection.base + at + j)))
                let inner = d * (1 - z) * (1 - candidate * candidate)
                if dprojection.count != 0 { put(inner, dprojection.base + at + j, 1, count) }
                if dgates.count != 0 {
                    let to = dgates.base + r * 3 * n + j
                    put(inner * u, to, gateBeta, count)
                    put(d * ((kept ? load(old + j) : Vector()) - candidate), to + n, gateBeta, count)
                    put(inner * reset, to + 2 * n, gateBeta, count)
                }
                if dstate.count != 0 { put(kept ? d * z : Vector(), dstate.base + r * n + j, stateBeta, count) }
            }
        }
    }
}
