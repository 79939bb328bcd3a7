// Loops over floats, one line each. `beta` is 0 for the first writer of a gradient and 1 for every later one.

public enum Pointwise {
    /// y ← a + b
    public static func add(_ a: Floats, _ b: Floats, into y: Floats) {
        same(a, b, y)
        for i in 0..<y.count { y.base[i] = a.base[i] + b.base[i] }
    }
    /// y ← a − b
    public static func subtract(_ a: Floats, _ b: Floats, into y: Floats) {
        same(a, b, y)
        for i in 0..<y.count { y.base[i] = a.base[i] - b.base[i] }
    }
    /// y ← a ⊙ b
    public static func multiply(_ a: Floats, _ b: Floats, into y: Floats) {
        same(a, b, y)
        for i in 0..<y.count { y.base[i] = a.base[i] * b.base[i] }
    }
    /// y ← factor · x + offset
    public static func scale(_ x: Floats, by factor: Float, plus offset: Float = 0, into y: Floats) {
        same(x, x, y)
        for i in 0..<y.count { y.base[i] = factor * x.base[i] + offset }
    }
    /// y ← x²
    public static func square(_ x: Floats, into y: Floats) {
        same(x, x, y)
        for i in 0..<y.count { y.base[i] = x.base[i] * x.base[i] }
    }
    /// y ← max(x, 0), NaN where x is NaN.
    public static func relu(_ x: Floats, into y: Floats) {
        same(x, x, y)
        for i in 0..<y.count { y.base[i] = x.base[i] < 0 ? 0 : x.base[i] }
    }

    /// d ← β·d + factor · g
    public static func accumulate(_ g: Floats, times factor: Float, beta: Float, into d: Floats) {
        same(g, g, d)
        if beta == 0 {
            for i in 0..<d.count { d.base[i] = factor * g.base[i] }
        } else {
            for i in 0..<d.count { d.base[i] += factor * g.base[i] }
        }
    }
    /// d ← β·d + factor · g ⊙ x
    public static func accumulate(_ g: Floats, times x: Floats, factor: Float = 1, beta: Float, into d: Floats) {
        same(g, x, d)
        if beta == 0 {
            for i in 0..<d.count { d.base[i] = factor * g.base[i] * x.base[i] }
        } else {
            for i in 0..<d.count { d.base[i] += factor * g.base[i] * x.base[i] }
        }
    }
    /// d ← β·d + g ⊘ x: the derivative of the logarithm.
    public static func accumulate(_ g: Floats, over x: Floats, beta: Float, into d: Floats) {
        same(g, x, d)
        for i in 0..<d.count {
            let share = g.base[i] / x.base[i]
            d.base[i] = beta == 0 ? share : d.base[i] + share
        }
    }
    /// d ← β·d + share
    public static func accumulate(_ share: Float, beta: Float, into d: Floats) {
        if beta == 0 { return d.fill(share) }
        for i in 0..<d.count { d.base[i] += share }
    }
    /// d ← β·d + g where y > 0: the derivative of ReLU, read from its output.
    public static func accumulateReLU(_ g: Floats, _ y: Floats, beta: Float, into d: Floats) {
        same(g, y, d)
        for i in 0..<d.count {
            let share = y.base[i] > 0 ? g.base[i] : 0
            d.base[i] = beta == 0 ? share : d.base[i] + share
        }
    }
    /// d ← β·d + g · (1 − y²): the derivative of tanh, read from its output.
    public static func accumulateTanh(_ g: Floats, _ y: Floats, beta: Float, into d: Floats) {
        same(g, y, d)
        for i in 0..<d.count {
            let share = g.base[i] * (1 - y.base[i] * y.base[i])
            d.base[i] = beta == 0 ? share : d.base[i] + share
        }
    }

    /// Huber's loss with threshold δ: x²/2 where |x| ≤ δ, δ·(|x| − δ/2) outside (Huber 1964; Mnih et al. 2015 clip the error so).
    public static func huber(_ x: Floats, threshold: Float, into y: Floats) {
        same(x, x, y)
        for i in 0..<y.count {
            let magnitude = abs(x.base[i])
            let inside = min(magnitude, threshold)
            y.base[i] = inside * (magnitude - 0.5 * inside)
        }
    }
    /// d ← β·d + g · clip(x, −δ, δ)
    public static func huberGradient(_ x: Floats, _ g: Floats, threshold: Float, beta: Float, into d: Floats) {
        same(x, g, d)
        for i in 0..<d.count {
            let share = max(-threshold, min(threshold, x.base[i])) * g.base[i]
            d.base[i] = beta == 0 ? share : d.base[i] + share
        }
    }

    @inline(__always)
    private static func same(_ a: Floats, _ b: Floats, _ y: Floats) {
        guard a.count == y.count && b.count == y.count else {
            fatalError("Pointwise: buffers of \(a.count), \(b.count) and \(y.count) floats; they must be equal")
        }
    }
}
