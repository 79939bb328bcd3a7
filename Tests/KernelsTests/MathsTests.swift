// The elementary functions against the C library's doubles: error in ulp over the whole range, edges, tails.

import CVector
import Glibc
import Kernels
import Testing

#if DEBUG
    /// How many arguments a sweep takes: vectors are slow in debug builds.
    private let density = 1 << 17
#else
    private let density = 1 << 22
#endif

/// A variable, so that no branch is dead in any build.
private let fused = cvector_fused != 0

/// One function of `VectorMaths` with its twin in double precision.
struct MathsCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let function: @Sendable (Floats, Floats) -> Void
    let twin: @Sendable (Double) -> Double

    static let exp = MathsCase(testDescription: "exp", function: { VectorMaths.exp($0, into: $1) }, twin: { Glibc.exp($0) })
    static let log = MathsCase(testDescription: "log", function: { VectorMaths.log($0, into: $1) }, twin: { Glibc.log($0) })
    static let tanh = MathsCase(testDescription: "tanh", function: { VectorMaths.tanh($0, into: $1) }, twin: { Glibc.tanh($0) })
    static let sin = MathsCase(testDescription: "sin", function: { VectorMaths.sin($0, into: $1) }, twin: { Glibc.sin($0) })
    static let cos = MathsCase(testDescription: "cos", function: { VectorMaths.cos($0, into: $1) }, twin: { Glibc.cos($0) })
    static let all = [exp, log, tanh, sin, cos]

    /// The function of every number of `arguments`.
    func callAsFunction(_ arguments: [Float]) -> [Float] {
        let x = Storage<Float>(count: arguments.count), y = Storage<Float>(count: arguments.count)
        x.all.copy(from: arguments)
        function(x.all, y.all)
        return y.all.array
    }
    func callAsFunction(_ argument: Float) -> Float { self([argument])[0] }

    /// The largest error over `arguments` in units in the last place of the true value, and where it occurs.
    func worst(_ arguments: [Float]) -> (ulps: Double, at: Float) {
        var worst = (ulps: 0.0, at: Float.nan)
        for (x, y) in zip(arguments, self(arguments)) {
            let exact = twin(Double(x))
            let nearest = Float(exact)
            let error = nearest.isInfinite ? (y == nearest ? 0 : .infinity) : abs(Double(y) - exact) / Double(nearest.ulp)
            if !(error <= worst.ulps) { worst = (error, x) }
        }
        return worst
    }
}

/// Floats of both ends and, by bit pattern, evenly between: every binade gets the same share. Both numbers are positive.
func sweep(_ low: Float, _ high: Float, count: Int = density) -> [Float] {
    let first = Double(low.bitPattern), last = Double(high.bitPattern)
    return (0..<count).map { i in Float(bitPattern: UInt32(first + (last - first) * Double(i) / Double(count - 1))) }
}
/// Evenly spaced numbers.
func even(_ low: Float, _ high: Float, count: Int = density) -> [Float] {
    (0..<count).map { i in Float(Double(low) + (Double(high) - Double(low)) * Double(i) / Double(count - 1)) }
}

@Suite struct MathsTests {
    @Test func exponentialIsWithinItsBound() {
        let growing = MathsCase.exp.worst(sweep(1e-30, 88.7228))
        #expect(growing.ulps <= 1.1, "exp(\(growing.at))")
        let falling = MathsCase.exp.worst(sweep(1e-30, 103.9).map { -$0 })
        #expect(falling.ulps <= 1.1, "exp(\(falling.at))")
        let straight = MathsCase.exp.worst(even(-104, 88.7))
        #expect(straight.ulps <= 1.1, "exp(\(straight.at))")
    }

    @Test func exponentialAtTheEdges() {
        let exp = MathsCase.exp
        #expect(exp(0) == 1 && exp(-0.0) == 1)
        #expect(exp(.infinity) == .infinity && exp(88.73) == .infinity && exp(1e30) == .infinity)
        #expect(exp(-.infinity) == 0 && exp(-104.1) == 0 && exp(-1e30) == 0)
        #expect(exp(.nan).isNaN)
        #expect(exp(-103.5) == .leastNonzeroMagnitude)
        #expect(exp(88.72) > 3.3e38)
    }

    @Test func logarithmIsWithinOneUlp() {
        for (low, high) in [(Float.leastNonzeroMagnitude, Float.greatestFiniteMagnitude), (0.4, 2.5), (0.99, 1.01)] {
            let worst = MathsCase.log.worst(sweep(low, high))
            #expect(worst.ulps <= 1, "log(\(worst.at))")
        }
    }

    @Test func logarithmAtTheEdges() {
        let log = MathsCase.log
        #expect(log(1) == 0)
        #expect(log(0) == -.infinity && log(-0.0) == -.infinity)
        #expect(log(.infinity) == .infinity)
        for x: Float in [-1e-30, -1, -3e38, -.infinity, .nan] {
            #expect(log(x).isNaN, "log(\(x))")
        }
    }

