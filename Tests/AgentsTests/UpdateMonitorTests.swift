// What an agent's monitor lets through to the optimizer, and what it measures when it is asked.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@testable import Agents

@Suite struct UpdateMonitorTests {
    /// y = relu(w·x), loss the mean of y²; SGD by hand.
    private struct Line {
        let store = ParameterStore()
        let x: Inlet
        let program: Program
        let optimizer: SGD
        let monitor: UpdateMonitor

        init() {
            var random = RandomSource(seed: 1)
            let w = store.reserve("w", [1, 2], .given([1, -1]), using: &random)
            let b = store.reserve("b", [2], .constant(0), using: &random)
            let tape = Tape(rows: 2, parameters: store)
            x = tape.input(.vector(1), named: "x")
            let y = x.node.affine(tape.parameter(w), tape.parameter(b), outputs: 2, activation: .relu)
            program = tape.compile(minimizing: y.squared().mean())
            optimizer = SGD(for: store)
            monitor = UpdateMonitor(program, store, prefix: "critic_")
        }
        func update(_ inputs: [Float], rate: Float, step: Int = 7) throws(NotFinite) {
            x.rows.copy(from: inputs)
            let loss = program.gradients(rows: 2)
            try monitor.apply(loss: loss, norm: store.gradientNorm, rows: 2, step: step) {
                optimizer.apply(to: store, learningRate: rate)
            }
        }
    }

    @Test func whatIsNotFiniteDoesNotReachTheOptimizer() throws {
        let line = Line(), before = line.store.values.array
        let found = #expect(throws: NotFinite.self) { try line.update([1, .nan], rate: 0.5, step: 12) }
        let fault = try #require(found)
        #expect(fault.step == 12 && fault.quantity == .input && fault.layer == "\"x\"" && fault.rows == [1])
        expectSameBits(line.store.values.array, before)
        // 1e20 squared is not a number that floats hold, though every parameter is.
        #expect(throws: NotFinite.self) { try line.update([1e20, 1], rate: 0.5) }
        expectSameBits(line.store.values.array, before)
    }

    /// x = 1, 1: y = (1, 0), the second unit is dead; dw = (1, 0), db = (1, 0), so a rate of 0.5 moves (1, −1, 0, 0) by √½ of √2.
    @Test func theFirstUpdateAfterEachQuestionIsMeasured() throws {
        let line = Line()
        #expect(line.monitor.names == ["critic_dead_units", "critic_saturation", "critic_update_ratio"])
        try line.update([1, 1], rate: 0.5)
        try line.update([-1, -1], rate: 0)
        let first = line.monitor.measurements()
        #expect(first[0] == 0.5 && first[1] == nil)
        #expect(abs(try #require(first[2]) - 0.5) < 1e-6)
        // Nothing was asked since; the two updates after the question are a measured and an unmeasured one.
        try line.update([-1, -1], rate: 0)
        try line.update([1, 1], rate: 0.5)
        let second = line.monitor.measurements()
        #expect(second[0] == 0.5 && second[2] == 0)
    }

    @Test func whatWasMeasuredIsSaved() throws {
        let line = Line(), other = Line()
        try line.update([1, 1], rate: 0.5)
        var archive = Archive()
        line.monitor.save(into: &archive)
        try other.monitor.load(from: archive)
        // It was measured before it was saved, so the next one is not.
        try other.update([-1, -1], rate: 0)
        #expect(other.monitor.measurements() == line.monitor.measurements())
    }
}
