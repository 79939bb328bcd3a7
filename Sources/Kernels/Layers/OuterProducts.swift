// A matrix shifted by a scaled outer product of two vectors: the weights of a noisy dense layer.

/// mean, deviation, y, g [inputs · outputs], row-major; a [inputs], b [outputs].
public enum OuterProducts {
    /// y[i, j] ← mean[i, j] + deviation[i, j]·a[i]·b[j]
    public static func shift(_ mean: Floats, _ deviation: Floats, _ a: Floats, _ b: Floats, into y: Floats) {
        check(mean, deviation, a, b, y)
        let width = b.count
        for i in 0..<a.count {
            let factor = a.base[i], start = i * width
            for j in 0..<width { y.base[start + j] = mean.base[start + j] + deviation.base[start + j] * (factor * b.base[j]) }
        }
    }
    /// d[i, j] ← β·d[i, j] + g[i, j]·a[i]·b[j]: the derivative by the deviation.
    public static func deviationGradient(_ g: Floats, _ a: Floats, _ b: Floats, beta: Float, into d: Floats) {
        check(g, g, a, b, d)
        let width = b.count
        for i in 0..<a.count {
            let factor = a.base[i], start = i * width
            for j in 0..<width {
                let share = g.base[start + j] * (factor * b.base[j])
                d.base[start + j] = beta == 0 ? share : d.base[start + j] + share
            }
        }
    }
    /// da[i] ← β·da[i] + Σ_j g·deviation·b[j] (where `dA` is not empty), db[j] ← β·db[j] + Σ_i g·deviation·a[i] (likewise).
    public static func vectorGradients(
        _ g: Floats, _ deviation: Floats, _ a: Floats, _ b: Floats, dA: Floats, betaA: Float, dB: Floats, betaB: Float
    ) {
        check(g, deviation, a, b, g)
        guard dA.count == 0 || dA.count == a.count, dB.count == 0 || dB.count == b.count else {
            fatalError("outer products: gradients of \(dA.count) and \(dB.count) floats for \(a.count) × \(b.count)")
        }
        if betaA == 0 { dA.fill(0) }
        if betaB == 0 { dB.fill(0) }
        let width = b.count
        for i in 0..<a.count {
            var total: Float = 0
            for j in 0..<width {
                let share = g.base[i * width + j] * deviation.base[i * width + j]
                total += share * b.base[j]
                if dB.count != 0 { dB.base[j] += share * a.base[i] }
            }
            if dA.count != 0 { dA.base[i] += total }
        }
    }

    private static func check(_ mean: Floats, _ deviation: Floats, _ a: Floats, _ b: Floats, _ y: Floats) {
        let count = a.count * b.count
        guard mean.count == count, deviation.count == count, y.count == count else {
            fatalError("outer products: \(mean.count), \(deviation.count) and \(y.count) floats for \(a.count) × \(b.count)")
        }
    }
}
