// Chance on a tape: the same seed gives the same bits, what was drawn stays until the next draw, and nobody runs without a draw.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct NoiseTests {
    private func draws(_ noise: Noise, rows: Int, width: Int, capacity: Int, shared: Bool = false, seed: UInt64 = 3) -> [Float] {
        let tape = Tape(rows: capacity, parameters: ParameterStore())
        let outlet = tape.output(tape.noise(noise, .vector(width), shared: shared))
        let program = tape.compile()
        var random = RandomSource(seed: seed)
        program.forward(rows: rows, using: &random)
        return shared ? outlet.rows.array : outlet.rows.slice(0, rows * width).array
    }

    @Test(arguments: [Noise.uniform, .normal, .rootNormal, .mask(keep: 0.75)])
    func theSameSeedGivesTheSameBits(_ noise: Noise) {
        let first = draws(noise, rows: 5, width: 7, capacity: 5)
        expectSameBits(draws(noise, rows: 5, width: 7, capacity: 64), first, "capacity")
        expectSameBits(Array(draws(noise, rows: 9, width: 7, capacity: 9).prefix(35)), first, "more rows")
        #expect(draws(noise, rows: 5, width: 7, capacity: 5, seed: 4) != first)
        #expect(draws(noise, rows: 5, width: 7, capacity: 5, shared: true).count == 7)
    }

    /// Means, variances and bounds over 40,000 draws, each within four deviations of its estimate.
    @Test func momentsOfEachKind() {
        func moments(_ noise: Noise) -> (mean: Double, variance: Double, all: [Float]) {
            let all = draws(noise, rows: 400, width: 100, capacity: 400)
            let mean = all.reduce(0) { $0 + Double($1) } / 40_000
            return (mean, all.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 40_000, all)
        }
        let uniform = moments(.uniform)
        #expect(abs(uniform.mean - 0.5) < 0.006 && abs(uniform.variance - 1 / 12.0) < 0.0016)
        #expect(uniform.all.allSatisfy { $0 >= 0 && $0 < 1 })
        let normal = moments(.normal)
        #expect(abs(normal.mean) < 0.02 && abs(normal.variance - 1) < 0.029)
        // E|ε| = √(2/π) is the variance of ±√|ε|.
        let root = moments(.rootNormal)
        #expect(abs(root.mean) < 0.018 && abs(root.variance - 0.79788) < 0.013)
        let mask = moments(.mask(keep: 0.75))
        #expect(Set(mask.all) == [0, Float(1 / 0.75)] && abs(mask.mean - 1) < 0.012)
        #expect(Set(moments(.mask(keep: 1)).all) == [1])
    }

    @Test func aRunWithoutADrawIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 4, parameters: ParameterStore())
            _ = tape.output(Dropout(0.5)(tape.input(.vector(2)).node))
            let program = tape.compile()
            var random = RandomSource(seed: 1)
            program.forward(rows: 2, using: &random)
            program.forward(rows: 3)
        }
        #expect(result.lastWords.contains("2 rows of it are drawn, 3 are needed"))
    }

    @Test func aMaskThatKeepsNothingIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 4, parameters: ParameterStore())
            _ = tape.noise(.mask(keep: 0), .vector(2), file: "Somewhere/Network.swift", line: 4711)
        }
        #expect(result.lastWords.contains("Somewhere/Network.swift:4711"))
        let dropout = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Dropout(1) }
        #expect(dropout.lastWords.contains("a dropout's chance is at least 0 and below 1, got 1.0"))
    }
}
