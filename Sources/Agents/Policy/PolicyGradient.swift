// The gradient of whole episodes: mean w·∇log π over all their steps, in passes of a fixed number of rows.
import Basics
import Kernels
import Neural
import RLCore

final class PolicyGradient {
    private let parameters: ParameterStore
    private let observation: ObservationInlet
    private let action: Inlet
    private let weight: Inlet
    private let target: Inlet?
    private let policyLoss: Outlet
    private let valueLoss: Outlet?
    private let entropy: Outlet
    let program: Program
    private let accumulation: GradientAccumulation
    /// Rows of one pass.
    let capacity: Int

    /// - Parameter valueWeight: of (target − V(s))² in the loss; nil where the network has no value.
    init(
        _ network: ActorCriticNetwork, _ parameters: ParameterStore, _ observations: Space, _ actions: Space,
        entropyWeight: Float, valueWeight: Float?, rows: Int
    ) {
        self.parameters = parameters
        capacity = rows
        let tape = Tape(rows: rows, parameters: parameters)
        observation = ObservationInlet(tape, observations)
        let action = tape.input(.vector(actions.shape.count), named: "action"), weight = tape.input(.vector(1), named: "weight")
        (self.action, self.weight) = (action, weight)
        func losses(_ policy: PolicyDistribution) -> (gain: Node, spread: Node) {
            (policy.logProbability(of: action.node).multiplied(by: weight.node).mean(), policy.entropy.mean())
        }
        if let valueWeight {
            let target = tape.input(.vector(1), named: "return")
            let (policy, value) = network(observation.node)
            let (gain, spread) = losses(policy)
            let error = value.meanSquaredError(to: target.node)
            self.target = target
            valueLoss = tape.output(error)
            policyLoss = tape.output(-gain)
            entropy = tape.output(spread)
            program = tape.compile(minimizing: error.scaled(by: valueWeight) - gain - spread.scaled(by: entropyWeight))
        } else {
            let (gain, spread) = losses(network.policy(observation.node))
            target = nil
            valueLoss = nil
            policyLoss = tape.output(-gain)
            entropy = tape.output(spread)
            program = tape.compile(minimizing: -gain - spread.scaled(by: entropyWeight))
        }
        accumulation = GradientAccumulation(for: parameters)
    }

    var byteCount: Int { program.byteCount + 4 * parameters.count }

    /// The gradient of the mean loss over all rows into the store.
    ///
    /// - Parameters:
    ///   - weights, targets: [rows]; targets are what V(s) is fitted to.
    ///   - step: of the environment, for the error.
    /// - Returns: loss, policy loss, value loss and entropy, means over all rows.
    /// - Throws: when a loss or a gradient is not finite.
    func gradients(
        of memory: EpisodeMemory, weights: [Float], targets: [Float], step: Int
    ) throws(NotFinite) -> Metrics {
        var sums = Metrics()
        let count = memory.rowCount, width = action.node.shape.count
        for start in stride(from: 0, to: count, by: capacity) {
            let rows = min(capacity, count - start)
            memory.finished.copyObservations(from: start, count: rows, into: observation.rows)
            for i in 0..<rows * width { action.rows[i] = memory.finished.actions[start * width + i] }
            for i in 0..<rows {
                weight.rows[i] = weights[start + i]
                target?.rows[i] = targets[start + i]
            }
            let share = Float(rows) / Float(count)
            let loss = program.gradients(rows: rows)
            // Each pass by itself, while what it left behind can still be looked through.
            do throws(NotFinite) {
                try program.requireFinite(loss: loss, gradientNorm: parameters.gradientNorm, rows: rows, step: step)
            } catch { throw error.moved(by: start) }
            sums.values[0] += share * loss
            sums.values[1] += share * policyLoss.rows[0]
            sums.values[2] += share * (valueLoss?.rows[0] ?? 0)
            sums.values[3] += share * entropy.rows[0]
            accumulation.add(parameters, rows: rows)
        }
        accumulation.finish(into: parameters)
        return sums
    }
}
