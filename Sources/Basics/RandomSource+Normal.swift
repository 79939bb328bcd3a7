// Normal draws without a maths library: the same bits on every machine.

extension RandomSource {
    /// One draw from N(0, 1) by Marsaglia's polar method (1964); the second of each pair is not kept.
    ///
    /// Not NumPy's ziggurat: equal in distribution, not in numbers.
    public mutating func normal() -> Double {
        while true {
            let u = 2 * unit() - 1
            let v = 2 * unit() - 1
            let square = u * u + v * v
            if square > 0 && square < 1 { return u * (-2 * naturalLogarithm(square) / square).squareRoot() }
        }
    }
}

/// log x for a positive, normal x, within 2 ulp: x = 2ᵏ·m with m in [√½, √2), log m = 2·artanh((m−1)/(m+1)) by its series.
private func naturalLogarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
        mantissa /= 2
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    for k in stride(from: 23.0, through: 3, by: -2) { sum = (sum + 1 / k) * square }
    return exponent * 0.6931471805599453 + 2 * (s + s * sum)
}
