// The backward pass of a recurrent sequence: truncated back-propagation through time.
import CVector

extension RecurrentSequence {
    /// Where the gradients go, each β·d + …; an empty one is unwanted. State for state as in `forward`.
    public struct Gradients {
        public var x = Floats.empty, state = Floats.empty, w = Floats.empty, u = Floats.empty, bias = Floats.empty
        public var xBeta: Float = 0, stateBeta: Float = 0, wBeta: Float = 0, uBeta: Float = 0, biasBeta: Float = 0
        public init() {}
    }

    /// From dy [rows, resultWidth] and what the last `forward` of as many rows left in `memory`, which is used up: the gates' places
    /// take their gradients, a megabyte that need not pass through the caches twice.
    ///
    /// - Parameter beganEmpty: whether that `forward` had no state.
    public func backward(
        dy: Floats, w: Floats, u: Floats, keep: Floats, beganEmpty: Bool, into d: Gradients, rows: Int, memory: Floats,
        scratch: Floats
    ) {
        check(rows, memory: memory)
        need("scratch", scratch, scratchCount(rows: rows))
        need("dy", dy, rows * resultWidth)
        need("input weights", w, inputs * weightWidth)
        need("hidden weights", u, hidden * weightWidth)
        need("the mask", keep, ifAny: rows * steps)
        need("dx", d.x, ifAny: rows * steps * inputs)
        need("dstate", d.state, ifAny: rows * stateWidth)
        need("dw", d.w, ifAny: inputs * weightWidth)
        need("du", d.u, ifAny: hidden * weightWidth)
        need("dbias", d.bias, ifAny: gateWidth)
        let kept = Memory(memory, self, rows: rows), places = steps * rows
        let dgates = kept.gates, dx = scratch.base
        let dh = dx + roundedToVector(places * inputs), dc = dh + roundedToVector(rows * hidden)
        let turned = dc + roundedToVector(rows * hidden), flow = Flow(gates: dgates, h: dh, c: dc)

        Transpose.run(u.base, rows: hidden, columns: weightWidth, into: turned)
        end(with: dy, flow, rows: rows)
        for step in (0..<steps).reversed() {
            let place = Place(step: step, rows: rows, keep: keep, kept: kept, y: dy.base)
            switch cell {
            case .vanilla: vanillaGradient(place, flow)
            case .lstm: lstmGradient(place, flow)
            case .gru: gruGradient(place, flow)
            }
            if step > 0 || d.state.count != 0 { turnBack(place, flow, turned) }
        }

        // In the order of the operands: one node may be two of them, and then only the first may assign.
        if d.x.count != 0 {
            Transpose.run(w.base, rows: inputs, columns: weightWidth, into: turned)
            Product.runInEights(
                places, inputs, weightWidth, a: dgates, aRow: gateWidth, aStep: 1, b: turned, bRow: inputs, c: dx, cRow: inputs,
                .store)
            rowByRow(dx, into: d.x.base, beta: d.xBeta, rows: rows)
        }
        if d.state.count != 0 { giveBack(flow, into: d.state.base, beta: d.stateBeta, rows: rows) }
        if d.w.count != 0 {
            Product.runInEights(
                inputs, weightWidth, places, a: kept.inputs, aRow: 1, aStep: inputs, b: dgates, bRow: gateWidth, c: d.w.base,
                cRow: weightWidth, .beta(d.wBeta))
        }
        if d.u.count != 0 {
            // A state of zeros adds nothing.
            let skipped = beganEmpty ? rows : 0, begun = kept.begun + skipped * hidden, gates = dgates + skipped * gateWidth
            let together = cell == .gru ? 2 * hidden : weightWidth
            Product.runInEights(
                hidden, together, places - skipped, a: begun, aRow: 1, aStep: hidden, b: gates, bRow: gateWidth, c: d.u.base,
                cRow: weightWidth, .beta(d.uBeta))
            if cell == .gru {
                Product.runInEights(
                    hidden, hidden, places - skipped, a: begun, aRow: 1, aStep: hidden, b: gates + 3 * hidden, bRow: gateWidth,
                    c: d.u.base + together, cRow: weightWidth, .beta(d.uBeta))
            }
        }
        if d.bias.count != 0 {
            let all = memory.slice(dgates - memory.base, places * gateWidth)
            Dense.epilogue(all, all, rows: places, outputs: gateWidth, .none, db: d.bias, beta: d.biasBeta)
        }
    }

    /// What flows backwards: the gradient of all gates before their activation [steps, rows, gateWidth], and that of the state from
    /// the step after [rows, hidden].
    struct Flow {
        let gates: UnsafeMutablePointer<Float>
        let h: UnsafeMutablePointer<Float>
        let c: UnsafeMutablePointer<Float>
    }

    /// After the last step only the cell state that is handed on has a gradient; that of h is in dy.
    private func end(with dy: Floats, _ flow: Flow, rows: Int) {
        flow.h.update(repeating: 0, count: rows * hidden)
        guard cell == .lstm else { return }
        guard handsOn else { return flow.c.update(repeating: 0, count: rows * hidden) }
        for row in 0..<rows {
            (flow.c + row * hidden).update(from: dy.base + row * resultWidth + steps * hidden, count: hidden)
        }
    }

