// Sine and cosine in double precision against the C library's, and lanes against scalars.

import Glibc
import Kernels
import Testing

@Suite struct TrigonometryDoubleTests {
    /// Angles over the whole range, by binade and evenly, and the doubles nearest to the multiples of π/2.
    private static let angles: [Double] = {
        #if DEBUG
            let count = 100_000
        #else
            let count = 500_000
        #endif
        let low = Double(1e-40.bitPattern), high = Double(2e5.bitPattern)
        var angles = (0..<count).map { Double(bitPattern: UInt64(low + (high - low) * Double($0) / Double(count))) }
        angles += (0..<count).map { 2e5 * Double($0) / Double(count) }
        angles += (0..<count).map { 7 * Double($0) / Double(count) }
        angles += (1..<127_000).map { Double($0) * (.pi / 2) }
        angles += [Double.pi / 4, (Double.pi / 4).nextUp, 3 * Double.pi / 4, 0]
        return angles + angles.map { -$0 }
    }()

    /// The error of `value` in units in the last place, against the C library's extended precision.
    private static func ulps(_ value: Double, _ exact: Float80) -> Double {
        Double(abs(Float80(value) - exact)) / Double(exact).ulp
    }

    @Test func withinOneUlp() {
        var worst = (sine: 0.0, cosine: 0.0)
        for x in Self.angles {
            worst.sine = max(worst.sine, Self.ulps(sine(x), Glibc.sinl(Float80(x))))
            worst.cosine = max(worst.cosine, Self.ulps(cosine(x), Glibc.cosl(Float80(x))))
        }
        #expect(worst.sine <= 1)
        #expect(worst.cosine <= 1)
    }

    @Test func pairLanesAndSingleFunctionsAgreeToTheLastBit() {
        let special: [Double] = [0, -0.0, .infinity, -.infinity, .nan, 1e9, -1e14, 0x1p50, 0x1.0000000000001p50, -1e300, 1e-300]
        let angles = special + Self.angles.prefix(400_000)
        for start in stride(from: 0, to: angles.count - 7, by: 8) {
            let x = SIMD8<Double>((0..<8).map { angles[start + $0] })
            let lanes = sineAndCosine(x)
            for lane in 0..<8 {
                let pair = sineAndCosine(x[lane])
                if pair.sine.isNaN {
                    #expect(lanes.sine[lane].isNaN && lanes.cosine[lane].isNaN && pair.cosine.isNaN)
                    #expect(sine(x[lane]).isNaN && cosine(x[lane]).isNaN)
                    continue
                }
                guard
                    lanes.sine[lane].bitPattern == pair.sine.bitPattern,
                    lanes.cosine[lane].bitPattern == pair.cosine.bitPattern,
                    sine(x[lane]).bitPattern == pair.sine.bitPattern, cosine(x[lane]).bitPattern == pair.cosine.bitPattern
                else {
                    Issue.record("sine and cosine of \(x[lane]) differ between forms")
                    return
                }
            }
        }
    }

    /// Beyond the stated range: the sine of an angle within one unit in the last place of x, then NaN.
    @Test func largeAngles() {
        for x in stride(from: 2e5, through: 1e9, by: 98_765.432_1) {
            #expect(abs(sine(x) - Glibc.sin(x)) <= x.ulp)
            #expect(abs(cosine(-x) - Glibc.cos(x)) <= x.ulp)
        }
        for x in [0x1.0000000000001p50, 1e300, .infinity, -.infinity, .nan] {
            #expect(sine(x).isNaN)
            #expect(cosine(x).isNaN)
        }
    }

    /// Fixed bits: any build on any machine must give these.
    @Test func sameBitsEverywhere() {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for i in 0..<10_000 {
            let pair = sineAndCosine(Double(i) * 0.37 - 900)
            for bits in [pair.sine.bitPattern, pair.cosine.bitPattern] { hash = (hash ^ bits) &* 0x0000_0100_0000_01b3 }
        }
        #expect(hash == 6_749_993_519_323_688_045)
    }
}
