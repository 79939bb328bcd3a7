// A forward-only program of a policy: what decides, while learning and afterwards.
import Basics
import Kernels
import Neural
import RLCore

final class PolicyRunner {
    private let observation: ObservationInlet
    /// Probabilities [rows, choices], or means [rows, width].
    private let centre: Outlet
    /// Logarithms of deviations, [rows, width]; nil where actions are choices.
    private let logDeviation: Outlet?
    private let program: Program
    private let actionSpace: Space
    var capacity: Int { program.capacity }
    var entries: [NetworkEntry] { program.table.map(NetworkEntry.init) }
    var byteCount: Int { program.byteCount }

    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ observations: Space, _ actions: Space, rows: Int) {
        actionSpace = actions
        let tape = Tape(rows: rows, parameters: parameters, mode: .evaluation)
        observation = ObservationInlet(tape, observations)
        switch network.policy(observation.node) {
        case .categorical(let choice):
            centre = tape.output(choice.probabilities)
            logDeviation = nil
        case .gaussian(let numbers):
            centre = tape.output(numbers.mean)
            logDeviation = tape.output(numbers.logDeviation)
        }
        program = tape.compile()
    }

    /// - Precondition: no more rows than `capacity`.
    func run(_ observations: Rows) {
        observation.fill(from: observations)
        program.forward(rows: observations.count)
    }

    /// [rows, choices], after `run`; of means where actions are numbers.
    var probabilities: Floats { centre.rows }

    /// The likeliest choice, or the mean, of the row that was run.
    func best(_ row: Int, into actions: Actions) {
        guard let count = actionSpace.discreteCount else {
            for i in 0..<actions.width { actions.values[row * actions.width + i] = centre.rows[row * actions.width + i] }
            return
        }
        Reduction.argmax(centre.rows.row(row, width: count), width: count, rows: 1, into: actions.indices.slice(row, 1))
    }

    /// As the policy draws; numbers may lie outside of the action space.
    func sample(_ row: Int, into actions: Actions, using random: inout RandomSource) {
        guard let count = actionSpace.discreteCount else {
            guard let logDeviation else { return }
            for i in row * actions.width..<(row + 1) * actions.width {
                let deviation = ScalarMaths.exp(Double(logDeviation.rows[i]))
                actions.values[i] = centre.rows[i] + Float(deviation * random.normal())
            }
            return
        }
        Categorical.sample(
            centre.rows.row(row, width: count), width: count, rows: 1, into: actions.indices.slice(row, 1), using: &random)
    }
}

extension Actions {
    /// Every number held within the bounds of `space`; choices stay.
    func clip(to space: Space) {
        guard case .box(_, let low, let high) = space else { return }
        for i in 0..<values.count { values[i] = min(max(values[i], low[i % width]), high[i % width]) }
    }
}
