// Logarithm, exponential and their like of one Double, for the rooms that call no maths library themselves.
import Glibc

public enum ScalarMaths {
    /// The natural logarithm.
    public static func log(_ x: Double) -> Double { Glibc.log(x) }
    /// eˣ within 1 ulp, by our own arithmetic: agents that draw numbers call it at every step, and their bits are to be the same on
    /// every machine. x = k·log 2 + r with |r| ≤ ½·log 2, and the series of eʳ up to r¹³/13! (the next term is below 2⁻⁵⁶).
    public static func exp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x > 709.782712893384 { return .infinity }
        if x < -745.2 { return 0 }
        let k = (x * 1.4426950408889634).rounded()
        // The first part of log 2 has so few digits that k times it is exact.
        let r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
        var sum = 1 / 6227020800.0
        sum = sum * r + 1 / 479001600.0
        sum = sum * r + 1 / 39916800.0
        sum = sum * r + 1 / 3628800.0
        sum = sum * r + 1 / 362880.0
        sum = sum * r + 1 / 40320.0
        sum = sum * r + 1 / 5040.0
        sum = sum * r + 1 / 720.0
        sum = sum * r + 1 / 120.0
        sum = sum * r + 1 / 24.0
        sum = sum * r + 1 / 6.0
        sum = sum * r + 1 / 2.0
        // In two steps: 2ᵏ alone may be no normal number where the result still is one.
        let half = Int(k) / 2
        let low = Double(sign: .plus, exponent: half, significand: 1),
            high = Double(sign: .plus, exponent: Int(k) - half, significand: 1)
        return (1 + (r + r * r * sum)) * low * high
    }
    /// log(1 + x) without losing the digits of a small x.
    public static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
}
