// Products with fewer than sixteen results a row, where a vector along the results would be mostly empty: vectors run along the sum.
import CVector

enum NarrowProduct {
    /// Whether a dense layer of this size is served here: few outputs, and inputs that fill whole vectors.
    static func serves(inputs: Int, outputs: Int) -> Bool { outputs < 16 && inputs >= 16 && inputs % 16 == 0 }

    /// y[rows, outputs] ← relu?(x · w + bias); `turned` is scratch for wᵀ [outputs, inputs].
    static func forward(
        _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, bias: UnsafePointer<Float>?, relu: Bool,
        into y: UnsafeMutablePointer<Float>, rows: Int, inputs: Int, outputs: Int, turned: UnsafeMutablePointer<Float>
    ) {
        Transpose.run(w, rows: inputs, columns: outputs, into: turned)
        var r = 0
        while r < rows {
            let four = rows - r >= 4
            let from = x + r * inputs
            var o = 0
            while o < outputs {
                let to = y + r * outputs + o
                let weights = turned + o * inputs
                let b = bias.map { $0 + o }
                if four && outputs - o >= 2 {
                    putEight(dots(from, inputs, weights), to, outputs, b, relu)
                    o += 2
                } else if four {
                    put(dots(from, inputs, weights) as Tile<4, 1>, to, outputs, b, relu)
                    o += 1
                } else if outputs - o >= 2 {
                    put(dots(from, inputs, weights) as Tile<1, 2>, to, outputs, b, relu)
                    o += 2
                } else {
                    put(dots(from, inputs, weights) as Tile<1, 1>, to, outputs, b, relu)
                    o += 1
                }
            }
            r += four ? 4 : 1
        }
    }

    /// R · C dot products of length `inputs`, each as sixteen partial sums: an element's bits do not depend on R or C.
    @inline(__always)
    private static func dots<let R: Int, let C: Int>(
        _ x: UnsafePointer<Float>, _ inputs: Int, _ w: UnsafePointer<Float>
    ) -> Tile<R, C> {
        var sums: Tile<R, C> = zeros()
        var x = x
        var w = w
        for _ in 0..<inputs / 16 {
            var u = InlineArray<C, Vector>(repeating: Vector())
            for c in 0..<C { u[c] = load(w + c * inputs) }
            for r in 0..<R {
                let d = load(x + r * inputs)
                for c in 0..<C { sums[r][c] = fma16(d, u[c], sums[r][c]) }
            }
            x += 16
            w += 16
        }
        return sums
    }

    @inline(__always)
    private static func put<let R: Int, let C: Int>(
        _ sums: Tile<R, C>, _ y: UnsafeMutablePointer<Float>, _ yRow: Int, _ bias: UnsafePointer<Float>?, _ relu: Bool
    ) {
        for r in 0..<R {
            for c in 0..<C {
                var total = sum(sums[r][c])
                if let bias { total += bias[c] }
                y[r * yRow + c] = relu && total < 0 ? 0 : total
            }
        }
    }
    /// As `put`, with the eight sums' lanes added side by side: in the same order, so with the same bits.
    @inline(__always)
    private static func putEight(
        _ sums: Tile<4, 2>, _ y: UnsafeMutablePointer<Float>, _ yRow: Int, _ bias: UnsafePointer<Float>?, _ relu: Bool
    ) {
        var totals = sums_of16x8(
            sums[0][0], sums[0][1], sums[1][0], sums[1][1], sums[2][0], sums[2][1], sums[3][0], sums[3][1])
        if let bias { totals += SIMD8(bias[0], bias[1], bias[0], bias[1], bias[0], bias[1], bias[0], bias[1]) }
        if relu { totals = totals.replacing(with: 0, where: totals .< 0) }
        if yRow == 2 { return UnsafeMutableRawPointer(y).storeBytes(of: totals, as: SIMD8<Float>.self) }
        for i in 0..<8 { y[i / 2 * yRow + i % 2] = totals[i] }
    }

    /// dw[inputs, outputs] ← β·dw + xᵀ · dy, computed as (dyᵀ · x)ᵀ; `turned` is scratch for [outputs, inputs].
    static func weights(
        _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, into dw: UnsafeMutablePointer<Float>, rows: Int, inputs: Int,
        outputs: Int, beta: Float, turned: UnsafeMutablePointer<Float>
    ) {
        Product.run(outputs, inputs, rows, a: dy, aRow: 1, aStep: outputs, b: x, bRow: inputs, c: turned, cRow: inputs, .store)
        if beta == 0 {
            Transpose.run(turned, rows: outputs, columns: inputs, into: dw)
        } else {
            for i in 0..<inputs {
                for o in 0..<outputs { dw[i * outputs + o] += turned[o * inputs + i] }
            }
        }
    }
}
