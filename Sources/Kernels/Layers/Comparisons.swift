// Quotients, roots, magnitudes, and choosing between two numbers, with their derivatives.
import CVector

/// Buffers of equal length; gradients are d ← β·d + …, β 0 or 1. Where two numbers tie, the first has the whole gradient.
public enum Comparisons {
    /// y ← a ⊘ b
    public static func divide(_ a: Floats, _ b: Floats, into y: Floats) { mapSixteen("divide", a, b, into: y) { $0 / $1 } }
    /// d ← β·d + g ⊘ b: the derivative by the dividend.
    public static func dividendGradient(_ g: Floats, _ b: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("divide gradient", g, b, beta: beta, into: d) { $0 / $1 }
    }
    /// d ← β·d − g ⊙ y ⊘ b: the derivative by the divisor.
    public static func divisorGradient(_ g: Floats, _ y: Floats, _ b: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("divide gradient", g, y, b, beta: beta, into: d) { g, y, b in 0 - g * y / b }
    }

    /// y ← min(a, b); NaN where either is.
    public static func minimum(_ a: Floats, _ b: Floats, into y: Floats) {
        mapSixteen("minimum", a, b, into: y) { a, b in a.replacing(with: b, where: b .< a).replacing(with: b, where: b .!= b) }
    }
    /// y ← max(a, b); NaN where either is.
    public static func maximum(_ a: Floats, _ b: Floats, into y: Floats) {
        mapSixteen("maximum", a, b, into: y) { a, b in a.replacing(with: b, where: b .> a).replacing(with: b, where: b .!= b) }
    }
    /// d ← β·d + g where a ≤ b (`first`: the gradient of a minimum by a), or where a > b (by b).
    public static func minimumGradient(_ g: Floats, _ a: Floats, _ b: Floats, first: Bool, beta: Float, into d: Floats) {
        accumulateSixteen("minimum gradient", g, a, b, beta: beta, into: d) { g, a, b in
            first ? g.replacing(with: 0, where: a .> b) : g.replacing(with: 0, where: a .<= b)
        }
    }
    /// d ← β·d + g where a ≥ b (`first`: the gradient of a maximum by a), or where a < b (by b).
    public static func maximumGradient(_ g: Floats, _ a: Floats, _ b: Floats, first: Bool, beta: Float, into d: Floats) {
        accumulateSixteen("maximum gradient", g, a, b, beta: beta, into: d) { g, a, b in
            first ? g.replacing(with: 0, where: a .< b) : g.replacing(with: 0, where: a .>= b)
        }
    }

    /// y ← x held within low ... high, NaN where x is; `y` may be `x` itself.
    public static func clip(_ x: Floats, low: Float, high: Float, into y: Floats) {
        mapSixteen("clip", x, into: y) { x in
            x.replacing(with: Vector(repeating: low), where: x .< low)
                .replacing(with: Vector(repeating: high), where: x .> high)
        }
    }
    /// d ← β·d + g where low ≤ x ≤ high
    public static func clipGradient(_ g: Floats, _ x: Floats, low: Float, high: Float, beta: Float, into d: Floats) {
        accumulateSixteen("clip gradient", g, x, beta: beta, into: d) { g, x in
            g.replacing(with: 0, where: x .< low).replacing(with: 0, where: x .> high)
        }
    }

    /// y ← |x|
    public static func magnitude(_ x: Floats, into y: Floats) { mapSixteen("abs", x, into: y) { magnitude16($0) } }
    /// d ← β·d + g·sign x, 0 at 0
    public static func magnitudeGradient(_ g: Floats, _ x: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("abs gradient", g, x, beta: beta, into: d) { g, x in
            g.replacing(with: 0 - g, where: x .< 0).replacing(with: 0, where: x .== 0)
        }
    }

    /// y ← √x
    public static func squareRoot(_ x: Floats, into y: Floats) { mapSixteen("sqrt", x, into: y) { sqrt16($0) } }
    /// d ← β·d + g ⊘ 2y, y the output
    public static func squareRootGradient(_ g: Floats, _ y: Floats, beta: Float, into d: Floats) {
        accumulateSixteen("sqrt gradient", g, y, beta: beta, into: d) { g, y in 0.5 * g / y }
    }
}
