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

/// Σₖ a[i·aRow + k·aStep] · b[k·bRow + j] for k < count: one sum of products for each row i and column j.
struct Factors {
    let a: UnsafePointer<Float>
    let aRow: Int
    let aStep: Int
    let b: UnsafePointer<Float>
    let bRow: Int
    let count: Int

    @inline(__always) init(
        a: UnsafePointer<Float>, aRow: Int, aStep: Int = 1, b: UnsafePointer<Float>, bRow: Int, count: Int
    ) {
        (self.a, self.aRow, self.aStep, self.b, self.bRow, self.count) = (a, aRow, aStep, b, bRow, count)
    }
    @inline(__always) func shifted(rows: Int, columns: Int) -> Factors {
        Factors(a: a + rows * aRow, aRow: aRow, aStep: aStep, b: b + columns, bRow: bRow, count: count)
    }
    @inline(__always) func add<let R: Int, let V: Int>(to sums: inout Tile<R, V>) {
        accumulate(&sums, a: a, aRow: aRow, aStep: aStep, b: b, bStep: bRow, count: count)
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
        // Eight rows are one tile of two vectors: each weight is fetched once, where 4 + 4 rows of four vectors fetch it twice.
        panels(
            m, n, most: m == 8 ? 32 : 64, Factors(a: a, aRow: aRow, aStep: aStep, b: b, bRow: bRow, count: count), nil, c, cRow,
            epilogue)
    }

    /// As `run`, to the last bit; where the rows are eights, with tiles of eight rows and two vectors, which leave none over.
    static func runInEights(
        _ m: Int, _ n: Int, _ count: Int, a: UnsafePointer<Float>, aRow: Int, aStep: Int, b: UnsafePointer<Float>, bRow: Int,
        c: UnsafeMutablePointer<Float>, cRow: Int, _ epilogue: Epilogue
    ) {
        inEights(m, n, Factors(a: a, aRow: aRow, aStep: aStep, b: b, bRow: bRow, count: count), nil, c, cRow, epilogue)
    }
    static func runInEights(
        _ m: Int, _ n: Int, _ factors: Factors, c: UnsafeMutablePointer<Float>, cRow: Int, _ epilogue: Epilogue
    ) {
        inEights(m, n, factors, nil, c, cRow, epilogue)
    }
    /// c ← epilogue(first + second): the sums of both in one pass through the registers.
    static func runInEights(
        _ m: Int, _ n: Int, _ first: Factors, plus second: Factors, c: UnsafeMutablePointer<Float>, cRow: Int,
        _ epilogue: Epilogue
    ) {
        inEights(m, n, first, second, c, cRow, epilogue)
    }

    @inline(__always)
    private static func inEights(
        _ m: Int, _ n: Int, _ first: Factors, _ second: Factors?, _ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ e: Epilogue
    ) {
        panels(m, n, most: m % 8 == 0 ? 32 : 64, first, second, c, cRow, e)
    }

    /// Panels of up to `most` columns, 32 or 64.
    @inline(__always)
    private static func panels(
        _ m: Int, _ n: Int, most: Int, _ first: Factors, _ second: Factors?, _ c: UnsafeMutablePointer<Float>, _ cRow: Int,
        _ epilogue: Epilogue
    ) {
        var j = 0
        let most = hasWideRegisters ? most : 16
        while j < n {
            let width = min(most, n - j), e = epilogue.shifted(j), c = c + j
            let first = first.shifted(rows: 0, columns: j), second = second.map { $0.shifted(rows: 0, columns: j) }
            if hasWideRegisters {
                switch (width + 15) / 16 {
                case 4: panel(Size<6, 4>(), Size<4, 4>(), Size<2, 4>(), Size<1, 4>(), m, width, first, second, c, cRow, e)
                case 3: panel(Size<6, 3>(), Size<4, 3>(), Size<2, 3>(), Size<1, 3>(), m, width, first, second, c, cRow, e)
                case 2: panel(Size<8, 2>(), Size<4, 2>(), Size<2, 2>(), Size<1, 2>(), m, width, first, second, c, cRow, e)
                default: panel(Size<8, 1>(), Size<4, 1>(), Size<2, 1>(), Size<1, 1>(), m, width, first, second, c, cRow, e)
                }
            } else {
                panel(Size<5, 1>(), Size<4, 1>(), Size<2, 1>(), Size<1, 1>(), m, width, first, second, c, cRow, e)
            }
            j += most
        }
    }

    /// One panel of up to 16·V columns: rows in steps of the highest tile, then 4, 2 and 1; the last eight as 4 + 4, not 6 + 2, because
    /// two rows are too few to hide how long a vector of `b` takes to come.
    @inline(__always)
    private static func panel<let R: Int, let V: Int>(
        _ most: Size<R, V>, _ four: Size<4, V>, _ two: Size<2, V>, _ one: Size<1, V>, _ m: Int, _ width: Int, _ first: Factors,
        _ second: Factors?, _ c: UnsafeMutablePointer<Float>, _ cRow: Int, _ e: Epilogue
    ) {
        var i = 0
        while m - i >= R && (m - i != 8 || R == 8) {
            block(most, i, width, first, second, c + i * cRow, cRow, e)
            i += R
        }
        while m - i >= 4 {
            block(four, i, width, first, second, c + i * cRow, cRow, e)
            i += 4
        }
        if m - i >= 2 {
            block(two, i, width, first, second, c + i * cRow, cRow, e)
            i += 2
        }
        if m - i >= 1 { block(one, i, width, first, second, c + i * cRow, cRow, e) }
    }

    @inline(__always)
    private static func block<let R: Int, let V: Int>(
        _ size: Size<R, V>, _ row: Int, _ width: Int, _ first: Factors, _ second: Factors?, _ c: UnsafeMutablePointer<Float>,
        _ cRow: Int, _ e: Epilogue
    ) {
        var sums: Tile<R, V> = zeros()
        first.shifted(rows: row, columns: 0).add(to: &sums)
        if let second { second.shifted(rows: row, columns: 0).add(to: &sums) }
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
