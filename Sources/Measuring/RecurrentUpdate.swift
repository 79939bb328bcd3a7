// The recurrent network that the bench updates: an LSTM through time with a linear head on every step.
import Basics
import Kernels
import Neural

/// LSTM 128 over 16 steps of 64 inputs from a state of zeros, a head of 6, mean squared error, Adam; 32 rows.
final class RecurrentUpdate {
    static let inputs = 64, hidden = 128, steps = 16, outputs = 6, rows = 32
    static let name = "update/lstm-\(hidden)x\(steps)/\(rows)"
    /// Products forward and both gradients; no gradient of the inputs, and nothing for the state that the first step begins with.
    static let operations: Int = {
        let projection = inputs * 4 * hidden, recurrent = hidden * 4 * hidden, head = hidden * outputs
        return 2 * rows * (steps * (2 * projection + 3 * head) + 3 * (steps - 1) * recurrent)
    }()

    private let store = ParameterStore()
    private let program: Program
    private let optimizer: Adam

    init() {
        var random = RandomSource(seed: 1, key: [3])
        let layer = Recurrent("lstm", .lstm, inputs: Self.inputs, hidden: Self.hidden, in: store, using: &random)
        let head = Linear("head", inputs: Self.hidden, outputs: Self.outputs, in: store, using: &random)
        let tape = Tape(rows: Self.rows, parameters: store)
        let x = tape.input(.vector(Self.steps * Self.inputs))
        let targets = tape.input(.vector(Self.steps * Self.outputs))
        let hidden = layer(x.node, steps: Self.steps, from: nil, handsOn: false).hidden(after: 0..<Self.steps)
        program = tape.compile(minimizing: (head(hidden, steps: Self.steps) - targets.node).squared().mean())
        optimizer = Adam(for: store)
        for inlet in [x, targets] {
            for i in 0..<inlet.rows.count { inlet.rows[i] = Float(random.normal()) }
        }
    }

    func update() {
        let loss = program.gradients(rows: Self.rows)
        guard loss.isFinite else { fatalError("the recurrent update's loss is \(loss)") }
        optimizer.apply(to: store, learningRate: 1e-3)
    }

    /// Where the time of one update goes: the program's entries, then the optimizer.
    func parts(repetitions: Int = 50) -> [UpdatePart] {
        UpdatePart.all(of: program, rows: Self.rows, optimizer, store, repetitions: repetitions)
    }
}
