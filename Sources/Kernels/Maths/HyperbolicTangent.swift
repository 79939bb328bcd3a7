// tanh of sixteen floats: a polynomial near zero, one exponential and one quotient elsewhere.

import CVector

/// tanh x, within 2 ulp; tanh(-x) = -tanh x to the last bit, |tanh x| ≤ 1.
///
/// For |x| < 0.55: x + x³·T(x²), T the minimax polynomial of degree 4 (relative error 2⁻³⁰); from there on 1 - 2/(e²ˣ + 1), which
/// is ±1 from |x| = 9.02 on. tanh(±inf) = ±1, tanh(NaN) = NaN, and zero keeps its sign.
@inline(__always) func tanh16(_ x: SIMD16<Float>) -> SIMD16<Float> {
    let magnitude = magnitude16(x)
    let z = magnitude * magnitude
    var t = fma16(SIMD16(repeating: -0.00628249068159), z, SIMD16(repeating: 0.0210777721446))
    t = fma16(t, z, SIMD16(repeating: -0.0538538617056))
    t = fma16(t, z, SIMD16(repeating: 0.133326017257))
    t = fma16(t, z, SIMD16(repeating: -0.333333180469))
    let near = fma16(magnitude * z, t, magnitude)

    let clamped = magnitude.replacing(with: 10, where: magnitude .> 10)
    let far = 1 - 2 / (moderateExp16(clamped + clamped) + 1)
    return signed16(far.replacing(with: near, where: magnitude .< 0.55), x)
}
