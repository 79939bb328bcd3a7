// Sine and cosine in double precision for worlds: the same bits on every machine, because they are products and sums alone.

public import CVector

/// sin x and cos x of x in radians, each within 1 ulp for |x| ≤ 2·10⁵.
///
/// No fused multiply-add and no maths library, so that every CPU and every build gives the same bits. Up to |x| = π/4 it costs two
/// polynomials. Beyond 2·10⁵ the result is that of an angle within one unit in the last place of x; beyond 2⁵⁰, where neighbouring
/// numbers are a quarter apart, and for ±inf and NaN it is NaN. The sign of zero is not kept.
///
/// x = n·π/2 + r + l (Cody and Waite 1980): π/2 in parts of 36, 36 and 53 bits, so that the first two products with n are exact; l is
/// what r could not hold. Then sin r = r + r³·S(r²) and cos r = 1 - r²/2 + r⁴·C(r²), minimax polynomials of degree 5 with relative
/// errors 2⁻⁵⁸ and 2⁻⁶⁴.
@inlinable @inline(__always) public func sineAndCosine(_ x: Double) -> (sine: Double, cosine: Double) {
    if x.magnitude <= 0.7853981633974483 { return (sineOfSmall(x), cosineOfSmall(x)) }
    let angle = reduced(x.magnitude > 1_125_899_906_842_624 ? .nan : x)
    let quarter = angle.shifted.bitPattern
    let sine = sineOfSmall(angle.r, angle.l)
    let cosine = cosineOfSmall(angle.r, angle.l)
    let odd = quarter & 1 == 1
    return (
        Double(bitPattern: (odd ? cosine : sine).bitPattern ^ (quarter & 2) << 62),
        Double(bitPattern: (odd ? sine : cosine).bitPattern ^ ((quarter &+ 1) & 2) << 62)
    )
}

/// sin x of x in radians; see `sineAndCosine`.
@inlinable @inline(__always) public func sine(_ x: Double) -> Double {
    if x.magnitude <= 0.7853981633974483 { return sineOfSmall(x) }
    return sineAndCosine(x).sine
}

/// cos x of x in radians; see `sineAndCosine`.
@inlinable @inline(__always) public func cosine(_ x: Double) -> Double {
    if x.magnitude <= 0.7853981633974483 { return cosineOfSmall(x) }
    return sineAndCosine(x).cosine
}

/// sin x and cos x of eight angles in radians; every lane has the bits of the scalar function.
@inlinable @inline(__always)
public func sineAndCosine(_ x: SIMD8<Double>) -> (sine: SIMD8<Double>, cosine: SIMD8<Double>) {
    let limit = 1_125_899_906_842_624.0
    let near = x.replacing(with: .nan, where: x .> limit).replacing(with: .nan, where: x .< -limit)
    let angle = reduced(near)
    let sine = sineOfSmall(angle.r, angle.l)
    let cosine = cosineOfSmall(angle.r, angle.l)
    return (turn8(sine, cosine, angle.shifted, 0), turn8(sine, cosine, angle.shifted, 1))
}

/// One double or eight: what the formulas below need, so that they are written once and lanes equal scalars by construction.
@usableFromInline protocol DoubleLanes {
    init(all value: Double)
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
}
extension Double: DoubleLanes {
    @inlinable @inline(__always) init(all value: Double) { self = value }
}
extension SIMD8: DoubleLanes where Scalar == Double {
    @inlinable @inline(__always) init(all value: Double) { self.init(repeating: value) }
}

/// r + l = x - n·π/2, |r| ≤ π/4; the low bits of `shifted` hold n.
@inlinable @inline(__always)
func reduced<Number: DoubleLanes>(_ x: Number) -> (shifted: Number, r: Number, l: Number) {
    // Adding 1.5·2⁵² rounds to a whole number.
    let rounder = Number(all: 6_755_399_441_055_744)
    let shifted = x * Number(all: 0.6366197723675814) + rounder
    let n = shifted - rounder
    let first = x - n * Number(all: 0x1.921fb5444p+0)
    let middle = n * Number(all: 0x1.68c234c4cp-39)
    let second = first - middle
    let last = n * Number(all: 0x1.98a2e03707345p-77)
    let r = second - last
    return (shifted, r, ((second - r) - last) + ((first - second) - middle))
}

/// sin(r + l) = sin r + l·(1 - r²/2) for |r| ≤ π/4 and l below its last place.
@inlinable @inline(__always) func sineOfSmall<Number: DoubleLanes>(_ r: Number, _ l: Number) -> Number {
    let z = r * r
    return r + (r * (z * sineSeries(z)) + l * (Number(all: 1) - z * Number(all: 0.5)))
}
/// The same with l = 0, and the same bits.
@inlinable @inline(__always) func sineOfSmall<Number: DoubleLanes>(_ r: Number) -> Number {
    let z = r * r
    return r + r * (z * sineSeries(z))
}
/// S(z) ≈ (sin r - r)/r³ with z = r².
@inlinable @inline(__always) func sineSeries<Number: DoubleLanes>(_ z: Number) -> Number {
    var s = z * Number(all: 1.5894930167447671379e-10) + Number(all: -2.5050726834684710777e-8)
    s = s * z + Number(all: 2.7557313498406284857e-6)
    s = s * z + Number(all: -0.00019841269829269820638)
    s = s * z + Number(all: 0.0083333333333217689559)
    return s * z + Number(all: -0.16666666666666629557)
}

/// cos(r + l) = cos r - r·l for |r| ≤ π/4 and l below its last place.
@inlinable @inline(__always) func cosineOfSmall<Number: DoubleLanes>(_ r: Number, _ l: Number) -> Number {
    let z = r * r
    let half = z * Number(all: 0.5)
    let head = Number(all: 1) - half
    return head + (((Number(all: 1) - head) - half) + (z * z * cosineSeries(z) - r * l))
}
/// The same with l = 0, and the same bits.
@inlinable @inline(__always) func cosineOfSmall<Number: DoubleLanes>(_ r: Number) -> Number {
    let z = r * r
    let half = z * Number(all: 0.5)
    let head = Number(all: 1) - half
    return head + (((Number(all: 1) - head) - half) + z * z * cosineSeries(z))
}
/// C(z) ≈ (cos r - 1 + r²/2)/r⁴ with z = r².
@inlinable @inline(__always) func cosineSeries<Number: DoubleLanes>(_ z: Number) -> Number {
    var c = z * Number(all: -1.1358371350387712681e-11) + Number(all: 2.0875699346186292481e-9)
    c = c * z + Number(all: -2.7557314182082766279e-7)
    c = c * z + Number(all: 0.000024801587288914609116)
    c = c * z + Number(all: -0.0013888888888873253276)
    return c * z + Number(all: 0.041666666666666594692)
}
