// Memory across a gap: an LSTM copies eight symbols after fifty blanks, and cannot where its state is taken away.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

/// The copying task (Hochreiter & Schmidhuber 1997, task 5; in the form of Arjovsky et al. 2016): eight symbols, fifty blanks, the
/// last of them the sign to answer, then the eight symbols again from memory.
private struct CopyTask {
    static let symbols = 2, length = 8, blanks = 50, steps = 2 * length + blanks, inputs = symbols + 2, rows = 32
    let store = ParameterStore()
    let x: Inlet, keep: Inlet, labels: [Inlet], answers: [Outlet]
    let program: Program
    var random: RandomSource

    init(seed: UInt64, hidden: Int = 64) {
        random = RandomSource(seed: seed)
        let layer = Recurrent(
            "memory", .lstm, inputs: Self.inputs, hidden: hidden, memory: Self.blanks + Self.length, in: store, using: &random)
        let head = Linear("answer", inputs: hidden, outputs: Self.symbols, in: store, using: &random)
        let tape = Tape(rows: Self.rows, parameters: store)
        x = tape.input(.vector(Self.steps * Self.inputs))
        keep = tape.input(.vector(Self.steps))
        labels = (0..<Self.length).map { _ in tape.input(.vector(1)) }
        let state = tape.input(.vector(layer.stateWidth))
        let hidden = layer(x.node, steps: Self.steps, from: state.node, keeping: keep.node).hidden.suffix(Self.length)
        let scores = hidden.map { head($0).logSoftmax() }
        answers = scores.map { tape.output($0) }
        let loss = zip(scores, labels).map { $0.picking($1.node).mean() }
        program = tape.compile(minimizing: loss.dropFirst().reduce(loss[0], +).scaled(by: -1 / Float(Self.length)))
        keep.rows.fill(1)
    }

    /// Fills the inlets with new sequences, one-hot: the symbols, then blank, then the sign to answer.
    mutating func draw() {
        x.rows.fill(0)
        for row in 0..<Self.rows {
            for step in 0..<Self.steps {
                var input = step == Self.length + Self.blanks - 1 ? Self.symbols + 1 : Self.symbols
                if step < Self.length {
                    input = random.below(Self.symbols)
                    labels[step].rows[row] = Float(input)
                }
                x.rows[(row * Self.steps + step) * Self.inputs + input] = 1
            }
        }
    }
    /// The share of right answers in the batch that was run last.
    var accuracy: Double {
        var right = 0
        for (answer, label) in zip(answers, labels) {
            for row in 0..<Self.rows {
                let scores = answer.rows.row(row, width: Self.symbols).array
                if scores.indices.max(by: { scores[$0] < scores[$1] }) == Int(label.rows[row]) { right += 1 }
            }
        }
        return Double(right) / Double(Self.length * Self.rows)
    }
    /// Over `batches` new ones.
    mutating func test(_ batches: Int) -> Double {
        var sum = 0.0
        for _ in 0..<batches {
            draw()
            program.forward(rows: Self.rows)
            sum += accuracy
        }
        return sum / Double(batches)
    }
    /// Adam with clipped gradients until a running mean of the accuracy passes `goal`.
    mutating func train(updates: Int, goal: Double = 0.998) {
        let optimizer = Adam(for: store)
        var running = 0.0
        for _ in 0..<updates {
            draw()
            _ = program.gradients(rows: Self.rows)
            _ = store.clipGradients(toNorm: 1)
            optimizer.apply(to: store, learningRate: 0.01)
            running += 0.02 * (accuracy - running)
            if running > goal { return }
        }
    }
}

@Suite struct RecurrentLearningTests {
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func anLSTMCopiesAfterFiftyBlanks(seed: UInt64) {
        var task = CopyTask(seed: seed)
        task.train(updates: 8000)
        let remembering = task.test(40)
        #expect(remembering >= 0.99)
        // The same network, its state taken away at every step: it can only guess.
        task.keep.rows.fill(0)
        let forgetting = task.test(200)
        #expect(abs(forgetting - 1 / Double(CopyTask.symbols)) <= 0.02)
    }

    /// Without a state from the beginning nothing is learned either: the answer is nowhere else.
    @Test func nothingIsLearnedWithoutAState() {
        var task = CopyTask(seed: 1)
        task.keep.rows.fill(0)
        task.train(updates: 300)
        #expect(abs(task.test(200) - 1 / Double(CopyTask.symbols)) <= 0.02)
    }
}
