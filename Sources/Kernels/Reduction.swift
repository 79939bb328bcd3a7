// Many numbers to one, always in the same order, and one number of a row picked out.

public enum Reduction {
    /// Σ x, as sixteen partial sums added by halving.
    public static func sum(_ x: Floats) -> Float {
        var lanes = Vector()
        var i = 0
        while i + 16 <= x.count {
            lanes += load(x.base + i)
            i += 16
        }
        var total = Kernels.sum(lanes)
        while i < x.count {
            total += x.base[i]
            i += 1
        }
        return total
    }

    /// Σ x², in the same order.
    public static func sumOfSquares(_ x: Floats) -> Float {
        var lanes = Vector()
        var i = 0
        while i + 16 <= x.count {
            let v = load(x.base + i)
            lanes += v * v
            i += 16
        }
        var total = Kernels.sum(lanes)
        while i < x.count {
            total += x.base[i] * x.base[i]
            i += 1
        }
        return total
    }

    /// y[r] ← Σⱼ x[r, j]: x [rows, width], y [rows]; each row alone, from left to right.
    public static func rowSums(_ x: Floats, width: Int, rows: Int, into y: Floats) {
        guard x.count >= rows * width && y.count >= rows else {
            fatalError("rowSums: \(x.count) and \(y.count) floats for \(rows) rows of \(width)")
        }
        for r in 0..<rows {
            var total: Float = 0
            for j in 0..<width { total += x.base[r * width + j] }
            y.base[r] = total
        }
    }
    /// The column of each row's largest number, the lowest column among equals: x [rows, width].
    public static func argmax(_ x: Floats, width: Int, rows: Int, into y: Integers) {
        guard width > 0 && x.count >= rows * width && y.count >= rows else {
            fatalError("argmax: \(x.count) and \(y.count) numbers for \(rows) rows of \(width)")
        }
        for r in 0..<rows {
            var best = 0
            for j in 1..<width where x.base[r * width + j] > x.base[r * width + best] { best = j }
            y.base[r] = Int32(best)
        }
    }
    /// Each row's largest number: x [rows, width], y [rows].
    public static func maxima(_ x: Floats, width: Int, rows: Int, into y: Floats) {
        guard width > 0 && x.count >= rows * width && y.count >= rows else {
            fatalError("max: \(x.count) and \(y.count) floats for \(rows) rows of \(width)")
        }
        for r in 0..<rows {
            var best = x.base[r * width]
            for j in 1..<width { best = max(best, x.base[r * width + j]) }
            y.base[r] = best
        }
    }

    /// y[r] ← x[r, index[r]]: x [rows, width], index and y [rows]; indices are whole numbers held as floats.
    public static func pick(_ x: Floats, width: Int, _ index: Floats, into y: Floats) {
        guard x.count == y.count * width && index.count == y.count else {
            fatalError("pick: \(index.count) indices for \(x.count) floats in rows of \(width)")
        }
        for r in 0..<y.count { y.base[r] = x.base[r * width + column(index.base[r], width)] }
    }
    /// d[r, index[r]] ← β·d + g[r], every other number ← β·d.
    public static func pickGradient(_ g: Floats, width: Int, _ index: Floats, beta: Float, into d: Floats) {
        guard d.count == g.count * width && index.count == g.count else {
            fatalError("pickGradient: \(index.count) indices for \(d.count) floats in rows of \(width)")
        }
        if beta == 0 { d.fill(0) }
        for r in 0..<g.count { d.base[r * width + column(index.base[r], width)] += g.base[r] }
    }

    @inline(__always)
    private static func column(_ index: Float, _ width: Int) -> Int {
        guard index >= 0 && index < Float(width) else { fatalError("pick: index \(index) in a row of \(width)") }
        return Int(index)
    }
}
