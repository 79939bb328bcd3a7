// Sine and cosine of sixteen floats: the angle within its quarter turn, then one of two short polynomials.

import CVector

/// sin x of x in radians, within 2 ulp for |x| ≤ 2²⁰; NaN beyond 2²¹, where neighbouring floats are a
/// quarter apart, and of ±inf and NaN.
///
/// Without fused multiply-add the reduction loses digits near the zeros: absolute error 2⁻²⁴·(1 + |x|) instead.
@inline(__always) func sin16(_ x: SIMD16<Float>) -> SIMD16<Float> { sineOfQuarters16(x, ahead: 0) }

/// cos x of x in radians: the sine a quarter turn ahead, with the same errors and limits as `sin16`.
@inline(__always) func cos16(_ x: SIMD16<Float>) -> SIMD16<Float> { sineOfQuarters16(x, ahead: 1) }

/// sin(x + ahead·π/2).
///
/// x = n·π/2 + r (Cody and Waite 1980, with π/2 in three parts of 24 bits); in even quarters ±sin r = r + r³·S(r²), in odd ones
/// ±cos r = 1 - r²/2 + r⁴·C(r²), minimax polynomials of degree 2 with relative errors 2⁻²⁸ and 2⁻³³.
@inline(__always) private func sineOfQuarters16(_ angle: SIMD16<Float>, ahead: Int32) -> SIMD16<Float> {
    let limit: Float = 2_097_152
    var x = angle.replacing(with: .nan, where: angle .> limit)
    x = x.replacing(with: .nan, where: angle .< -limit)

    // Adding 1.5·2²³ rounds to a whole number, which then stands in the low bits.
    let rounder = SIMD16<Float>(repeating: 12_582_912)
    let shifted = fma16(x, SIMD16(repeating: 0.636619772), rounder)
    let n = shifted - rounder
    var r = fma16(n, SIMD16(repeating: -0x1.921fb6p+0), x)
    r = fma16(n, SIMD16(repeating: 0x1.777a5cp-25), r)
    r = fma16(n, SIMD16(repeating: 0x1.ee59dap-50), r)

    let z = r * r
    var s = fma16(SIMD16(repeating: -0.000195135208438), z, SIMD16(repeating: 0.00833215098082))
    s = fma16(s, z, SIMD16(repeating: -0.166666545275))
    let sine = fma16(z * r, s, r)
    var c = fma16(SIMD16(repeating: 2.44342142097e-5), z, SIMD16(repeating: -0.00138873317203))
    c = fma16(c, z, SIMD16(repeating: 0.0416666461628))
    let cosine = fma16(z * z, c, fma16(z, SIMD16(repeating: -0.5), SIMD16(repeating: 1)))

    return turn16(sine, cosine, shifted, ahead)
}
