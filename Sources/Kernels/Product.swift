// Matrix products on the register tile: forward, weight gradient and input gradient differ only in strides.
import CVector

/// What happens to a tile of sums when it leaves the registers: c ← relu?(sums + c? + bias?).
struct Epilogue {
    var adds: Bool
    var bias: UnsafePointer<Float>?
    var relu: Bool

    static var store: Epilogue { Epilogue(adds: false, bias: nil, relu: false) }
    static var add: Epilogue { Epilogue(adds: true, bias: nil, relu: false) }
    static func beta(_ beta: Float) -> Epilogue { beta == 0 ? .store : .add }

    @inline(__always) func shifted(_ columns: Int) -> Epilogue {
        Epilogue(adds: adds, bias: bias.map { $0 + columns }, relu: relu)
    }
    /// One decision for the whole tile, and one load of the bias for all its rows.
    @inline(__always)
    func apply<let R: Int, let V: Int>(to sums: inout Tile<R, V>, at c: UnsafePointer<Float>, cRow: Int) {
        if adds {
            for r in 0..<R {
                for v in 0..<V { sums[r][v] += load(c + r * cRow + v * 16) }
            }
        }
        if let bias {
            for v in 0..<V {
                let b = load(bias + v * 16)
                for r in 0..<R { sums[r][v] += b }
            }
        }
        // Not a maximum, which may lose NaN: a network that has diverged must be seen to have done so.
        if relu {
            for r in 0..<R {
                for v in 0..<V { sums[r][v] = sums[r][v].replacing(with: 0, where: sums[r][v] .< 0) }
            }
        }
    }
}

enum Product {
    /// c[i·cRow + j] ← epilogue(Σₖ a[i·aRow + k·aStep] · b[k·bRow + j]) for i < m, j < n, k < count.
    ///
    /// Reads up to 15 floats past the end of `b`, of the bias and, when it adds, of `c` (every `Storage` keeps that much slack);
    /// writes only c's columns.
    static func run(
        _ m: Int, _ n: Int, _ count: Int, a: UnsafePointer<Float>, aRow: Int, aStep: Int, b: UnsafePointer<Float>, bRow: Int,
        c: UnsafeMutablePointer<Float>, cRow: Int, _ epilogue: Epilogue
    ) {
        var j = 0
        if hasWideRegisters {
            // Eight rows are one tile of two vectors: each weight is fetched once, where 4 + 4 rows of four vectors fetch it twice.
            let most = m == 8 ? 32 : 64
            while j < n {
                let width = min(most, n - j)
                let e = epilogue.shifted(j)
                switch (width + 15) / 16 {
                case 4:
                    panel(
                        Size<6, 4>(), Size<4, 4>(), Size<2, 4>(), Size<1, 4>(), m, count, width, a, aRow, aStep, b + j, bRow,
                        c + j, cRow, e)
                case 3:
                    panel(
                        Size<6, 3>(), Size<4, 3>(), Size<2, 3>(), Size<1, 3>(), m, count, width, a, aRow, aStep, b + j, bRow,
                        c + j, cRow, e)
                case 2:
                    panel(
                        Size<8, 2>(), Size<4, 2>(), Size<2, 2>(), Size<1, 2>(), m, count, width, a, aRow, aStep, b + j, bRow,
                        c + j, cRow, e)
                default:
                    panel(
                        Size<8, 1>(), Size<4, 1>(), Size<2, 1>(), Size<1, 1>(), m, count, width, a, aRow, aStep, b + j, bRow,
                        c + j, cRow, e)
                }
                j += most
            }
        } else {
            while j < n {
                let width = min(16, n - j)
                panel(
                    Size<5, 1>(), Size<4, 1>(), Size<2, 1>(), Size<1, 1>(), m, count, width, a, aRow, aStep, b + j, bRow, c + j,
                    cRow,
                    epilogue.shifted(j))
                j += 16
            }
        }
    }

    /// As `run`, to the last bit; where the rows are eights, with tiles of eight rows and two vectors, which leave none over.
    static func runInEights(
        _ m: Int, _ n: Int, _ count: Int, a: UnsafePointer<Float>, aRow: Int, aStep: Int, b: UnsafePointer<Float>, bRow: Int,
        c: UnsafeMutablePointer<Float>, cRow: Int, _ epilogue: Epilogue
    ) {
        let width = hasWideRegisters && m % 8 == 0 ? 32 : n
        for j in stride(from: 0, to: n, by: width) {
            run(
                m, min(width, n - j), count, a: a, aRow: aRow, aStep: aStep, b: b + j, bRow: bRow, c: c + j, cRow: cRow,
                epilogue.shifted(j))
        }
    }

    /// One panel of up to 16·V columns: rows in steps of the highest tile, then 4, 2 and 1; the last eight as 4 + 4, not 6 + 2, because
    /// two rows are too few to hide how long a vector of `b` takes to come.
    @inline(__always)
    private static func panel<let R: Int, let V: Int>(
        _ most: Size<R, V>, _ four: Size<4, V>, _ two: Size<2, V>, _ one: Size<1, V>, _ m: Int, _ count: Int, _ width: Int,
        _ a: UnsafePointer<Float>, _ aRow: Int, _ aStep: Int, _ b: UnsafePointer<Float>, _ bRow: Int,
        _ c: UnsafeMutablePointer<Float>,
        _ cRow: Int, _ e: Epilogue
    ) {
        var i = 0
        while m - i >= R && (m - i != 8 || R == 8) {
            block(most, count, width, a + i * aRow, aRow, aStep, b, bRow, c + i * cRow, cRow, e)
            i += R
        }
        while m - i >= 4 {
            block(four, count, width, a + i * aRow, aRow, aStep, b, bRow, c + i * cRow, cRow, e)
            i += 4
        }
        if m - i >= 2 {
            block(two, count, width, a + i * aRow, aRow, aStep, b, bRow, c + i * cRow, cRow, e)
            i += 2
        }
        if m - i >= 1 { block(one, count, width, a + i * aRow, aRow, aStep, b, bRow, c + i * cRow, cRow, e) }
    }

    @inline(__always)
    private static func block<let R: Int, let V: Int>(
        _ size: Size<R, V>, _ count: Int, _ width: Int, _ a: UnsafePointer<Float>, _ aRow: Int, _ aStep: Int,
        _ b: UnsafePointer<Float>, _ bRow: Int, _ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ e: Epilogue
    ) {
        var sums: Tile<R, V> = zeros()
        accumulate(&sums, a: a, aRow: aRow, aStep: aStep, b: b, bStep: bRow, count: count)
        e.apply(to: &sums, at: c, cRow: cRow)
        let last = Int32(width - (V - 1) * 16)
        for r in 0..<R {
            for v in 0..<V {
                let at = c + r * cRow + v * 16
                if v == V - 1 && last != 16 { store_first16(at, sums[r][v], last) } else { store(sums[r][v], at) }
            }
        }
    }
}
