// The smooth and the bent activations over whole buffers, each with its derivative.
import CVector

/// Every function works on buffers of equal length; gradients are d ← β·d + g·f′, β 0 or 1.
public enum ActivationMaths {
    /// σ(x) = 1/(1 + e⁻ˣ), within 3 ulp; 0 below -87.
    public static func sigmoid(_ x: Floats, into y: Floats) { mapSixteen("sigmoid", x, into: y) { logistic16($0) } }
    /// g·y·(1 − y), y the output.
    public static func sigmoidGradient(_ g: Floats, _ y: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("sigmoid gradient", g, y, beta: beta, into: d) { g, y in g * (y * (1 - y)) }
    }

    /// log(1 + eˣ) = max(x, 0) + log1p(e^−|x|), without overflow and with small results exact to some ulp.
    public static func softplus(_ x: Floats, into y: Floats) { mapSixteen("softplus", x, into: y) { softplus16($0) } }
    /// g·σ(x)
    public static func softplusGradient(_ g: Floats, _ x: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("softplus gradient", g, x, beta: beta, into: d) { g, x in g * logistic16(x) }
    }

    /// x·σ(x) (Elfwing et al. 2018, equation 6).
    public static func silu(_ x: Floats, into y: Floats) { mapSixteen("silu", x, into: y) { $0 * logistic16($0) } }
    /// g·σ(x)·(1 + x·(1 − σ(x)))
    public static func siluGradient(_ g: Floats, _ x: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("silu gradient", g, x, beta: beta, into: d) { g, x in
            let s = logistic16(x)
            return g * (s * (1 + x * (1 - s)))
        }
    }

    /// σ(x)·(1 + x·(1 − σ(x))), the derivative of SiLU as an activation of its own (Elfwing et al. 2018, equation 8).
    public static func dsilu(_ x: Floats, into y: Floats) {
        mapSixteen("dsilu", x, into: y) { x in
            let s = logistic16(x)
            return s * (1 + x * (1 - s))
        }
    }
    /// g·σ′·(2 + x·(1 − 2σ)) with σ′ = σ(1 − σ)
    public static func dsiluGradient(_ g: Floats, _ x: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("dsilu gradient", g, x, beta: beta, into: d) { g, x in
            let s = logistic16(x)
            return g * (s * (1 - s) * (2 + x * (1 - 2 * s)))
        }
    }

    /// x·σ(2z), z = √(2/π)·(x + 0.044715·x³): the tanh form of GELU (Hendrycks & Gimpel 2016), within 5e-4 of x·Φ(x).
    public static func gelu(_ x: Floats, into y: Floats) { mapSixteen("gelu", x, into: y) { $0 * geluGate16($0) } }
    /// g·(s + x·s·(1 − s)·2z′), s = σ(2z)
    public static func geluGradient(_ g: Floats, _ x: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("gelu gradient", g, x, beta: beta, into: d) { g, x in
            let s = geluGate16(x)
            let slope = 1.5957691 * (1 + 0.134145 * x * x)
            return g * (s + x * (s * (1 - s)) * slope)
        }
    }

    /// x where x > 0, α(eˣ − 1) elsewhere (Clevert et al. 2016, equation 15).
    public static func elu(_ x: Floats, alpha: Float, into y: Floats) {
        mapSixteen("elu", x, into: y) { x in
            // eˣ − 1 = 2t/(1 − t) with t = tanh(x/2): no digits are lost near zero.
            let t = tanh16(0.5 * x)
            return (alpha * (2 * t / (1 - t))).replacing(with: x, where: x .> 0)
        }
    }
    /// g where y > 0, g·(y + α) elsewhere, y the output.
    public static func eluGradient(_ g: Floats, _ y: Floats, alpha: Float, beta: Float, into d: Floats) {
        accumulateSixteen("elu gradient", g, y, beta: beta, into: d) { g, y in
            (g * (y + alpha)).replacing(with: g, where: y .> 0)
        }
    }

    /// x where x > 0, slope·x elsewhere (Maas et al. 2013).
    public static func leakyReLU(_ x: Floats, slope: Float, into y: Floats) {
        mapSixteen("leaky ReLU", x, into: y) { x in (slope * x).replacing(with: x, where: x .> 0) }
    }
    /// g where x > 0, slope·g elsewhere, x the input.
    public static func leakyReLUGradient(_ g: Floats, _ x: Floats, slope: Float, beta: Float, into d: Floats) {
        accumulateSixteen("leaky ReLU gradient", g, x, beta: beta, into: d) { g, x in
            (slope * g).replacing(with: g, where: x .> 0)
        }
    }
}

@inline(__always) private func logistic16(_ x: Vector) -> Vector {
    // Clamped, so that the exponential needs no edges of its own; it stays NaN where x is.
    let clamped = x.replacing(with: 87, where: x .> 87).replacing(with: -87, where: x .< -87)
    return (1 / (1 + moderateExp16(0 - clamped))).replacing(with: 0, where: x .< -87)
}

@inline(__always) private func softplus16(_ x: Vector) -> Vector {
    let e = exp16(0 - magnitude16(x))
    // log1p e = log(u)·e/(u − 1) with u = 1 + e rounded: the two roundings cancel (Kahan); where u is 1, e itself.
    let u = 1 + e
    let tail = (log16(u) * e / (u - 1)).replacing(with: e, where: u .== 1)
    return x.replacing(with: 0, where: x .< 0) + tail
}

/// ½(1 + tanh z) = σ(2z) with 2z = 2√(2/π)·x·(1 + 0.044715·x²)
@inline(__always) private func geluGate16(_ x: Vector) -> Vector { logistic16(1.5957691 * x * (1 + 0.044715 * x * x)) }
