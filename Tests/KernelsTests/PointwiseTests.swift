// The one-line loops against the same line in Double, for lengths that fill vectors and lengths that do not.
import Basics
import Kernels
import TestSupport
import Testing

@Suite struct PointwiseTests {
    private static let counts = [1, 7, 15, 16, 17, 64, 100]

    /// What `kernel` makes of random a, b and an old d, against `twin` of each triple.
    private func check(
        _ count: Int, tolerance: Double = 3e-7, _ kernel: (_ a: Floats, _ b: Floats, _ d: Floats) -> Void,
        twin: (_ a: Double, _ b: Double, _ d: Double) -> Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var random = RandomSource(seed: 6)
        // Halves, so that both sides of every kink and the kinks themselves occur.
        let numbers = (0..<3).map { _ in (0..<count).map { _ in Float(random.below(13) - 6) / 2 + 0.25 * Float(random.below(2)) }
        }
        let arena = GuardedArena(count: 3 * count, buffers: 3)
        let a = arena.place(numbers[0]), b = arena.place(numbers[1].map { $0 == 0 ? 1 : $0 }), d = arena.place(numbers[2])
        let expected = (0..<count).map { twin(Double(a[$0]), Double(b[$0]), Double(d[$0])) }
        kernel(a, b, d)
        expectClose(
            d.array, expected, absolute: tolerance, relative: tolerance, "\(count) numbers", sourceLocation: sourceLocation)
        #expect(arena.breach == nil, sourceLocation: sourceLocation)
    }

    @Test(arguments: counts) func values(_ count: Int) {
        check(count) { a, b, d in
            Pointwise.add(a, b, into: d)
        } twin: { a, b, _ in
            a + b
        }
        check(count) { a, b, d in
            Pointwise.subtract(a, b, into: d)
        } twin: { a, b, _ in
            a - b
        }
        check(count) { a, b, d in
            Pointwise.multiply(a, b, into: d)
        } twin: { a, b, _ in
            a * b
        }
        check(count) { a, _, d in
            Pointwise.scale(a, by: -1.5, plus: 0.25, into: d)
        } twin: { a, _, _ in
            -1.5 * a + 0.25
        }
        check(count) { a, _, d in
            Pointwise.square(a, into: d)
        } twin: { a, _, _ in
            a * a
        }
        check(count) { a, _, d in
            Pointwise.relu(a, into: d)
        } twin: { a, _, _ in
            max(a, 0)
        }
        check(count) { a, _, d in
            Pointwise.huber(a, threshold: 1.5, into: d)
        } twin: { a, _, _ in
            abs(a) <= 1.5 ? a * a / 2 : 1.5 * (abs(a) - 0.75)
        }
    }

    @Test(arguments: counts, [Float(0), 1]) func gradients(_ count: Int, _ beta: Float) {
        let old = Double(beta)
        check(count) { a, _, d in
            Pointwise.accumulate(a, times: -2, beta: beta, into: d)
        } twin: { a, _, d in
            old * d - 2 * a
        }
        check(count) { a, b, d in
            Pointwise.accumulate(a, times: b, factor: 2, beta: beta, into: d)
        } twin: { a, b, d in
            old * d + 2 * a * b
        }
        check(count) { a, b, d in
            Pointwise.accumulate(a, over: b, beta: beta, into: d)
        } twin: { a, b, d in
            old * d + a / b
        }
        check(count) { _, _, d in
            Pointwise.accumulate(0.75, beta: beta, into: d)
        } twin: { _, _, d in
            old * d + 0.75
        }
        check(count) { a, b, d in
            Pointwise.accumulateReLU(a, b, beta: beta, into: d)
        } twin: { a, b, d in
            old * d + (b > 0 ? a : 0)
        }
        check(count) { a, b, d in
            Pointwise.accumulateTanh(a, b, beta: beta, into: d)
        } twin: { a, b, d in
            old * d + a * (1 - b * b)
        }
        check(count) { a, b, d in
            Pointwise.huberGradient(a, b, threshold: 1.5, beta: beta, into: d)
        } twin: { a, b, d in
            old * d + min(max(a, -1.5), 1.5) * b
        }
    }

    /// β = 0 assigns: what stood there, even NaN, is gone.
    @Test func theFirstWriterDoesNotRead() {
        let one = Storage<Float>(count: 20), d = Storage<Float>(count: 20)
        one.all.fill(1)
        let kernels: [(Floats, Floats) -> Void] = [
            { Pointwise.accumulate($0, times: 1, beta: 0, into: $1) }, { Pointwise.accumulate($0, times: $0, beta: 0, into: $1) },
            { Pointwise.accumulate($0, over: $0, beta: 0, into: $1) }, { Pointwise.accumulate($0[0], beta: 0, into: $1) },
            { Pointwise.accumulateReLU($0, $0, beta: 0, into: $1) },
            { Pointwise.huberGradient($0, $0, threshold: 2, beta: 0, into: $1) },
        ]
        for kernel in kernels {
            d.all.fill(.nan)
            kernel(one.all, d.all)
            #expect(d.all.array.allSatisfy { $0 == 1 })
        }
        d.all.fill(.nan)
        Pointwise.accumulateTanh(one.all, one.all, beta: 0, into: d.all)
        #expect(d.all.array.allSatisfy { $0 == 0 })
    }

    @Test func reluKeepsNaN() {
        let x = Storage<Float>(count: 3)
        x.all.copy(from: [-.infinity, .nan, .infinity])
        Pointwise.relu(x.all, into: x.all)
        #expect(x.all[0] == 0 && x.all[1].isNaN && x.all[2] == .infinity)
    }

    @Test func differingLengthsTrap() async {
        await #expect(processExitsWith: .failure) {
            let a = Storage<Float>(count: 3), b = Storage<Float>(count: 4)
            Pointwise.add(a.all, b.all, into: b.all)
        }
    }
}
