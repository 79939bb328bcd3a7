// One number for a row, or one for a channel, met with every number of that row or channel.

/// x, y, g [rows, width]; s repeats along the width: number j meets s[j mod period], so period 1 is one number for a row, the channel
/// count one for each channel, the width one for each number. `shared`: one s [period] for all rows; else [rows, period].
public enum Broadcast {
    /// y ← x + s
    public static func add(_ x: Floats, _ s: Floats, rows: Int, width: Int, period: Int, shared: Bool, into y: Floats) {
        check(x, s, y, rows, width, period, shared)
        for r in 0..<rows {
            let from = x.base + r * width, to = y.base + r * width, other = s.base + (shared ? 0 : r * period)
            if period == 1 {
                let value = other[0]
                for j in 0..<width { to[j] = from[j] + value }
            } else {
                var start = 0
                while start < width {
                    for c in 0..<period { to[start + c] = from[start + c] + other[c] }
                    start += period
                }
            }
        }
    }

    /// y ← β·y + x ⊙ s: the product (β = 0), and its gradient by x.
    public static func multiply(
        _ x: Floats, _ s: Floats, rows: Int, width: Int, period: Int, shared: Bool, beta: Float, into y: Floats
    ) {
        check(x, s, y, rows, width, period, shared)
        for r in 0..<rows {
            let from = x.base + r * width, to = y.base + r * width, other = s.base + (shared ? 0 : r * period)
            if period == 1 {
                let value = other[0]
                if beta == 0 {
                    for j in 0..<width { to[j] = from[j] * value }
                } else {
                    for j in 0..<width { to[j] += from[j] * value }
                }
            } else {
                var start = 0
                while start < width {
                    if beta == 0 {
                        for c in 0..<period { to[start + c] = from[start + c] * other[c] }
                    } else {
                        for c in 0..<period { to[start + c] += from[start + c] * other[c] }
                    }
                    start += period
                }
            }
        }
    }

    /// d ← β·d + Σ g over everything that s[c] met: rows in ascending order, then along the row.
    public static func sum(_ g: Floats, rows: Int, width: Int, period: Int, shared: Bool, beta: Float, into d: Floats) {
        check(g, d, g, rows, width, period, shared)
        if beta == 0 { d.fill(0) }
        for r in 0..<rows {
            let from = g.base + r * width, to = d.base + (shared ? 0 : r * period)
            if period == 1 {
                var total = to[0]
                for j in 0..<width { total += from[j] }
                to[0] = total
            } else {
                var start = 0
                while start < width {
                    for c in 0..<period { to[c] += from[start + c] }
                    start += period
                }
            }
        }
    }

    /// d ← β·d + Σ g ⊙ x over everything that s[c] met, in the same order: the gradient of a product by s.
    public static func sumOfProducts(
        _ g: Floats, _ x: Floats, rows: Int, width: Int, period: Int, shared: Bool, beta: Float, into d: Floats
    ) {
        check(g, d, x, rows, width, period, shared)
        if beta == 0 { d.fill(0) }
        for r in 0..<rows {
            let from = g.base + r * width, other = x.base + r * width, to = d.base + (shared ? 0 : r * period)
            if period == 1 {
                var total = to[0]
                for j in 0..<width { total += from[j] * other[j] }
                to[0] = total
            } else {
                var start = 0
                while start < width {
                    for c in 0..<period { to[c] += from[start + c] * other[start + c] }
                    start += period
                }
            }
        }
    }

    /// y[r] ← s for each of `rows` rows of `width`.
    public static func repeated(_ s: Floats, rows: Int, width: Int, into y: Floats) {
        guard s.count == width, y.count == rows * width else {
            fatalError("repeated: \(s.count) numbers into \(y.count) for \(rows) rows of \(width)")
        }
        for r in 0..<rows { (y.base + r * width).update(from: s.base, count: width) }
    }

    /// y ← max(x, 0) + s · min(x, 0) (He et al. 2015, equation 1); s is shared.
    public static func learnedReLU(_ x: Floats, _ s: Floats, rows: Int, width: Int, period: Int, into y: Floats) {
        check(x, s, y, rows, width, period, true)
        for start in stride(from: 0, to: rows * width, by: period) {
            for c in 0..<period {
                let value = x.base[start + c]
                y.base[start + c] = value > 0 ? value : s.base[c] * value
            }
        }
    }
    /// dx ← β·dx + g where x > 0, s·g elsewhere.
    public static func learnedReLUGradient(
        _ g: Floats, _ x: Floats, _ s: Floats, rows: Int, width: Int, period: Int, beta: Float, into dx: Floats
    ) {
        check(g, s, dx, rows, width, period, true)
        check(x, s, dx, rows, width, period, true)
        for start in stride(from: 0, to: rows * width, by: period) {
            for c in 0..<period {
                let share = x.base[start + c] > 0 ? g.base[start + c] : s.base[c] * g.base[start + c]
                dx.base[start + c] = beta == 0 ? share : dx.base[start + c] + share
            }
        }
    }
    /// ds ← β·ds + Σ g·min(x, 0), rows in ascending order.
    public static func learnedSlopeGradient(
        _ g: Floats, _ x: Floats, rows: Int, width: Int, period: Int, beta: Float, into ds: Floats
    ) {
        check(g, ds, x, rows, width, period, true)
        if beta == 0 { ds.fill(0) }
        for start in stride(from: 0, to: rows * width, by: period) {
            for c in 0..<period {
                let value = x.base[start + c]
                ds.base[c] += value > 0 ? 0 : g.base[start + c] * value
            }
        }
    }

    private static func check(_ x: Floats, _ s: Floats, _ y: Floats, _ rows: Int, _ width: Int, _ period: Int, _ shared: Bool) {
        guard rows >= 0, period > 0, width % period == 0, x.count == rows * width, y.count == rows * width,
            s.count == (shared ? 1 : rows) * period
        else {
            fatalError("broadcast: \(x.count), \(s.count) and \(y.count) floats for \(rows) rows of \(width), period \(period)")
        }
    }
}
