// A forward-only program that says what states are worth, and how likely what was done there was.
import Basics
import Kernels
import Neural
import RLCore

final class Judge {
    private let observation: ObservationInlet
    private let action: Inlet?
    private let value: Outlet
    private let logProbability: Outlet?
    private let program: Program
    var byteCount: Int { program.byteCount }

    /// - Parameters:
    ///   - rows: of one pass; longer rollouts take several.
    ///   - actions: given where probabilities of actions are asked for.
    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ observations: Space, rating actions: Space?, rows: Int) {
        let tape = Tape(rows: rows, parameters: parameters, mode: .evaluation)
        observation = ObservationInlet(tape, observations)
        guard let actions else {
            action = nil
            logProbability = nil
            value = tape.output(network.value(observation.node))
            program = tape.compile()
            return
        }
        let inlet = tape.input(.vector(actions.shape.count), named: "action")
        let both = network(observation.node)
        action = inlet
        value = tape.output(both.value)
        logProbability = tape.output(both.policy.logProbability(of: inlet.node))
        program = tape.compile()
    }

    /// values[r] ← V(row r), and where asked logProbabilities[r] ← log π(action r | row r), in passes of at most `rows`.
    func judge(_ observations: Rows, actions: Floats = .empty, values: Floats, logProbabilities: Floats = .empty) {
        var done = 0
        while done < observations.count {
            let rows = min(program.capacity, observations.count - done)
            observation.fill(from: observations.slice(done, rows))
            if let action {
                let width = action.node.shape.count
                // Values alone are wanted where no actions are given; any choice then serves.
                if actions.count == 0 {
                    action.rows.fill(0)
                } else {
                    action.rows.slice(0, rows * width).copy(from: actions.slice(done * width, rows * width))
                }
            }
            program.forward(rows: rows)
            values.slice(done, rows).copy(from: value.rows.slice(0, rows))
            if let logProbability, logProbabilities.count > 0 {
                logProbabilities.slice(done, rows).copy(from: logProbability.rows.slice(0, rows))
            }
            done += rows
        }
    }
}
