// Dense layers: three products on the register tile, bias and ReLU added while the sums are still in registers.
import CVector

public enum Dense {
    /// Sums longer than this are cut into chunks, so that the panel of weights in use stays in the second-level cache.
    private static let chunk = 256
    private static let longSum = 512

    /// Floats of scratch memory that any of the three calls below may use.
    public static func scratchCount(inputs: Int, outputs: Int) -> Int {
        inputs > longSum && inputs % 64 == 0 ? max(64 * outputs, outputs < 16 ? inputs * outputs : 0) : inputs * outputs
    }

    private static func check(rows: Int, inputs: Int, outputs: Int) {
        guard rows >= 0 && inputs > 0 && outputs > 0 else {
            fatalError("Dense: \(rows) rows of \(inputs) inputs and \(outputs) outputs")
        }
    }
    private static func check(_ name: StaticString, _ buffer: Floats, _ needed: Int) {
        guard buffer.count >= needed else {
            fatalError("Dense: \(name) holds \(buffer.count) floats, \(needed) are needed")
        }
    }

    /// y ← act(x · w + b): x [rows, inputs], w [inputs, outputs], b [outputs] (or empty), y [rows, outputs].
    ///
    /// A row's bits depend neither on the number of rows nor on its place among them.
    public static func forward(
        _ x: Floats, _ w: Floats, _ b: Floats, into y: Floats, rows: Int, inputs: Int, outputs: Int,
        _ activation: FusedActivation,
        scratch: Floats
    ) {
        check(rows: rows, inputs: inputs, outputs: outputs)
        check("x", x, rows * inputs)
        check("w", w, inputs * outputs)
        check("y", y, rows * outputs)
        if b.count != 0 { check("b", b, outputs) }
        let bias: UnsafePointer<Float>? = b.count == 0 ? nil : UnsafePointer(b.base)
        let relu = activation == .relu
        if NarrowProduct.serves(inputs: inputs, outputs: outputs) {
            check("scratch", scratch, inputs * outputs)
            NarrowProduct.forward(
                x.base, w.base, bias: bias, relu: relu, into: y.base, rows: rows, inputs: inputs, outputs: outputs,
                turned: scratch.base)
        } else {
            let step = inputs > longSum ? chunk : inputs
            var k = 0
            repeat {
                let count = min(step, inputs - k)
                let last = k + count == inputs
                Product.run(
                    rows, outputs, count, a: x.base + k, aRow: inputs, aStep: 1, b: w.base + k * outputs, bRow: outputs,
                    c: y.base,
                    cRow: outputs, Epilogue(adds: k > 0, bias: last ? bias : nil, relu: last && relu))
                k += count
            } while k < inputs
        }
        if activation == .tanh {
            let sums = y.slice(0, rows * outputs)
            VectorMaths.tanh(sums, into: sums)
        }
    }

    /// dy ← dy ⊙ act′(y) in place, then db ← β·db + Σᵣ dy (skipped where `db` is empty); β is 0 or 1.
    public static func epilogue(
        _ dy: Floats, _ y: Floats, rows: Int, outputs: Int, _ activation: FusedActivation, db: Floats, beta: Float
    ) {
        check(rows: rows, inputs: 1, outputs: outputs)
        check("dy", dy, rows * outputs)
        check("y", y, rows * outputs)
        if db.count != 0 { check("db", db, outputs) }
        if db.count == 0 && activation == .none { return }
        var j = 0
        while j < outputs {
            let width = min(64, outputs - j)
            switch (width + 15) / 16 {
            case 4: strip(Size<1, 4>(), dy.base + j, y.base + j, rows, outputs, width, activation, db, j, beta)
            case 3: strip(Size<1, 3>(), dy.base + j, y.base + j, rows, outputs, width, activation, db, j, beta)
            case 2: strip(Size<1, 2>(), dy.base + j, y.base + j, rows, outputs, width, activation, db, j, beta)
            default: strip(Size<1, 1>(), dy.base + j, y.base + j, rows, outputs, width, activation, db, j, beta)
            }
            j += 64
        }
    }

