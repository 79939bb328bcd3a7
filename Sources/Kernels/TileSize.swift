// Which register tiles a convolution may use, and how a row of any length is cut into them.
import CVector

/// Work that can be done with a register tile of any size.
protocol TileWork {
    func run<let R: Int, let V: Int>(_ size: Size<R, V>)
}

enum TileSize {
    /// Vectors of sixteen columns side by side, at most.
    @inline(__always) static var mostVectors: Int { hasWideRegisters ? 4 : 1 }

    /// Rows of sums that leave the other operands their registers. From nine rows on this compiler does not always unroll, and a
    /// tile that stays in memory is three times slower: `rl bench core` watches every instance.
    @inline(__always) static func mostRows(vectors: Int) -> Int {
        if !hasWideRegisters { return 5 }
        switch vectors {
        case 1, 2: return 8
        case 3: return 6
        default: return 5
        }
    }

    /// Cuts `count` rows into equal tiles, or nearly so: 9 into 5 and 4 where 5 are the most.
    @inline(__always) static func evenly(_ count: Int, most: Int) -> Int {
        let tiles = (count + most - 1) / most
        return (count + tiles - 1) / tiles
    }

    /// Does `work` with `rows` by `vectors` of sums: rows in 1...mostRows, vectors in 1...mostVectors.
    @inline(__always) static func run<Work: TileWork>(_ work: Work, rows: Int, vectors: Int) {
        if !hasWideRegisters {
            switch rows {
            case 5: work.run(Size<5, 1>())
            case 4: work.run(Size<4, 1>())
            case 3: work.run(Size<3, 1>())
            case 2: work.run(Size<2, 1>())
            default: work.run(Size<1, 1>())
            }
            return
        }
        switch vectors {
        case 4:
            switch rows {
            case 5: work.run(Size<5, 4>())
            case 4: work.run(Size<4, 4>())
            case 3: work.run(Size<3, 4>())
            case 2: work.run(Size<2, 4>())
            default: work.run(Size<1, 4>())
            }
        case 3:
            switch rows {
            case 6: work.run(Size<6, 3>())
            case 5: work.run(Size<5, 3>())
            case 4: work.run(Size<4, 3>())
            case 3: work.run(Size<3, 3>())
            case 2: work.run(Size<2, 3>())
            default: work.run(Size<1, 3>())
            }
        case 2:
            switch rows {
            case 10: work.run(Size<10, 2>())
            case 9: work.run(Size<9, 2>())
            case 8: work.run(Size<8, 2>())
            case 7: work.run(Size<7, 2>())
            case 6: work.run(Size<6, 2>())
            case 5: work.run(Size<5, 2>())
            case 4: work.run(Size<4, 2>())
            case 3: work.run(Size<3, 2>())
            case 2: work.run(Size<2, 2>())
            default: work.run(Size<1, 2>())
            }
        default:
            switch rows {
            case 8: work.run(Size<8, 1>())
            case 7: work.run(Size<7, 1>())
            case 6: work.run(Size<6, 1>())
            case 5: work.run(Size<5, 1>())
            case 4: work.run(Size<4, 1>())
            case 3: work.run(Size<3, 1>())
            case 2: work.run(Size<2, 1>())
            default: work.run(Size<1, 1>())
            }
        }
    }
}

/// sums ← c, all vectors in full: reads up to 15 floats past the last row's columns.
@inline(__always) func fetch<let R: Int, let V: Int>(_ sums: inout Tile<R, V>, _ c: UnsafePointer<Float>, _ row: Int) {
    for r in 0..<R {
        for v in 0..<V { sums[r][v] = load(c + r * row + v * 16) }
    }
}

/// c ← sums, the first `width` columns of each row.
@inline(__always)
func put<let R: Int, let V: Int>(_ sums: Tile<R, V>, _ c: UnsafeMutablePointer<Float>, _ row: Int, width: Int) {
    let last = Int32(width - (V - 1) * 16)
    // With wide registers a store of all lanes by mask costs no more than a plain one, and one loop less to unroll.
    if !hasWideRegisters && last == 16 {
        for r in 0..<R {
            for v in 0..<V { store(sums[r][v], c + r * row + v * 16) }
        }
        return
    }
    for r in 0..<R {
        for v in 0..<V - 1 { store(sums[r][v], c + r * row + v * 16) }
        store_first16(c + r * row + (V - 1) * 16, sums[r][V - 1], last)
    }
}
