// One double or eight: rules that are written over these give eight lanes the bits that they give to one.
import Kernels

/// `Double` and `SIMD8<Double>`. Every operation rounds lane by lane as that of `Double` does; none is fused.
///
/// Not public: every file that sees these operators has more of them to weigh when its types are checked.
protocol Reals: BitwiseCopyable, Sendable, Equatable {
    /// What a comparison gives: one answer, or one for each lane.
    associatedtype Truth: Truths

    init(all value: Double)
    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
    static func + (a: Double, b: Self) -> Self
    static func - (a: Double, b: Self) -> Self
    static func * (a: Double, b: Self) -> Self
    static func + (a: Self, b: Double) -> Self
    static func - (a: Self, b: Double) -> Self
    static func * (a: Self, b: Double) -> Self
    static func / (a: Self, b: Double) -> Self
    static func .< (a: Self, b: Double) -> Truth
    static func .> (a: Self, b: Double) -> Truth
    static func .<= (a: Self, b: Double) -> Truth
    static func .>= (a: Self, b: Double) -> Truth
    static prefix func - (a: Self) -> Self
    /// Where the condition holds, the other number.
    func replacing(with other: Double, where condition: Truth) -> Self
    func replacing(with other: Self, where condition: Truth) -> Self
    /// See `sineAndCosine`.
    var sineAndCosine: (sine: Self, cosine: Self) { get }
    var sine: Self { get }
    var cosine: Self { get }
    /// Rounded to single precision.
    var single: Self { get }
}

/// `Bool` and eight of it.
protocol Truths {
    static func .& (a: Self, b: Self) -> Self
    static func .| (a: Self, b: Self) -> Self
    /// Bit i is set where it holds for lane i.
    var bits: UInt32 { get }
}

extension Truths {
    @inline(__always) var isAny: Bool { bits != 0 }
}

extension Reals {
    /// The nearest number in low ... high; NaN stays NaN.
    @inline(__always) func bounded(_ low: Double, _ high: Double) -> Self {
        replacing(with: low, where: self .< low).replacing(with: high, where: self .> high)
    }

    /// Of an angle in radians what remains after whole turns, from 0 to 2π: NumPy's `x % (2 * pi)` to the bit for |x| < 4·10⁸.
    ///
    /// The remainder of |x| is exact: 2π in parts of 40 and 13 bits, so that products with up to 2¹³ turns are exact, and so are the
    /// differences. Only what brings a negative remainder back above 0 rounds, as it does in NumPy.
    @inline(__always) var withinTurn: Self {
        let magnitude = replacing(with: -self, where: self .< 0)
        var rest = (magnitude .> 25_000).isAny ? magnitude.lessTurns(of: 8192) : magnitude
        rest = rest.lessTurns(of: 1)
        let back = (2 * Double.pi - rest).replacing(with: 0, where: rest .<= 0)
        return rest.replacing(with: back, where: self .< 0)
    }

    /// What remains of a number that is not negative after multiples of so many turns, a power of two, from 0 on.
    @inline(__always) func lessTurns(of count: Double) -> Self {
        // Adding 1.5·2⁵² rounds to a whole number.
        let rounder = 6_755_399_441_055_744.0
        let turns = (self * (0.15915494309189535 / count) + rounder) - rounder
        let rest = (self - turns * (0x1.921fb54442p+2 * count)) - turns * (0x1.a3p-39 * count)
        return rest.replacing(with: rest + 2 * Double.pi * count, where: rest .< 0)
    }
}

extension Bool: Truths {
    @inline(__always) static func .& (a: Bool, b: Bool) -> Bool { a && b }
    @inline(__always) static func .| (a: Bool, b: Bool) -> Bool { a || b }
    @inline(__always) var bits: UInt32 { self ? 1 : 0 }
}
extension SIMDMask: Truths where Storage == SIMD8<Int64> {
    @inline(__always) var bits: UInt32 { SIMD8<Double>(repeating: 0).replacing(with: 1, where: self).bitsOfNonzero }
}

extension Double: Reals {
    @inline(__always) init(all value: Double) { self = value }
    @inline(__always) static func .< (a: Double, b: Double) -> Bool { a < b }
    @inline(__always) static func .> (a: Double, b: Double) -> Bool { a > b }
    @inline(__always) static func .<= (a: Double, b: Double) -> Bool { a <= b }
    @inline(__always) static func .>= (a: Double, b: Double) -> Bool { a >= b }
    @inline(__always) func replacing(with other: Double, where condition: Bool) -> Double {
        condition ? other : self
    }
    @inline(__always) var sineAndCosine: (sine: Double, cosine: Double) { Kernels.sineAndCosine(self) }
    @inline(__always) var sine: Double { Kernels.sine(self) }
    @inline(__always) var cosine: Double { Kernels.cosine(self) }
    @inline(__always) var single: Double { Double(Float(self)) }
}

extension SIMD8: Reals where Scalar == Double {
    @inline(__always) init(all value: Double) { self.init(repeating: value) }
    @inline(__always) var sineAndCosine: (sine: SIMD8<Double>, cosine: SIMD8<Double>) {
        Kernels.sineAndCosine(self)
    }
    @inline(__always) var sine: SIMD8<Double> { Kernels.sineAndCosine(self).sine }
    @inline(__always) var cosine: SIMD8<Double> { Kernels.sineAndCosine(self).cosine }
    @inline(__always) var single: SIMD8<Double> { floats.doubles }
}
