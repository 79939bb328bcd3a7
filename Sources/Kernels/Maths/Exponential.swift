// eˣ of sixteen floats: halves and doubles of a short polynomial.

import CVector

/// exp x, within 1.1 ulp, denormal results included.
///
/// 2ⁿ is multiplied in two halves, so that results sink through the denormals to 0 (x < -103.98) and rise to +inf (x > 88.72).
/// exp(-inf) = 0, exp(+inf) = +inf, exp(NaN) = NaN.
@inline(__always) func exp16(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // Beyond these the result is 0 or +inf; a comparison is false for NaN, which goes on and through everything below.
    let above = x.replacing(with: -104, where: x .< -104)
    let (power, exponent) = exponentialParts16(above.replacing(with: 89, where: x .> 89))
    return scale16(power, exponent)
}

/// exp x within 1.1 ulp for |x| ≤ 87 (or NaN), without the edges of `exp16`.
@inline(__always) func moderateExp16(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let (power, exponent) = exponentialParts16(x)
    return scale_within16(power, exponent)
}

/// exp x = power · 2^exponent with power in [√½, √2], for |x| ≤ 104 or NaN.
///
/// x = n·log 2 + r with |r| ≤ ½ log 2; eʳ = 1 + r + r²·E(r), E the minimax polynomial of degree 4 (relative error 2⁻²⁸).
@inline(__always)
private func exponentialParts16(_ x: SIMD16<Float>) -> (power: SIMD16<Float>, exponent: SIMD16<Int32>) {
    // Adding 1.5·2²³ rounds to a whole number, which then stands in the low bits.
    let rounder = SIMD16<Float>(repeating: 12_582_912)
    let shifted = fma16(x, SIMD16(repeating: 1.44269504), rounder)
    let n = shifted - rounder
    // log 2 in two parts; the first has 14 bits, so that its product with n is exact.
    var r = fma16(n, SIMD16(repeating: -0x1.62e8p-1), x)
    r = fma16(n, SIMD16(repeating: 0x1.e8082ep-16), r)

    var e = fma16(SIMD16(repeating: 0.00139506106911), r, SIMD16(repeating: 0.00836895361033))
    e = fma16(e, r, SIMD16(repeating: 0.0416662040666))
    e = fma16(e, r, SIMD16(repeating: 0.166665183053))
    e = fma16(e, r, SIMD16(repeating: 0.500000009567))
    return (fma16(r * r, e, r) + 1, difference16(bits_of16(shifted), bits_of16(rounder)))
}
