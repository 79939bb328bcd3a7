// The forward pass of a recurrent sequence.
import CVector

extension RecurrentSequence {
    /// y ← the hidden states of all steps; what `backward` needs of this run is in `memory` afterwards.
    public func forward(
        x: Floats, state: Floats, w: Floats, u: Floats, bias: Floats, keep: Floats, into y: Floats, rows: Int, memory: Floats
    ) {
        check(rows, memory: memory)
        need("x", x, rows * steps * inputs)
        need("the state", state, ifAny: rows * stateWidth)
        need("input weights", w, inputs * weightWidth)
        need("hidden weights", u, hidden * weightWidth)
        need("bias", bias, gateWidth)
        need("the mask", keep, ifAny: rows * steps)
        need("the result", y, rows * resultWidth)
        let kept = Memory(memory, self, rows: rows)
        stepByStep(x.base, into: kept.inputs, rows: rows)
        begin(with: state, keep, kept, rows: rows)
        for step in 0..<steps {
            let gates = kept.gates + step * rows * gateWidth
            let seen = Factors(
                a: kept.inputs + step * rows * inputs, aRow: inputs, b: w.base, bRow: weightWidth, count: inputs)
            let past = Factors(
                a: kept.begun + step * rows * hidden, aRow: hidden, b: u.base, bRow: weightWidth, count: hidden)
            let biased = Epilogue(adds: false, bias: bias.base, relu: false)
            // A GRU's reset gate multiplies the candidate's share of the hidden state, which therefore stays apart.
            let together = cell == .gru ? 2 * hidden : weightWidth
            if step == 0 && state.count == 0 {
                Product.runInEights(rows, together, seen, c: gates, cRow: gateWidth, biased)
            } else {
                Product.runInEights(rows, together, seen, plus: past, c: gates, cRow: gateWidth, biased)
            }
            if cell == .gru {
                Product.runInEights(
                    rows, hidden, seen.shifted(rows: 0, columns: together), c: gates + together, cRow: gateWidth,
                    biased.shifted(together))
                Product.runInEights(
                    rows, hidden, past.shifted(rows: 0, columns: together), c: gates + 3 * hidden, cRow: gateWidth,
                    biased.shifted(3 * hidden))
            }
            let place = Place(step: step, rows: rows, keep: keep, kept: kept, y: y.base)
            switch cell {
            case .vanilla: vanilla(place)
            case .lstm: lstm(place)
            case .gru: gru(place)
            }
        }
    }

    /// One step's surroundings.
    struct Place {
        let step: Int
        let rows: Int
        let keep: Floats
        let kept: Memory
        /// What forward writes, and the gradient that backward reads: [rows, resultWidth].
        let y: UnsafeMutablePointer<Float>
    }

    /// [rows, steps, inputs] → [steps, rows, inputs]
    func stepByStep(_ x: UnsafePointer<Float>, into to: UnsafeMutablePointer<Float>, rows: Int) {
        for step in 0..<steps {
            for row in 0..<rows {
                (to + (step * rows + row) * inputs).update(from: x + (row * steps + step) * inputs, count: inputs)
            }
        }
    }

    /// What the first step begins with.
    private func begin(with state: Floats, _ keep: Floats, _ kept: Memory, rows: Int) {
        if state.count == 0 {
            kept.begun.update(repeating: 0, count: rows * hidden)
            if cell == .lstm { kept.first.update(repeating: 0, count: rows * hidden) }
            return
        }
        for row in 0..<rows {
            let from = state.base + row * stateWidth, goesOn = keeps(keep, row, 0)
            for j in 0..<hidden { kept.begun[row * hidden + j] = goesOn ? from[j] : 0 }
            if cell == .lstm {
                for j in 0..<hidden { kept.first[row * hidden + j] = goesOn ? from[hidden + j] : 0 }
            }
        }
    }

    /// Where a row's hidden state goes: into y, and to the next step unless there is none or it begins anew.
    @inline(__always)
    func places(_ place: Place, row: Int) -> (y: UnsafeMutablePointer<Float>, next: Int, goesOn: Bool, isLast: Bool) {
        let isLast = place.step + 1 == steps
        return (
            place.y + row * resultWidth + place.step * hidden, ((place.step + 1) * place.rows + row) * hidden,
            !isLast && keeps(place.keep, row, place.step + 1), isLast
        )
    }

    private func vanilla(_ place: Place) {
        for row in 0..<place.rows {
            let gates = place.kept.gates + (place.step * place.rows + row) * hidden
            let (y, next, goesOn, isLast) = places(place, row: row)
            eachVector { j, count in
                let h = tanh16(load(gates + j))
                put(h, gates + j, count)
                put(h, y + j, count)
                if !isLast { put(goesOn ? h : Vector(), place.kept.begun + next + j, count) }
            }
        }
    }

    /// c ← f ⊙ c + i ⊙ g, h ← o ⊙ tanh c.
    private func lstm(_ place: Place) {
        let n = hidden, kept = place.kept
        for row in 0..<place.rows {
            let here = place.step * place.rows + row, gates = kept.gates + here * 4 * n
            let old = kept.first + here * n, bent = kept.second + here * n
            let (y, next, goesOn, isLast) = places(place, row: row)
            sigmoids(gates, 2 * n)
            tanhs(gates + 2 * n, n)
            sigmoids(gates + 3 * n, n)
            eachVector { j, count in
                let i = load(gates + j), f = load(gates + n + j), g = load(gates + 2 * n + j), o = load(gates + 3 * n + j)
                let c = fma16(f, load(old + j), i * g), t = tanh16(c), h = o * t
                put(t, bent + j, count)
                put(h, y + j, count)
                if isLast {
                    if handsOn { put(c, y + n + j, count) }
                } else {
                    put(goesOn ? h : Vector(), kept.begun + next + j, count)
                    put(goesOn ? c : Vector(), kept.first + next + j, count)
                }
            }
        }
    }

    /// n ← tanh(n + r ⊙ v) with v the candidate's share of h, h ← (1 − z) ⊙ n + z ⊙ h.
    private func gru(_ place: Place) {
        let n = hidden, kept = place.kept
        for row in 0..<place.rows {
            let here = place.step * place.rows + row, gates = kept.gates + here * 4 * n
            let old = kept.begun + here * n, candidate = kept.first + here * n
            let (y, next, goesOn, isLast) = places(place, row: row)
            sigmoids(gates, 2 * n)
            eachVector { j, count in
                let r = load(gates + j), z = load(gates + n + j)
                let c = tanh16(fma16(r, load(gates + 3 * n + j), load(gates + 2 * n + j)))
                let h = fma16(z, load(old + j), (1 - z) * c)
                put(c, candidate + j, count)
                put(h, y + j, count)
                if !isLast { put(goesOn ? h : Vector(), kept.begun + next + j, count) }
            }
        }
    }
}

// In passes of their own: of several in one loop the compiler inlines only the first, and a call empties all registers.
private func sigmoids(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
    ActivationMaths.sigmoid(Floats(base: x, count: count), into: Floats(base: x, count: count))
}
private func tanhs(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
    VectorMaths.tanh(Floats(base: x, count: count), into: Floats(base: x, count: count))
}
