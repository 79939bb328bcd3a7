// Moving runs of numbers: parts of rows side by side, and the largest of several pieces.

public enum Pieces {
    /// to[t·i + tStart ..< + length] ← β·to + from[f·i + fStart ..< + length] for i in 0 ..< count: columns of one matrix become
    /// columns of another, or are added to them.
    public static func copy(
        _ from: Floats, width f: Int, start fStart: Int, into to: Floats, width t: Int, start tStart: Int, length: Int,
        count: Int, beta: Float
    ) {
        guard count >= 0, length >= 0, fStart >= 0, tStart >= 0, fStart + length <= f, tStart + length <= t,
            from.count == f * count,
            to.count == t * count
        else {
            fatalError(
                "pieces: \(length) numbers from \(fStart) of \(f) to \(tStart) of \(t), \(count) times, in \(from.count) and "
                    + "\(to.count) floats")
        }
        for i in 0..<count {
            let a = from.base + i * f + fStart, b = to.base + i * t + tStart
            if beta == 0 {
                b.update(from: a, count: length)
            } else {
                for j in 0..<length { b[j] += a[j] }
            }
        }
    }

    /// y[r, i] ← max_p x[r, p·width + i] over `pieces` pieces; NaN where one of them is.
    public static func largest(_ x: Floats, pieces: Int, width: Int, rows: Int, into y: Floats) {
        check(x, y, pieces, width, rows)
        for r in 0..<rows {
            let row = x.base + r * pieces * width, to = y.base + r * width
            to.update(from: row, count: width)
            for p in 1..<max(1, pieces) {
                let piece = row + p * width
                for i in 0..<width where !(piece[i] <= to[i]) && to[i] == to[i] { to[i] = piece[i] }
            }
        }
    }
    /// d[r, p, i] ← β·d + g[r, i] for the first piece that holds the largest number, every other number ← β·d.
    public static func largestGradient(
        _ g: Floats, _ x: Floats, _ y: Floats, pieces: Int, width: Int, rows: Int, beta: Float, into d: Floats
    ) {
        check(x, y, pieces, width, rows)
        check(d, g, pieces, width, rows)
        if beta == 0 { d.fill(0) }
        for r in 0..<rows {
            for i in 0..<width {
                for p in 0..<pieces where x.base[(r * pieces + p) * width + i] == y.base[r * width + i] {
                    d.base[(r * pieces + p) * width + i] += g.base[r * width + i]
                    break
                }
            }
        }
    }

    private static func check(_ x: Floats, _ y: Floats, _ pieces: Int, _ width: Int, _ rows: Int) {
        guard pieces > 0, x.count == rows * pieces * width, y.count == rows * width else {
            fatalError("pieces: \(x.count) and \(y.count) floats for \(rows) rows of \(pieces) pieces of \(width)")
        }
    }
}