    /// The epilogue of up to 16·V columns from `column` on, side by side so that no sum waits for the one before it.
    @inline(__always)
    private static func strip<let V: Int>(
        _ size: Size<1, V>, _ dy: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ rows: Int, _ outputs: Int,
        _ width: Int,
        _ activation: FusedActivation, _ db: Floats, _ column: Int, _ beta: Float
    ) {
        var sums = InlineArray<V, Vector>(repeating: Vector())
        let last = Int32(width - (V - 1) * 16)
        if beta != 0 && db.count != 0 {
            for v in 0..<V { sums[v] = load(db.base + column + v * 16) }
        }
        var at = dy
        var value = y
        for _ in 0..<rows {
            for v in 0..<V {
                var d = load(at + v * 16)
                if activation != .none {
                    d = through(activation, d, load(value + v * 16))
                    if v == V - 1 { store_first16(at + v * 16, d, last) } else { store(d, at + v * 16) }
                }
                sums[v] += d
            }
            at += outputs
            value += outputs
        }
        if db.count == 0 { return }
        for v in 0..<V {
            let to = db.base + column + v * 16
            if v == V - 1 { store_first16(to, sums[v], last) } else { store(sums[v], to) }
        }
    }

    /// d ⊙ act′(y)
    @inline(__always)
    private static func through(_ activation: FusedActivation, _ d: Vector, _ y: Vector) -> Vector {
        switch activation {
        case .none: d
        case .relu: d.replacing(with: 0, where: y .<= 0)
        case .tanh: d * (1 - y * y)
        }
    }

    /// dw ← β·dw + xᵀ · dy: [inputs, outputs], summed over the rows in ascending order; β is 0 or 1.
    public static func weights(
        _ x: Floats, _ dy: Floats, into dw: Floats, rows: Int, inputs: Int, outputs: Int, beta: Float, scratch: Floats
    ) {
        check(rows: rows, inputs: inputs, outputs: outputs)
        check("x", x, rows * inputs)
        check("dy", dy, rows * outputs)
        check("dw", dw, inputs * outputs)
        if outputs < 16 && inputs >= 16 {
            check("scratch", scratch, inputs * outputs)
            return NarrowProduct.weights(
                x.base, dy.base, into: dw.base, rows: rows, inputs: inputs, outputs: outputs, beta: beta, turned: scratch.base)
        }
        let step = inputs > longSum ? 48 : inputs
        var i = 0
        while i < inputs {
            let count = min(step, inputs - i)
            Product.run(
                count, outputs, rows, a: x.base + i, aRow: 1, aStep: inputs, b: dy.base, bRow: outputs, c: dw.base + i * outputs,
                cRow: outputs, .beta(beta))
            i += count
        }
    }

    /// dx ← β·dx + dy · wᵀ: [rows, inputs]; β is 0 or 1.
    public static func inputs(
        _ dy: Floats, _ w: Floats, into dx: Floats, rows: Int, inputs: Int, outputs: Int, beta: Float, scratch: Floats
    ) {
        check(rows: rows, inputs: inputs, outputs: outputs)
        check("dy", dy, rows * outputs)
        check("w", w, inputs * outputs)
        check("dx", dx, rows * inputs)
        if inputs > longSum && inputs % 64 == 0 {
            check("scratch", scratch, 64 * outputs)
            for i in stride(from: 0, to: inputs, by: 64) {
                Transpose.run(w.base + i * outputs, rows: 64, columns: outputs, into: scratch.base)
                Product.run(
                    rows, 64, outputs, a: dy.base, aRow: outputs, aStep: 1, b: scratch.base, bRow: 64, c: dx.base + i,
                    cRow: inputs,
                    .beta(beta))
            }
            return
        }
        check("scratch", scratch, inputs * outputs)
        Transpose.run(w.base, rows: inputs, columns: outputs, into: scratch.base)
        Product.run(
            rows, inputs, outputs, a: dy.base, aRow: outputs, aStep: 1, b: scratch.base, bRow: inputs, c: dx.base, cRow: inputs,
            .beta(beta))
    }
}
