// The short pieces of code on the pages of Documentation/core about training, sequences and images, compiled and run.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct PageSnippets {
    /// A layer of each kind behind the last, as the page on convolutions walks through them.
    @Test func imagesBecomeScores() {
        var random = RandomSource(seed: 1)
        // snippet: convolutions
        let store = ParameterStore()
        // 84 × 84 pixels of four channels, innermost: the last four frames of a game.
        let screen = Shape.image(height: 84, width: 84, channels: 4)
        let first = Convolution(
            "first", channels: 4, filters: 32, kernel: 8, stride: 4, activation: .relu, in: store, using: &random)
        let second = Convolution(
            "second", channels: 32, filters: 32, kernel: 3, padding: 2, dilation: 2, activation: .relu, in: store, using: &random)
        let cheap = SeparableConvolution(
            "cheap", channels: 32, filters: 64, kernel: 3, stride: 2, activation: .relu, in: store, using: &random)
        let scores = Linear("scores", inputs: 64, outputs: 6, in: store, using: &random)

        let tape = Tape(rows: 32, parameters: store)
        // Bytes, as a world gives them; every run begins by making them floats between 0 and 1.
        let pixels = tape.bytes(screen, scale: 1 / 255)
        // [84, 84, 4] → [20, 20, 32], the same size again, → [9, 9, 64] → [4, 4, 64] → [64] → [6]
        let seen = cheap(second(first(pixels.node))).maxPooled(kernel: 2).globalAveragePooled()
        let answer = tape.output(scores(seen))
        let program = tape.compile()
        // end
        for i in 0..<pixels.rows.count { pixels.rows[i] = UInt8(random.below(256)) }
        program.forward(rows: 32)
        #expect(answer.rows.count == 32 * 6 && answer.rows.array.allSatisfy { $0.isFinite })
        #expect(Set(answer.rows.array).count > 32 * 5)
    }

    /// Two segments with the state carried are not two sequences of their own.
    @Test func aSegmentGoesOnWhereTheLastOneEnded() {
        var random = RandomSource(seed: 2)
        let store = ParameterStore(), steps = 5
        // snippet: recurrent
        let memory = Recurrent("memory", .lstm, inputs: 4, hidden: 64, in: store, using: &random)
        let head = Linear("head", inputs: 64, outputs: 2, in: store, using: &random)
        let tape = Tape(rows: 32, parameters: store)
        // One row: its steps one after another.
        let x = tape.input(.vector(steps * 4))
        // What the first step begins with: h, or h and c.
        let state = tape.input(.vector(memory.stateWidth))
        // 1, or 0 where a row begins anew with this step.
        let keep = tape.input(.vector(steps))
        let unrolled = memory(x.node, steps: steps, from: state.node, keeping: keep.node)
        // The same head on every step: [steps · 2].
        let answers = tape.output(head(unrolled.hidden(after: 0..<steps), steps: steps))
        let last = tape.output(unrolled.state)
        let program = tape.compile()
        // end
        let segments = (0..<2).map { _ in random.floats(x.rows.count) }
        keep.rows.fill(1)
        // snippet: segments
        for segment in segments {
            x.rows.copy(from: segment)
            program.forward(rows: 32)
            // The next segment begins where this one ended.
            state.rows.copy(from: last.rows)
        }
        // end
        let carried = answers.rows.array
        state.rows.fill(0)
        program.forward(rows: 32)
        #expect(answers.rows.array != carried)
    }

    /// A torso that was trained elsewhere stays as it is while its new head learns.
    @Test func aFrozenTorsoKeepsItsBits() throws {
        var random = RandomSource(seed: 3)
        let elsewhere = ParameterStore()
        _ = Linear("old.torso.layer", inputs: 4, outputs: 8, activation: .tanh, in: elsewhere, using: &random)
        var archive = Archive()
        elsewhere.save(into: &archive)
        // snippet: transfer
        let store = ParameterStore()
        let torso = Linear("torso.layer", inputs: 4, outputs: 8, activation: .tanh, in: store, using: &random)
        let head = Linear("head", inputs: 8, outputs: 1, in: store, using: &random)
        try store.load("torso.", from: archive, named: "old.torso.")
        // Before the tape is compiled: then no gradient is computed for it either.
        store.freeze("torso.")
        // end
        let tape = Tape(rows: 6, parameters: store), x = tape.input(.vector(4)), target = tape.input(.vector(1))
        let program = tape.compile(minimizing: head(torso(x.node)).meanSquaredError(to: target.node))
        let optimizer = Adam(for: store), before = store.values.array
        // snippet: accumulation
        let average = ParameterAverage(of: store, .exponential(decay: 0.99))
        let accumulation = GradientAccumulation(for: store)
        for _ in 0..<4 {
            x.rows.copy(from: random.floats(x.rows.count))
            target.rows.copy(from: random.floats(target.rows.count))
            _ = program.gradients(rows: 6)
            accumulation.add(store, rows: 6)
        }
        accumulation.finish(into: store)
        optimizer.apply(to: store, learningRate: 1e-3)
        average.add(store)
        // end
        let frozen = store.parameters.filter { $0.name.hasPrefix("torso.") }
        #expect(frozen.count == 2)
        for parameter in store.parameters {
            let range = parameter.offset..<parameter.offset + parameter.count
            #expect(
                (Array(before[range]) == store.values(of: parameter).array) == frozen.contains(parameter), "\(parameter.name)")
        }
        expectSameBits(average.store.values.array, store.values.array)
    }

    /// What a run watches: NaN stops it before the optimizer has seen it, and the message says where it stood.
    @Test func aNumberThatIsNotFiniteIsNamed() throws {
        var random = RandomSource(seed: 4)
        let store = ParameterStore(), layer = Linear("layer", inputs: 2, outputs: 3, activation: .relu, in: store, using: &random)
        let tape = Tape(rows: 4, parameters: store), x = tape.input(.vector(2)), units = layer(x.node), shown = tape.output(units)
        let program = tape.compile(minimizing: units.squared().mean()), optimizer = Adam(for: store)
        x.rows.copy(from: random.floats(8))
        // snippet: watching
        let ratio = UpdateRatio(for: store)
        for step in 0..<100 {
            // Throws at the first NaN or infinity: step, quantity, layer with its line, rows of the batch.
            _ = try program.finiteGradients(rows: 4, step: step)
            _ = store.clipGradients(toNorm: 1)
            optimizer.apply(to: store, learningRate: 1e-3)
        }
        // About 1e-3 an update is healthy; far more is too fast, far less is standing still.
        let ratios = ratio.measure(store).map(\.ratio)
        let dead = UnitCounts(shown.rows, rows: 4, width: 3).dead
        // end
        #expect(ratios.allSatisfy { $0 > 0 && $0.isFinite } && (0...3).contains(dead))
        x.rows[5] = .nan
        #expect(throws: NotFinite.self) { try program.finiteGradients(rows: 4, step: 100) }
    }
}
