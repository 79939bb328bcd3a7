// Recurrent layers through time: against a twin in Double, across resets, and carried from segment to segment.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

/// A layer with a loss Σ weight · h over all steps, ready to run.
private struct Sequence {
    let store = ParameterStore()
    let layer: Recurrent
    let x: Inlet, state: Inlet, keep: Inlet, weights: Inlet
    let shown: [Outlet], last: Outlet
    let program: Program
    let steps: Int

    init(_ cell: RecurrentCell, inputs: Int, hidden: Int, steps: Int, rows: Int) {
        var random = RandomSource(seed: 31)
        layer = Recurrent("r", cell, inputs: inputs, hidden: hidden, in: store, using: &random)
        let tape = Tape(rows: rows, parameters: store)
        x = tape.input(.vector(steps * inputs))
        state = tape.input(.vector(layer.stateWidth))
        keep = tape.input(.vector(steps))
        weights = tape.input(.vector(hidden * steps))
        let unrolled = layer(x.node, steps: steps, from: state.node, keeping: keep.node)
        shown = unrolled.hidden.map { tape.output($0) }
        last = tape.output(unrolled.state)
        let each = (0..<steps).map { _ in tape.input(.vector(hidden)) }
        let loss = zip(unrolled.hidden, each).map { ($0 * $1.node).sum() }.reduce(nil) { (sum: Node?, next) in
            sum.map { $0 + next } ?? next
        }
        program = tape.compile(minimizing: loss!)
        self.steps = steps
        objective = each
        keep.rows.fill(1)
    }
    /// What each step's hidden state is multiplied by in the loss.
    let objective: [Inlet]
}

@Suite struct RecurrentTests {
    /// Every parameter's gradient against central differences of the whole sequence in Double, two of three rows beginning anew.
    @Test(arguments: RecurrentCell.allCases)
    func backPropagationThroughTimeIsTheDerivative(_ cell: RecurrentCell) {
        let inputs = 3, hidden = 5, steps = 4, rows = 3
        let s = Sequence(cell, inputs: inputs, hidden: hidden, steps: steps, rows: rows)
        var random = RandomSource(seed: 32)
        s.store.values.copy(from: random.floats(s.store.count, deviation: 0.5))
        s.x.rows.copy(from: random.floats(rows * steps * inputs))
        s.state.rows.copy(from: random.floats(rows * s.layer.stateWidth))
        s.keep.rows[1 * steps + 2] = 0
        s.keep.rows[2 * steps + 0] = 0
        for inlet in s.objective { inlet.rows.copy(from: random.floats(rows * hidden)) }
        let loss = s.program.gradients(rows: rows)

        let twin = RecurrentTwin(cell: cell, hidden: hidden)
        func objective(_ numbers: [[Double]]) -> Double {
            // In the order in which the layer reserves them.
            let w = numbers[0], u = numbers[1], bias = numbers[2]
            var total = 0.0
            for row in 0..<rows {
                var state = s.state.rows.row(row, width: s.layer.stateWidth).array.map(Double.init)
                for step in 0..<steps {
                    if s.keep.rows[row * steps + step] == 0 { state = state.map { _ in 0 } }
                    let x = s.x.rows.slice((row * steps + step) * inputs, inputs).array.map(Double.init)
                    let projection = twin.projection(x, w, bias: bias)
                    let rest = Array(bias.dropFirst(cell.blocks * hidden))
                    state = twin.next(projection, twin.gates(projection, state, u, bias: rest), state)
                    for j in 0..<hidden { total += state[j] * Double(s.objective[step].rows[row * hidden + j]) }
                }
            }
            return total
        }
        var numbers = s.store.parameters.map { s.store.values(of: $0).array.map(Double.init) }
        expectClose([loss], [objective(numbers)], absolute: 1e-5, relative: 1e-5)
        for (i, parameter) in s.store.parameters.enumerated() {
            let expected = numbers[i].indices.map { (j: Int) -> Double in
                let middle = numbers[i][j]
                defer { numbers[i][j] = middle }
                numbers[i][j] = middle + 1e-6
                let above = objective(numbers)
                numbers[i][j] = middle - 1e-6
                return (above - objective(numbers)) / 2e-6
            }
            expectClose(s.store.gradients(of: parameter).array, expected, absolute: 2e-5, relative: 2e-5, parameter.name)
        }
    }

    /// One sequence of six steps with a reset in the middle, against two of three steps: the same bits, whatever stood in the state.
    @Test(arguments: RecurrentCell.allCases)
    func aResetEqualsASequenceOfItsOwn(_ cell: RecurrentCell) {
        let inputs = 7, hidden = 19, rows = 5
        let long = Sequence(cell, inputs: inputs, hidden: hidden, steps: 6, rows: rows)
        let short = Sequence(cell, inputs: inputs, hidden: hidden, steps: 3, rows: rows)
        var random = RandomSource(seed: 33)
        let start = random.floats(rows * long.layer.stateWidth), x = random.floats(rows * 6 * inputs)
        long.x.rows.copy(from: x)
        long.state.rows.copy(from: start)
        for row in 0..<rows { long.keep.rows[row * 6 + 3] = 0 }
        long.program.forward(rows: rows)
        for half in 0..<2 {
            for row in 0..<rows {
                short.x.rows.slice(row * 3 * inputs, 3 * inputs).copy(
                    from: Array(x[(row * 6 + half * 3) * inputs..<(row * 6 + half * 3 + 3) * inputs]))
            }
            if half == 0 { short.state.rows.copy(from: start) } else { short.state.rows.fill(0) }
            short.program.forward(rows: rows)
            for step in 0..<3 {
                expectSameBits(short.shown[step].rows.array, long.shown[half * 3 + step].rows.array, "half \(half), step \(step)")
            }
        }
        // What a broken episode left behind cannot reach the next one.
        long.state.rows.fill(.nan)
        long.program.forward(rows: rows)
        expectSameBits(long.shown[5].rows.array, short.shown[2].rows.array)
        #expect(long.shown[2].rows[0].isNaN)
    }

