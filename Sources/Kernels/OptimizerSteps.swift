// One optimizer step as one pass over parallel flat arrays: values, gradients, moments.

public enum OptimizerSteps {
    private static func check(_ values: Floats, _ a: Floats, _ b: Floats? = nil, _ c: Floats? = nil) {
        guard a.count == values.count, (b ?? a).count == values.count, (c ?? a).count == values.count else {
            fatalError("an optimizer step over \(values.count) values with gradients or moments of another count")
        }
    }

    /// Adam (Kingma & Ba 2015, algorithm 1), with decoupled weight decay in the same pass (Loshchilov & Hutter 2019, algorithm 2).
    ///
    /// `rate` holds α·√(1−β₂ᵗ)/(1−β₁ᵗ) and `epsilon` holds ε·√(1−β₂ᵗ), which makes this the paper's corrected form exactly; `keep`
    /// is what the decay leaves of each value, 1 − αλ.
    public static func adam(
        values: Floats, gradients: Floats, first: Floats, second: Floats, rate: Float, beta1: Float, beta2: Float, epsilon: Float,
        keep: Float = 1
    ) {
        check(values, gradients, first, second)
        let v = values.base, g = gradients.base, m = first.base, s = second.base
        let k1 = 1 - beta1, k2 = 1 - beta2
        for i in 0..<values.count {
            let x = g[i]
            let a = beta1 * m[i] + k1 * x
            let b = beta2 * s[i] + k2 * x * x
            m[i] = a
            s[i] = b
            v[i] = keep * v[i] - rate * a / (b.squareRoot() + epsilon)
        }
    }

    /// Adam's moments with a step along the first alone: v ← v − rate·m, while the second is too young to divide by (RAdam).
    public static func firstMoment(
        values: Floats, gradients: Floats, first: Floats, second: Floats, rate: Float, beta1: Float, beta2: Float
    ) {
        check(values, gradients, first, second)
        let v = values.base, g = gradients.base, m = first.base, s = second.base
        let k1 = 1 - beta1, k2 = 1 - beta2
        for i in 0..<values.count {
            let x = g[i]
            let a = beta1 * m[i] + k1 * x
            m[i] = a
            s[i] = beta2 * s[i] + k2 * x * x
            v[i] -= rate * a
        }
    }

    /// RMSProp (Hinton 2012, lecture 6e): s ← αs + (1−α)g²; v ← v − rate·g/(√s + ε).
    public static func rmsProp(
        values: Floats, gradients: Floats, squares: Floats, rate: Float, decay: Float, epsilon: Float
    ) {
        check(values, gradients, squares)
        let v = values.base, g = gradients.base, s = squares.base
        let k = 1 - decay
        for i in 0..<values.count {
            let x = g[i]
            let b = decay * s[i] + k * x * x
            s[i] = b
            v[i] -= rate * x / (b.squareRoot() + epsilon)
        }
    }

    /// Centred RMSProp (Graves 2013, equations 38–40, without momentum): the variance s − m² in place of s.
    public static func centredRMSProp(
        values: Floats, gradients: Floats, squares: Floats, means: Floats, rate: Float, decay: Float, epsilon: Float
    ) {
        check(values, gradients, squares, means)
        let v = values.base, g = gradients.base, s = squares.base, m = means.base
        let k = 1 - decay
        for i in 0..<values.count {
            let x = g[i]
            let a = decay * m[i] + k * x
            let b = decay * s[i] + k * x * x
            m[i] = a
            s[i] = b
            v[i] -= rate * x / (max(b - a * a, 0).squareRoot() + epsilon)
        }
    }

    /// AdaGrad (Duchi, Hazan & Singer 2011, diagonal form): s ← s + g²; v ← v − rate·g/(√s + ε).
    public static func adaGrad(values: Floats, gradients: Floats, squares: Floats, rate: Float, epsilon: Float) {
        check(values, gradients, squares)
        let v = values.base, g = gradients.base, s = squares.base
        for i in 0..<values.count {
            let x = g[i]
            let b = s[i] + x * x
            s[i] = b
            v[i] -= rate * x / (b.squareRoot() + epsilon)
        }
    }

    /// Gradient descent: v ← v − rate·g.
    public static func descent(values: Floats, gradients: Floats, rate: Float) {
        check(values, gradients)
        for i in 0..<values.count { values.base[i] -= rate * gradients.base[i] }
    }

    /// Heavy-ball momentum (Polyak 1964) in PyTorch's form: m ← μm + g; v ← v − rate·m.
    public static func momentum(values: Floats, gradients: Floats, velocity: Floats, rate: Float, momentum: Float) {
        check(values, gradients, velocity)
        let v = values.base, g = gradients.base, m = velocity.base
        for i in 0..<values.count {
            let a = momentum * m[i] + g[i]
            m[i] = a
            v[i] -= rate * a
        }
    }

    /// Nesterov's momentum (1983) as Sutskever et al. (2013) rewrite it, in PyTorch's form: m ← μm + g; v ← v − rate·(g + μm).
    public static func nesterov(values: Floats, gradients: Floats, velocity: Floats, rate: Float, momentum: Float) {
        check(values, gradients, velocity)
        let v = values.base, g = gradients.base, m = velocity.base
        for i in 0..<values.count {
            let x = g[i]
            let a = momentum * m[i] + x
            m[i] = a
            v[i] -= rate * (x + momentum * a)
        }
    }

    /// θ ← (1 − τ)θ + τθ′
    public static func blend(_ values: Floats, toward others: Floats, by tau: Float) {
        check(values, others)
        let v = values.base, o = others.base
        for i in 0..<values.count { v[i] += tau * (o[i] - v[i]) }
    }

    /// values ← factor · values
    public static func scale(_ values: Floats, by factor: Float) {
        for i in 0..<values.count { values.base[i] *= factor }
    }
}
