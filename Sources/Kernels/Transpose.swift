// Turning a matrix on its side, sixteen rows and columns at a time.

package enum Transpose {
    /// to[c·rows + r] ← from[r·columns + c]: [rows, columns] → [columns, rows].
    package static func run(_ from: UnsafePointer<Float>, rows: Int, columns: Int, into to: UnsafeMutablePointer<Float>) {
        var r = 0
        while r + 16 <= rows {
            var c = 0
            while c + 16 <= columns {
                block(from + r * columns + c, columns, to + c * rows + r, rows)
                c += 16
            }
            while c < columns {
                for i in 0..<16 { to[c * rows + r + i] = from[(r + i) * columns + c] }
                c += 1
            }
            r += 16
        }
        while r < rows {
            for c in 0..<columns { to[c * rows + r] = from[r * columns + c] }
            r += 1
        }
    }

    /// Interleaving row i with row i + 8, four times over, transposes 16 × 16.
    @inline(__always)
    private static func block(_ from: UnsafePointer<Float>, _ fromRow: Int, _ to: UnsafeMutablePointer<Float>, _ toRow: Int) {
        var x = InlineArray<16, Vector>(repeating: Vector())
        for i in 0..<16 { x[i] = load(from + i * fromRow) }
        for _ in 0..<4 {
            var y = x
            for i in 0..<8 {
                y[2 * i].evenHalf = x[i].lowHalf
                y[2 * i].oddHalf = x[i + 8].lowHalf
                y[2 * i + 1].evenHalf = x[i].highHalf
                y[2 * i + 1].oddHalf = x[i + 8].highHalf
            }
            x = y
        }
        for i in 0..<16 { store(x[i], to + i * toRow) }
    }
}