    /// No gradient passes a reset: with a loss on the steps after it, what came before may be anything.
    @Test(arguments: RecurrentCell.allCases)
    func noGradientPassesAReset(_ cell: RecurrentCell) {
        let inputs = 4, hidden = 6, steps = 5, rows = 3
        let s = Sequence(cell, inputs: inputs, hidden: hidden, steps: steps, rows: rows)
        var random = RandomSource(seed: 34)
        let x = random.floats(rows * steps * inputs)
        for step in 2..<steps { s.objective[step].rows.copy(from: random.floats(rows * hidden)) }
        func gradients(before factor: Float, reset: Bool) -> [Float] {
            s.x.rows.copy(from: x)
            for row in 0..<rows {
                for j in 0..<2 * inputs { s.x.rows[row * steps * inputs + j] *= factor }
                s.keep.rows[row * steps + 2] = reset ? 0 : 1
            }
            _ = s.program.gradients(rows: rows)
            return s.store.gradients.array
        }
        expectSameBits(gradients(before: -3, reset: true), gradients(before: 1, reset: true))
        #expect(gradients(before: -3, reset: false) != gradients(before: 1, reset: false))
    }

    /// Two segments of three steps with the state carried, against one of six: the same bits.
    @Test(arguments: RecurrentCell.allCases)
    func carryingTheStateEqualsTheLongSequence(_ cell: RecurrentCell) {
        let inputs = 5, hidden = 16, rows = 4
        let long = Sequence(cell, inputs: inputs, hidden: hidden, steps: 6, rows: rows)
        let short = Sequence(cell, inputs: inputs, hidden: hidden, steps: 3, rows: rows)
        var random = RandomSource(seed: 35)
        let x = random.floats(rows * 6 * inputs)
        long.x.rows.copy(from: x)
        long.program.forward(rows: rows)
        for half in 0..<2 {
            for row in 0..<rows {
                short.x.rows.slice(row * 3 * inputs, 3 * inputs).copy(
                    from: Array(x[(row * 6 + half * 3) * inputs..<(row * 6 + half * 3 + 3) * inputs]))
            }
            if half == 1 { short.state.rows.copy(from: short.last.rows) }
            short.program.forward(rows: rows)
        }
        expectSameBits(short.last.rows.array, long.last.rows.array)
        #expect(long.last.rows.array.contains { $0 != 0 })
    }

    /// The heads of all steps as one product, and one after another: the same bits.
    @Test func oneHeadOnEveryStepEqualsOneForEach() {
        var random = RandomSource(seed: 36)
        let store = ParameterStore(), steps = 3, hidden = 18, rows = 4
        let layer = Recurrent("r", .lstm, inputs: 2, hidden: hidden, in: store, using: &random)
        let head = Linear("head", inputs: hidden, outputs: 5, in: store, using: &random)
        let tape = Tape(rows: rows, parameters: store)
        let x = tape.input(.vector(steps * 2)), state = tape.input(.vector(layer.stateWidth))
        let unrolled = layer(x.node, steps: steps, from: state.node)
        let together = tape.output(head(unrolled.hidden(after: 1..<3), steps: 2)),
            each = unrolled.hidden.map { tape.output(head($0)) }
        let program = tape.compile()
        x.rows.copy(from: random.floats(x.rows.count))
        program.forward(rows: rows)
        for row in 0..<rows {
            for step in 1..<3 {
                expectSameBits(together.rows.slice((row * 2 + step - 1) * 5, 5).array, each[step].rows.row(row, width: 5).array)
            }
        }
    }

    @Test func anLSTMBeginsRemembering() {
        var random = RandomSource(seed: 37)
        let store = ParameterStore()
        _ = Recurrent("a", .lstm, inputs: 2, hidden: 8, in: store, using: &random)
        _ = Recurrent("b", .lstm, inputs: 2, hidden: 8, memory: 60, in: store, using: &random)
        let bias = store.values(of: store.parameters.first { $0.name == "a.bias" }!).array
        #expect(bias == Array(repeating: 0, count: 8) + Array(repeating: 1, count: 8) + Array(repeating: 0, count: 16))
        let long = store.values(of: store.parameters.first { $0.name == "b.bias" }!).array
        #expect(long[8..<16].allSatisfy { $0 >= 0 && $0 < 4.1 } && Set(long[8..<16]).count == 8)
        for j in 0..<8 { #expect(long[j] == -long[8 + j]) }
    }

    @Test func whatDoesNotFitTraps() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            let store = ParameterStore()
            let layer = Recurrent("r", .lstm, inputs: 3, hidden: 4, in: store, using: &random)
            let tape = Tape(rows: 1, parameters: store)
            // A GRU's state under an LSTM.
            _ = layer(tape.input(.vector(6)).node, steps: 2, from: tape.input(.vector(4)).node)
        }
    }
}
