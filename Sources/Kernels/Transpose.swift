// Turning a matrix on its side, sixteen rows and columns at a time.
import CVector

package enum Transpose {
    /// to[c·rows + r] ← from[r·columns + c]: [rows, columns] → [columns, rows].
    ///
    /// Reads up to 15 floats past the end of `from` (every `Storage` keeps that much slack).
    package static func run(_ from: UnsafePointer<Float>, rows: Int, columns: Int, into to: UnsafeMutablePointer<Float>) {
        if rows == 1 || columns == 1 { return to.update(from: from, count: rows * columns) }
        if columns == 2 { return parted(from, rows, into: to) }
        if rows == 2 { return woven(from, columns, into: to) }
        for r in stride(from: 0, to: rows, by: 16) {
            for c in stride(from: 0, to: columns, by: 16) {
                let from = from + r * columns + c
                let to = to + c * rows + r
                if rows - r >= 16 && columns - c >= 16 {
                    block(from, columns, 16, to, rows, 16)
                } else {
                    block(from, columns, min(16, rows - r), to, rows, min(16, columns - c))
                }
            }
        }
    }

    /// Two columns: every other number.
    private static func parted(_ from: UnsafePointer<Float>, _ rows: Int, into to: UnsafeMutablePointer<Float>) {
        var r = 0
        while r + 16 <= rows {
            let low = load(from + 2 * r)
            let high = load(from + 2 * r + 16)
            store(evens_of16(low, high), to + r)
            store(odds_of16(low, high), to + rows + r)
            r += 16
        }
        while r < rows {
            to[r] = from[2 * r]
            to[rows + r] = from[2 * r + 1]
            r += 1
        }
    }
    /// Two rows: their numbers in turn.
    private static func woven(_ from: UnsafePointer<Float>, _ columns: Int, into to: UnsafeMutablePointer<Float>) {
        var c = 0
        while c + 16 <= columns {
            let first = load(from + c)
            let second = load(from + columns + c)
            store(woven_low16(first, second), to + 2 * c)
            store(woven_high16(first, second), to + 2 * c + 16)
            c += 16
        }
        while c < columns {
            to[2 * c] = from[c]
            to[2 * c + 1] = from[columns + c]
            c += 1
        }
    }

    /// Interleaving row i with row i + 8, four times over, transposes 16 × 16; of these `rows` × `columns` are there.
    @inline(__always)
    private static func block(
        _ from: UnsafePointer<Float>, _ fromRow: Int, _ rows: Int, _ to: UnsafeMutablePointer<Float>, _ toRow: Int, _ columns: Int
    ) {
        var x = InlineArray<16, Vector>(repeating: Vector())
        for i in 0..<16 where i < rows { x[i] = load(from + i * fromRow) }
        for _ in 0..<4 {
            var y = x
            for i in 0..<8 {
                y[2 * i] = woven_low16(x[i], x[i + 8])
                y[2 * i + 1] = woven_high16(x[i], x[i + 8])
            }
            x = y
        }
        for i in 0..<16 where i < columns {
            if rows == 16 { store(x[i], to + i * toRow) } else { store_first16(to + i * toRow, x[i], Int32(rows)) }
        }
    }
}
