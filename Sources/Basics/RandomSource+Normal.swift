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

/// log x for a positive, normal x, within 2 ulp: x = 2ᵏ·m with m in [√½, √2), log m = 2·artanh s with s = (m - 1)/(m + 1), and
/// artanh s = s + s³/3 + s⁵/5 + … up to s²³ (the next term is below 2⁻⁶⁸ of the first).
private func naturalLogarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
        mantissa /= 2
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    // Written out: the reciprocals are constants, where a loop would divide eleven times.
    var sum = square * (1 / 23.0) + 1 / 21.0
    sum = sum * square + 1 / 19.0
    sum = sum * square + 1 / 17.0
    sum = sum * square + 1 / 15.0
    sum = sum * square + 1 / 13.0
    sum = sum * square + 1 / 11.0
    sum = sum * square + 1 / 9.0
    sum = sum * square + 1 / 7.0
    sum = sum * square + 1 / 5.0
    sum = sum * square + 1 / 3.0
    return exponent * 0.6931471805599453 + 2 * (s + s * (square * sum))
}
