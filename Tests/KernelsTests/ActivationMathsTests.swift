// The activations at the ends of the range of floats, and where digits could be lost.
import Glibc
import Kernels
import TestSupport
import Testing

@Suite struct ActivationMathsTests {
    private func values(_ x: [Float], _ kernel: (Floats, Floats) -> Void) -> [Float] {
        let arena = GuardedArena(count: 2 * x.count, buffers: 2)
        let from = arena.place(x), to = arena.place([Float](repeating: -1, count: x.count))
        kernel(from, to)
        #expect(arena.breach == nil)
        return to.array
    }
    private let ends: [Float] = [-.infinity, -200, -50, 50, 200, .infinity]

    @Test func theEndsOfTheRange() {
        #expect(values(ends) { ActivationMaths.sigmoid($0, into: $1) }[0...1] == [0, 0])
        #expect(values(ends) { ActivationMaths.sigmoid($0, into: $1) }[3...5] == [1, 1, 1])
        #expect(values(ends) { ActivationMaths.softplus($0, into: $1) } == [0, 0, Float(Glibc.exp(-50.0)), 50, 200, .infinity])
        #expect(values(ends) { ActivationMaths.elu($0, alpha: 2, into: $1) } == [-2, -2, -2, 50, 200, .infinity])
        #expect(values([-200, -50, 50, 200]) { ActivationMaths.silu($0, into: $1) }.map { $0.rounded() } == [0, 0, 50, 200])
        #expect(values([-200, -50, 50, 200]) { ActivationMaths.gelu($0, into: $1) } == [0, 0, 50, 200])
    }

    @Test func notANumberStaysNone() {
        let x: [Float] = [.nan, 1]
        for kernel: (Floats, Floats) -> Void in [
            { ActivationMaths.sigmoid($0, into: $1) }, { ActivationMaths.softplus($0, into: $1) },
            { ActivationMaths.silu($0, into: $1) }, { ActivationMaths.dsilu($0, into: $1) },
            { ActivationMaths.gelu($0, into: $1) }, { ActivationMaths.elu($0, alpha: 1, into: $1) },
            { ActivationMaths.leakyReLU($0, slope: 0.1, into: $1) }, { Comparisons.clip($0, low: -1, high: 1, into: $1) },
            { Comparisons.magnitude($0, into: $1) }, { Pieces.largest($0, pieces: 2, width: 1, rows: 1, into: $1.slice(0, 1)) },
        ] { #expect(values(x, kernel)[0].isNaN) }
        let arena = GuardedArena(count: 6, buffers: 3)
        let a = arena.place([.nan, 1]), b = arena.place([1, .nan]), y = arena.place([0, 0])
        Comparisons.minimum(a, b, into: y)
        #expect(y[0].isNaN && y[1].isNaN)
        Comparisons.maximum(a, b, into: y)
        #expect(y[0].isNaN && y[1].isNaN)
    }

    /// Relative to the true value everywhere, not only to 1: small results keep their digits.
    @Test func smallResultsKeepTheirDigits() {
        let x = (0..<400).map { -40 + 0.2 * Float($0) }
        func relative(_ kernel: (Floats, Floats) -> Void, _ exact: (Double) -> Double) -> Double {
            zip(values(x, kernel), x).map { y, x in
                let value = exact(Double(x))
                return value == 0 ? 0 : abs(Double(y) - value) / abs(value)
            }.max()!
        }
        let ulp = 0x1p-23
        #expect(relative({ ActivationMaths.sigmoid($0, into: $1) }) { 1 / (1 + Glibc.exp(-$0)) } < 3 * ulp)
        #expect(relative({ ActivationMaths.softplus($0, into: $1) }) { Glibc.log1p(Glibc.exp($0)) } < 4 * ulp)
        #expect(relative({ ActivationMaths.elu($0, alpha: 1, into: $1) }) { $0 > 0 ? $0 : Glibc.expm1($0) } < 6 * ulp)
        // The tanh form is within 5e-4 of the one with erf.
        var worst = 0.0
        for (y, x) in zip(values(x, { ActivationMaths.gelu($0, into: $1) }), x) {
            let share: Double = 0.5 * (1 + Glibc.erf(Double(x) / 2.0.squareRoot()))
            worst = max(worst, abs(Double(y) - Double(x) * share))
        }
        #expect(worst < 5e-4 && worst > 1e-4)
    }
}
