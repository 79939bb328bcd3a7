// Blocks of numbers picked by index, out of each row or out of one table for all rows; their gradients add up in fixed order.

/// index [rows, count] of whole numbers held as floats; block is the width of what one index picks.
public enum Gathering {
    /// y[r, k] ← x[r, index[r, k]]: x [rows, choices · block], or [choices · block] for all rows if `shared`; y [rows, count · block].
    public static func pick(
        _ x: Floats, _ index: Floats, choices: Int, block: Int, count: Int, rows: Int, shared: Bool, into y: Floats
    ) {
        check(x, index, y, choices, block, count, rows, shared)
        for r in 0..<rows {
            let row = x.base + (shared ? 0 : r * choices * block)
            for k in 0..<count {
                let choice = wholeIndex(index.base[r * count + k], below: choices, "index")
                (y.base + (r * count + k) * block).update(from: row + choice * block, count: block)
            }
        }
    }

    /// d[r, index[r, k]] ← β·d + g[r, k], every other number ← β·d: rows in ascending order, then k.
    public static func pickGradient(
        _ g: Floats, _ index: Floats, choices: Int, block: Int, count: Int, rows: Int, shared: Bool, beta: Float, into d: Floats
    ) {
        check(d, index, g, choices, block, count, rows, shared)
        if beta == 0 { d.fill(0) }
        for r in 0..<rows {
            let row = d.base + (shared ? 0 : r * choices * block)
            for k in 0..<count {
                let to = row + wholeIndex(index.base[r * count + k], below: choices, "index") * block
                let from = g.base + (r * count + k) * block
                for j in 0..<block { to[j] += from[j] }
            }
        }
    }

    private static func check(
        _ x: Floats, _ index: Floats, _ y: Floats, _ choices: Int, _ block: Int, _ count: Int, _ rows: Int, _ shared: Bool
    ) {
        guard choices > 0, block > 0, x.count == (shared ? 1 : rows) * choices * block, index.count == rows * count,
            y.count == rows * count * block
        else {
            fatalError(
                "gathering: \(index.count) indices, \(x.count) and \(y.count) floats for \(rows) rows of \(choices) × \(block)")
        }
    }
}
