// The tape that learns action values: observations, actions and targets in, one loss out.
import Basics
import Kernels
import Neural
import RLCore

struct QLearner {
    let observation: ObservationInlet
    let action: Inlet
    let target: Inlet
    /// Importance weights, where rows are not drawn alike.
    let weight: Inlet?
    let program: Program
    private let returns: ReturnModel
    /// What the network says of the actions taken, [rows, width].
    private let prediction: Outlet
    /// What each row's prediction costs.
    private let costs: Outlet
    private let means: Storage<Float>
    private let shares: Storage<Float>

    /// - Parameter weighted: whether rows count by importance weights.
    init(
        _ network: QNetwork, _ online: ParameterStore, _ plan: QNetwork.Plan, observationSpace: Space, rows: Int, huber: Bool,
        weighted: Bool
    ) {
        returns = plan.returns
        let width = plan.returns.width
        let tape = Tape(rows: rows, parameters: online)
        observation = ObservationInlet(tape, observationSpace)
        action = tape.input(.vector(1), named: "action")
        target = tape.input(.vector(width), named: "target")
        weight = weighted ? tape.input(.vector(1), named: "weight") : nil
        let outputs = network(observation.node)
        let said = width == 1 ? outputs.picking(action.node) : outputs.gathering(action.node, block: width)
        prediction = tape.output(said)
        let cost = plan.returns.loss(of: said, to: target.node, huber: huber)
        costs = tape.output(cost)
        program = tape.compile(minimizing: (weight.map { cost.multiplied(by: $0.node) } ?? cost).mean())
        means = Storage(count: rows)
        shares = Storage(count: rows * width)
    }

    /// Forward and backward over the whole batch, with new noise where the network has any.
    ///
    /// - Returns: the loss.
    func gradients(using random: inout RandomSource) -> Float {
        let rows = means.all.count
        if program.needsChance { program.draw(rows: rows, using: &random) }
        return program.gradients(rows: rows)
    }

    /// The mean of Q(s, a) over the batch, after a run.
    func meanValue() -> Float {
        let rows = means.all.count
        returns.means(of: prediction.rows, count: rows, probabilities: shares.all, into: means.all)
        return Reduction.sum(means.all) / Float(rows)
    }

    /// How wrong each row was, [rows], after a run: |Q − y|, or the loss of a distribution.
    func errors() -> Floats {
        let rows = means.all.count
        if case .mean = returns {
            for r in 0..<rows { means.all[r] = abs(prediction.rows[r] - target.rows[r]) }
            return means.all
        }
        return costs.rows
    }
}