    @Test func hyperbolicTangentIsWithinTwoUlp() {
        for arguments in [sweep(.leastNonzeroMagnitude, 20), even(0, 10)] {
            let worst = MathsCase.tanh.worst(arguments)
            #expect(worst.ulps <= 2, "tanh(\(worst.at))")
        }
    }

    @Test func hyperbolicTangentSaturatesAndIsOdd() {
        let tanh = MathsCase.tanh
        let x = sweep(.leastNonzeroMagnitude, .greatestFiniteMagnitude)
        let up = tanh(x), down = tanh(x.map { -$0 })
        #expect(zip(up, down).allSatisfy { $0.bitPattern == (-$1).bitPattern })
        #expect(up.allSatisfy { $0 <= 1 })
        #expect(zip(x, up).allSatisfy { $0 < 9.02 || $1 == 1 })
        #expect(tanh(.infinity) == 1 && tanh(-.infinity) == -1)
        #expect(tanh(0).bitPattern == 0 && tanh(-0.0).bitPattern == (-0.0 as Float).bitPattern)
        #expect(tanh(.nan).isNaN)
    }

    /// Beside the sweeps, the floats nearest to every multiple of π/2, where the reduction must keep its digits.
    @Test(arguments: [MathsCase.sin, .cos], [(reach: Float(8192), ulps: 2.0), (reach: 1_048_576, ulps: 2)])
    func sineAndCosineAreWithin(_ function: MathsCase, _ bound: (reach: Float, ulps: Double)) {
        let zeros = (1...min(density, Int(bound.reach * 0.6366))).map { Float(Double($0) * .pi / 2) }
        let positive = sweep(1e-30, bound.reach) + even(0, bound.reach) + zeros
        for arguments in [positive, positive.map { -$0 }] {
            if fused {
                let worst = function.worst(arguments)
                #expect(worst.ulps <= bound.ulps, "\(function.testDescription)(\(worst.at))")
            } else {
                let close = zip(arguments, function(arguments)).allSatisfy {
                    abs(Double($1) - function.twin(Double($0))) <= 0x1p-24 * (1 + abs(Double($0)))
                }
                #expect(close)
            }
        }
    }

    @Test func sineAndCosineAtTheEdges() {
        #expect(MathsCase.sin(0) == 0 && MathsCase.cos(0) == 1)
        for function in [MathsCase.sin, .cos] {
            for x in [Float.infinity, -.infinity, .nan, 2_097_153, -1e10] { #expect(function(x).isNaN) }
            for x in even(-2_097_152, 2_097_152, count: 10_000) { #expect(abs(function(x)) <= 1) }
        }
    }

    /// Fixed bits: every build with fused multiply-add, whatever its vectors' width, must give these.
    @Test(
        .enabled(if: fused),
        arguments: [
            (MathsCase.exp, 14_645_569_718_400_935_305), (.log, 10_808_720_685_678_652_872), (.tanh, 15_242_033_484_793_018_386),
            (.sin, 17_834_560_568_355_442_937), (.cos, 878_094_616_050_451_785),
        ] as [(MathsCase, UInt64)])
    func sameBitsEverywhere(_ function: MathsCase, _ expected: UInt64) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for y in function(even(0.001, 80, count: 20_011)) + function(sweep(1e-30, 80, count: 20_011)) {
            hash = (hash ^ UInt64(y.bitPattern)) &* 0x0000_0100_0000_01b3
        }
        #expect(hash == expected)
    }

    /// Every length, in the middle of an arena: the neighbours stay, and a number's bits do not depend on its place.
    @Test(arguments: MathsCase.all)
    func tailsLeaveTheirNeighboursAlone(_ function: MathsCase) {
        let values = even(0.1, 3, count: 40)
        let alone = values.map { function($0) }
        for count in 0...40 {
            let x = Storage<Float>(count: 48), y = Storage<Float>(count: 48)
            x.all.slice(3, 40).copy(from: values)
            y.all.fill(-7)
            function.function(x.all.slice(3, count), y.all.slice(5, count))
            #expect(y.all.slice(5, count).array.map(\.bitPattern) == alone.prefix(count).map(\.bitPattern))
            #expect(y.all.slice(0, 5).array == Array(repeating: -7, count: 5))
            #expect(y.all.slice(5 + count, 43 - count).array == Array(repeating: -7, count: 43 - count))
        }
    }

    @Test(arguments: MathsCase.all)
    func worksInPlace(_ function: MathsCase) {
        let values = even(0.1, 3, count: 37)
        let x = Storage<Float>(count: 37)
        x.all.copy(from: values)
        function.function(x.all, x.all)
        #expect(x.all.array == function(values))
    }

    @Test func differingLengthsTrap() async {
        await #expect(processExitsWith: .failure) {
            VectorMaths.exp(Storage<Float>(count: 3).all, into: Storage<Float>(count: 4).all)
        }
    }
}
