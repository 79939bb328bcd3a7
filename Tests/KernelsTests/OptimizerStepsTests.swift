// Each optimizer step against its formula in Double over several steps, and worked by hand for the first.
import Basics
import Glibc
import Kernels
import TestSupport
import Testing

@Suite struct OptimizerStepsTests {
    private static let count = 37
    /// Three gradients after each other, and where the values start.
    private struct Run {
        let start: [Float]
        let gradients: [[Float]]
        let arena = GuardedArena(count: 4 * count, buffers: 4)
        init() {
            var random = RandomSource(seed: 12)
            start = random.floats(count)
            gradients = (0..<3).map { _ in random.floats(count) }
        }
        func zeros() -> Floats { arena.place(Array(repeating: 0, count: count)) }

        /// Runs `kernel` on buffers and `twin` on one number's value, gradient and two moments, and compares.
        func check(
            _ kernel: (_ values: Floats, _ gradients: Floats, _ a: Floats, _ b: Floats, _ step: Int) -> Void,
            twin: (_ value: inout Double, _ gradient: Double, _ a: inout Double, _ b: inout Double, _ step: Int) -> Void,
            sourceLocation: SourceLocation = #_sourceLocation
        ) {
            let v = arena.place(start), g = zeros(), a = zeros(), b = zeros()
            var exact = start.map { (value: Double($0), a: 0.0, b: 0.0) }
            for (step, gradient) in gradients.enumerated() {
                g.copy(from: gradient)
                kernel(v, g, a, b, step + 1)
                for i in 0..<count {
                    var (value, a, b) = exact[i]
                    twin(&value, Double(gradient[i]), &a, &b, step + 1)
                    exact[i] = (value, a, b)
                }
                expectClose(
                    v.array, exact.map(\.value), absolute: 4e-7, relative: 4e-7, "after step \(step + 1)",
                    sourceLocation: sourceLocation)
            }
            #expect(arena.breach == nil, sourceLocation: sourceLocation)
        }
    }

    @Test func descent() {
        Run().check { v, g, _, _, _ in
            OptimizerSteps.descent(values: v, gradients: g, rate: 0.1)
        } twin: { v, g, _, _, _ in
            v -= 0.1 * g
        }
    }
    @Test func momentum() {
        Run().check { v, g, m, _, _ in
            OptimizerSteps.momentum(values: v, gradients: g, velocity: m, rate: 0.1, momentum: 0.9)
        } twin: { v, g, m, _, _ in
            m = 0.9 * m + g
            v -= 0.1 * m
        }
    }
    @Test func rmsProp() {
        Run().check { v, g, s, _, _ in
            OptimizerSteps.rmsProp(values: v, gradients: g, squares: s, rate: 0.01, decay: 0.75, epsilon: 1e-3)
        } twin: { v, g, s, _, _ in
            s = 0.75 * s + 0.25 * g * g
            v -= 0.01 * g / (s.squareRoot() + 1e-3)
        }
    }
    @Test func centredRMSProp() {
        Run().check { v, g, s, m, _ in
            OptimizerSteps.centredRMSProp(values: v, gradients: g, squares: s, means: m, rate: 0.01, decay: 0.75, epsilon: 1e-2)
        } twin: { v, g, s, m, _ in
            s = 0.75 * s + 0.25 * g * g
            m = 0.75 * m + 0.25 * g
            v -= 0.01 * g / (max(s - m * m, 0).squareRoot() + 1e-2)
        }
    }
    /// The paper's algorithm 1, with m̂ and v̂, against the kernel's rearrangement; β are exact in Float.
    @Test func adam() {
        Run().check { v, g, m, s, t in
            let correction = (1 - Glibc.pow(0.9375, Double(t))).squareRoot()
            OptimizerSteps.adam(
                values: v, gradients: g, first: m, second: s, rate: Float(0.01 * correction / (1 - Glibc.pow(0.75, Double(t)))),
                beta1: 0.75, beta2: 0.9375, epsilon: Float(1e-3 * correction))
        } twin: { v, g, m, s, t in
            m = 0.75 * m + 0.25 * g
            s = 0.9375 * s + 0.0625 * g * g
            let first = m / (1 - Glibc.pow(0.75, Double(t))), second = s / (1 - Glibc.pow(0.9375, Double(t)))
            v -= 0.01 * first / (second.squareRoot() + 1e-3)
        }
    }

    @Test func blendAndScale() {
        let a = Storage<Float>(count: 3), b = Storage<Float>(count: 3)
        a.all.copy(from: [1, -2, 4])
        b.all.copy(from: [3, 2, 0])
        OptimizerSteps.blend(a.all, toward: b.all, by: 0.25)
        #expect(a.all.array == [1.5, -1, 3])
        OptimizerSteps.scale(a.all, by: -2)
        #expect(a.all.array == [-3, 2, -6])
    }

    @Test func momentsOfAnotherLengthTrap() async {
        await #expect(processExitsWith: .failure) {
            let three = Storage<Float>(count: 3), two = Storage<Float>(count: 2)
            OptimizerSteps.momentum(values: three.all, gradients: three.all, velocity: two.all, rate: 1, momentum: 0.5)
        }
    }
}
