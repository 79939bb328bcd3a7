// The natural logarithm of sixteen floats: the exponent's share and a polynomial of the mantissa.

import CVector

/// log x, within 1 ulp, denormal arguments included.
///
/// x = 2ᵏ·m with m in [√½, √2), f = m - 1; log m = f - f²/2 + f³·L(f), L the minimax polynomial of degree 7 (relative error 2⁻²⁷).
/// log(±0) = -inf, log(+inf) = +inf, NaN of NaN and of negative numbers.
@inline(__always) func log16(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // Denormals are lifted by 2²³; zero and negatives come along and are replaced at the end.
    let tiny = x .< Float.leastNormalMagnitude
    let normal = x.replacing(with: x * 8_388_608, where: tiny)

    let exponent = exponent16(normal)
    let k = exponent.replacing(with: exponent - 23, where: tiny)
    let f = mantissa16(normal) - 1

    var l = fma16(SIMD16(repeating: -0.078596429532), f, SIMD16(repeating: 0.12881676592))
    l = fma16(l, f, SIMD16(repeating: -0.131287562026))
    l = fma16(l, f, SIMD16(repeating: 0.141811876858))
    l = fma16(l, f, SIMD16(repeating: -0.166245534911))
    l = fma16(l, f, SIMD16(repeating: 0.200022864642))
    l = fma16(l, f, SIMD16(repeating: -0.250008104232))
    l = fma16(l, f, SIMD16(repeating: 0.33333316723))
    let square = f * f
    // log 2 in two parts: the first has 14 bits, so that its product with k is exact; the smallest terms are added first.
    var tail = fma16(k, SIMD16(repeating: -0x1.e8082ep-16), square * f * l)
    tail = fma16(square, SIMD16(repeating: -0.5), tail)
    var y = fma16(k, SIMD16(repeating: 0x1.62e8p-1), f + tail)

    y = y.replacing(with: x, where: x .== .infinity)
    y = y.replacing(with: .nan, where: x .!= x)
    y = y.replacing(with: .nan, where: x .< 0)
    return y.replacing(with: -.infinity, where: x .== 0)
}
