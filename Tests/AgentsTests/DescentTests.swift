// One step of what every learner shares: clipped, counted, measured, and saved whole.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@testable import Agents

@Suite struct DescentTests {
    /// Loss (w·x)², so its gradient with respect to w is 2w·x².
    private struct Line {
        let store = ParameterStore()
        let x: Inlet
        let program: Program
        let descent: Descent

        init(limit: Float = 1) {
            var random = RandomSource(seed: 1)
            let w = store.reserve("w", [1, 1], .given([3]), using: &random)
            let b = store.reserve("b", [1], .constant(0), using: &random)
            let tape = Tape(rows: 1, parameters: store)
            x = tape.input(.vector(1), named: "x")
            let y = x.node.affine(tape.parameter(w), tape.parameter(b), outputs: 1)
            program = tape.compile(minimizing: y.squared().mean())
            descent = Descent(
                program, store, Adam(for: store), learningRate: .linear(from: 0.5, to: 0, steps: 100), gradientLimit: limit)
        }
        func step(_ input: Float) throws(NotFinite) -> Float {
            x.rows[0] = input
            descent.advance(by: 2)
            return try descent.step(loss: program.gradients(rows: 1), rows: 1)
        }
    }

    /// w = 3, x = 1: dw = 6, db = 6, norm 6√2; the rate after two of a hundred steps is 0.49, and Adam's first step is the rate.
    @Test func aStepIsClippedCountedAndTakenAtTheRateOfItsTime() throws {
        let line = Line()
        let norm = try line.step(1)
        #expect(abs(norm - 6 * Float(2).squareRoot()) < 1e-5)
        #expect(abs(line.store.gradientNorm - 1) < 1e-5)
        #expect(line.descent.steps == 2 && line.descent.updates == 1)
        #expect(abs(line.store.values[0] - (3 - 0.49)) < 1e-5)
    }

    @Test func whatIsNotFiniteIsNoUpdate() throws {
        let line = Line()
        #expect(throws: NotFinite.self) { try line.step(.nan) }
        #expect(line.descent.updates == 0 && line.store.values[0] == 3)
    }

    @Test func allOfItIsSaved() throws {
        let line = Line(), other = Line()
        _ = try line.step(1)
        var archive = Archive()
        line.descent.save(into: &archive)
        _ = try other.step(-2)
        try other.descent.load(from: archive)
        #expect(other.descent.steps == 2 && other.descent.updates == 1)
        _ = (try line.step(0.5), try other.step(0.5))
        expectSameBits(other.store.values.array, line.store.values.array)
    }

    @Test(arguments: ["counters", "parameters/", "optimizer/", "monitor/"]) func noPartMayBeMissing(_ part: String) throws {
        let line = Line()
        var archive = Archive()
        line.descent.save(into: &archive)
        var less = Archive()
        for name in archive.names where !name.hasPrefix(part) { less.store(try #require(archive[name]), as: name) }
        #expect(throws: ArchiveError.self) { try Line().descent.load(from: less) }
    }
}
