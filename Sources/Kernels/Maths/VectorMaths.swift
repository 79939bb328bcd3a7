// Elementary functions over whole buffers: the vector kernels of this folder, with their tails handled.

import CVector

/// Elementary functions of every number of a buffer, sixteen at a time.
///
/// `x` and `y` have the same length and are the same memory or do not overlap. Only `y` is written, also when it is a slice in the
/// middle of an arena; up to fifteen numbers behind the end of `x` may be read. The bits of a result depend on its argument alone, not
/// on its place in the buffer, and are the same on every CPU with fused multiply-add.
///
/// Errors are in units in the last place (ulp) of the true value, bounds above the worst of every float in range. Without fused
/// multiply-add sine and cosine lose digits, see `sin16`. The polynomials come from `Benchmarks/golden/minimax.py`.
public enum VectorMaths {
    /// y[i] = exp x[i], within 1.1 ulp; see `exp16`.
    public static func exp(_ x: Floats, into y: Floats) { apply("exp", x, y) { exp16($0) } }

    /// y[i] = log x[i], within 1 ulp; -inf of zero, NaN of a negative number; see `log16`.
    public static func log(_ x: Floats, into y: Floats) { apply("log", x, y) { log16($0) } }

    /// y[i] = tanh x[i], within 2 ulp and never beyond ±1; see `tanh16`.
    public static func tanh(_ x: Floats, into y: Floats) { apply("tanh", x, y) { tanh16($0) } }

    /// y[i] = sin x[i], x in radians, within 2 ulp up to |x| = 2²⁰; see `sin16`.
    public static func sin(_ x: Floats, into y: Floats) { apply("sin", x, y) { sin16($0) } }

    /// y[i] = cos x[i], x in radians, within 2 ulp up to |x| = 2²⁰; see `cos16`.
    public static func cos(_ x: Floats, into y: Floats) { apply("cos", x, y) { cos16($0) } }

    @inline(__always)
    private static func apply(
        _ name: StaticString, _ x: Floats, _ y: Floats, _ function: (SIMD16<Float>) -> SIMD16<Float>
    ) {
        guard x.count == y.count else { fatalError("\(name) of \(x.count) numbers into \(y.count)") }
        let whole = x.count & ~15
        var i = 0
        while i < whole {
            storeSixteen(function(loadSixteen(x.base + i)), at: y.base + i)
            i += 16
        }
        if whole < x.count {
            store_first16(y.base + whole, function(loadSixteen(x.base + whole)), Int32(x.count - whole))
        }
    }
}

@inline(__always) func loadSixteen(_ place: UnsafePointer<Float>) -> SIMD16<Float> {
    UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
}
@inline(__always) func storeSixteen(_ vector: SIMD16<Float>, at place: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(place).storeBytes(of: vector, as: SIMD16<Float>.self)
}
