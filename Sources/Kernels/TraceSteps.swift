// Eligibility traces over parameters: their decay, and the steps that they direct, each as one pass over parallel flat arrays.

public enum TraceSteps {
    private static func check(_ a: Floats, _ b: Floats, _ c: Floats? = nil, _ d: Floats? = nil) {
        guard a.count == b.count, (c ?? a).count == a.count, (d ?? a).count == a.count else {
            fatalError("traces over \(a.count) numbers with values or gradients of another count")
        }
    }

    /// e ← decay·e + factor·g
    public static func decay(_ traces: Floats, by decay: Float, adding gradients: Floats, times factor: Float) {
        check(traces, gradients)
        let e = traces.base, g = gradients.base
        for i in 0..<traces.count { e[i] = decay * e[i] + factor * g[i] }
    }

    /// u = error·e + weight·h; m ← ρm + (1 − ρ)u²; v ← v + rate·u / √(m/correction + ε): the ascent of MinAtar's actor-critic.
    ///
    /// `correction` is 1 − ρᵗ, which makes m an average of the squares so far.
    public static func normalisedAscent(
        values: Floats, traces: Floats, error: Float, gradients: Floats, weight: Float, squares: Floats, rate: Float,
        decay: Float, correction: Float, epsilon: Float
    ) {
        check(values, traces, gradients, squares)
        let v = values.base, e = traces.base, h = gradients.base, m = squares.base
        let keep = 1 - decay
        for i in 0..<values.count {
            let u = error * e[i] + weight * h[i]
            let square = decay * m[i] + keep * u * u
            m[i] = square
            v[i] += rate * u / (square / correction + epsilon).squareRoot()
        }
    }
}