    /// The gradient of the hidden state that the step began with: dgates · uᵀ (a GRU adds it to z ⊙ dh), and none where it began anew.
    private func turnBack(_ place: Place, _ flow: Flow, _ turned: UnsafePointer<Float>) {
        let gates = flow.gates + place.step * place.rows * gateWidth, first = cell == .gru ? 2 * hidden : weightWidth
        Product.runInEights(
            place.rows, hidden, first, a: gates, aRow: gateWidth, aStep: 1, b: turned, bRow: hidden, c: flow.h, cRow: hidden,
            cell == .gru ? .add : .store)
        if cell == .gru {
            Product.runInEights(
                place.rows, hidden, hidden, a: gates + 3 * hidden, aRow: gateWidth, aStep: 1, b: turned + first * hidden,
                bRow: hidden, c: flow.h, cRow: hidden, .add)
        }
        for row in 0..<place.rows where !keeps(place.keep, row, place.step) {
            (flow.h + row * hidden).update(repeating: 0, count: hidden)
            if cell == .lstm { (flow.c + row * hidden).update(repeating: 0, count: hidden) }
        }
    }

    private func vanillaGradient(_ place: Place, _ flow: Flow) {
        for row in 0..<place.rows {
            let here = (place.step * place.rows + row) * hidden, dy = place.y + row * resultWidth + place.step * hidden
            eachVector { j, count in
                let h = load(place.kept.gates + here + j), d = load(dy + j) + load(flow.h + row * hidden + j)
                put(d * (1 - h * h), flow.gates + here + j, count)
            }
        }
    }

    private func lstmGradient(_ place: Place, _ flow: Flow) {
        let n = hidden
        for row in 0..<place.rows {
            let here = place.step * place.rows + row, gates = place.kept.gates + here * 4 * n, to = flow.gates + here * 4 * n
            let old = place.kept.first + here * n, bent = place.kept.second + here * n
            let dy = place.y + row * resultWidth + place.step * n, dh = flow.h + row * n, dc = flow.c + row * n
            eachVector { j, count in
                let i = load(gates + j), f = load(gates + n + j), g = load(gates + 2 * n + j), o = load(gates + 3 * n + j)
                let t = load(bent + j), d = load(dy + j) + load(dh + j)
                let cell = fma16(d * o, 1 - t * t, load(dc + j))
                put(cell * g * (i * (1 - i)), to + j, count)
                put(cell * load(old + j) * (f * (1 - f)), to + n + j, count)
                put(cell * i * (1 - g * g), to + 2 * n + j, count)
                put(d * t * (o * (1 - o)), to + 3 * n + j, count)
                put(cell * f, dc + j, count)
            }
        }
    }

    private func gruGradient(_ place: Place, _ flow: Flow) {
        let n = hidden
        for row in 0..<place.rows {
            let here = place.step * place.rows + row, gates = place.kept.gates + here * 4 * n, to = flow.gates + here * 4 * n
            let old = place.kept.begun + here * n, candidate = place.kept.first + here * n
            let dy = place.y + row * resultWidth + place.step * n, dh = flow.h + row * n
            eachVector { j, count in
                let r = load(gates + j), z = load(gates + n + j), v = load(gates + 3 * n + j), c = load(candidate + j)
                let d = load(dy + j) + load(dh + j), inner = d * (1 - z) * (1 - c * c)
                put(inner * v * (r * (1 - r)), to + j, count)
                put(d * (load(old + j) - c) * (z * (1 - z)), to + n + j, count)
                put(inner, to + 2 * n + j, count)
                put(inner * r, to + 3 * n + j, count)
                put(d * z, dh + j, count)
            }
        }
    }

    /// [steps, rows, inputs] → β·d + … in [rows, steps, inputs]
    private func rowByRow(_ from: UnsafePointer<Float>, into d: UnsafeMutablePointer<Float>, beta: Float, rows: Int) {
        for step in 0..<steps {
            for row in 0..<rows {
                let from = from + (step * rows + row) * inputs, to = d + (row * steps + step) * inputs
                if beta == 0 {
                    to.update(from: from, count: inputs)
                } else {
                    for j in 0..<inputs { to[j] += from[j] }
                }
            }
        }
    }

    /// dstate ← β·dstate + [dh | dc]
    private func giveBack(_ flow: Flow, into d: UnsafeMutablePointer<Float>, beta: Float, rows: Int) {
        for row in 0..<rows {
            let to = d + row * stateWidth, h = flow.h + row * hidden, c = flow.c + row * hidden
            for j in 0..<hidden { to[j] = beta == 0 ? h[j] : to[j] + h[j] }
            if cell == .lstm {
                for j in 0..<hidden { to[hidden + j] = beta == 0 ? c[j] : to[hidden + j] + c[j] }
            }
        }
    }
}
