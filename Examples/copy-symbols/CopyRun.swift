// One training run on the copying task, and its examination with and without the network's state.
import Basics
import Kernels
import Neural

final class CopyRun {
    static let rows = 32
    private let task = CopyTask()
    private let network: CopyNetwork
    private var random: RandomSource
    private let x: Inlet, labels: [Inlet]
    /// For each step of each row 1, or 0 where it begins with an empty state.
    private let keep: Inlet
    private let scores: [Outlet]
    private let program: Program

    init(seed: UInt64) {
        random = RandomSource(seed: seed)
        network = CopyNetwork(span: task.blanks + CopyTask.length, using: &random)
        let tape = Tape(rows: Self.rows, parameters: network.parameters)
        x = tape.input(.vector(task.steps * CopyTask.inputs))
        labels = (0..<CopyTask.length).map { _ in tape.input(.vector(1)) }
        // Nobody fills it: every sequence begins with a state of zeros.
        let state = tape.input(.vector(network.memory.stateWidth))
        keep = tape.input(.vector(task.steps))
        let unrolled = network.memory(x.node, steps: task.steps, from: state.node, keeping: keep.node)
        let last = unrolled.hidden(after: task.steps - CopyTask.length..<task.steps)
        let all = network.answer(last, steps: CopyTask.length)
        let each = (0..<CopyTask.length).map { all.slice(from: $0 * CopyTask.alphabet, length: CopyTask.alphabet) }
        scores = each.map { tape.output($0) }
        let losses = zip(each, labels).map { $0.crossEntropy(label: $1.node).mean() }
        program = tape.compile(minimizing: losses.dropFirst().reduce(losses[0], +).scaled(by: 1 / Float(CopyTask.length)))
        remembers = true
    }

    /// Whether the state goes from step to step; where it does not, every step stands alone.
    var remembers: Bool {
        get { keep.rows[0] == 1 }
        set { keep.rows.fill(newValue ? 1 : 0) }
    }

    private func draw() {
        task.draw(rows: Self.rows, into: x.rows, labels: labels.map(\.rows), using: &random)
    }

    /// Adam with a rate that falls to nothing, gradients clipped.
    func train(updates: Int) {
        let optimizer = Adam(for: network.parameters), rate = Schedule.linear(from: 0.03, to: 0, steps: updates)
        for update in 0..<updates {
            draw()
            _ = program.gradients(rows: Self.rows)
            _ = network.parameters.clipGradients(toNorm: 1)
            optimizer.apply(to: network.parameters, learningRate: Float(rate.value(at: update)))
        }
    }

    /// The share of symbols that are right in new sequences.
    func examine(batches: Int = 50) -> Double {
        var right = 0
        for _ in 0..<batches {
            draw()
            program.forward(rows: Self.rows)
            for (scores, labels) in zip(scores, labels) {
                for row in 0..<Self.rows {
                    let found = scores.rows.row(row, width: CopyTask.alphabet).array
                    if found.indices.max(by: { found[$0] < found[$1] }) == Int(labels.rows[row]) { right += 1 }
                }
            }
        }
        return Double(right) / Double(batches * Self.rows * CopyTask.length)
    }
}
