// PPO's loss on a tape: a minibatch in, the clipped objective out (Schulman et al. 2017, equations 7 and 9).
import Basics
import Kernels
import Neural
import RLCore

struct PPOLearner {
    let advantage: Inlet
    let program: Program
    private let observation: ObservationInlet
    private let action: Inlet
    private let oldLogProbability: Inlet
    private let target: Inlet
    /// 1 − ε and 1 + ε in every row: ε may change from rollout to rollout, a recorded number may not.
    private let lowest: Inlet
    private let highest: Inlet
    /// V(s) of the parameters that acted, where the value's step is clipped.
    private let oldValue: Inlet?
    private let ratio: Outlet
    private let logRatio: Outlet
    private let policyLoss: Outlet
    private let valueLoss: Outlet
    private let entropy: Outlet
    private let rows: Int

    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ context: AgentContext, _ hyper: PPO.Hyperparameters) {
        rows = hyper.batchSize
        let tape = Tape(rows: rows, parameters: parameters)
        func number(_ name: String) -> Inlet { tape.input(.vector(1), named: name) }
        observation = ObservationInlet(tape, context.observationSpace)
        action = tape.input(.vector(context.actionSpace.shape.count), named: "action")
        (oldLogProbability, advantage, target) = (number("old log π"), number("advantage"), number("return"))
        (lowest, highest) = (number("1 - clip range"), number("1 + clip range"))

        let (policy, value) = network(observation.node)
        let difference = policy.logProbability(of: action.node) - oldLogProbability.node
        let probabilityRatio = difference.exp()
        let held = probabilityRatio.minimum(highest.node).maximum(lowest.node)
        let gain = (probabilityRatio * advantage.node).minimum(held * advantage.node).mean()
        let spread = policy.entropy.mean()

        var prediction = value
        if let range = hyper.valueClipRange {
            let old = number("old value")
            prediction = old.node + (value - old.node).clipped(-range, range)
            oldValue = old
        } else {
            oldValue = nil
        }
        let error = prediction.meanSquaredError(to: target.node)

        ratio = tape.output(probabilityRatio)
        logRatio = tape.output(difference)
        policyLoss = tape.output(-gain)
        valueLoss = tape.output(error)
        entropy = tape.output(spread)
        program = tape.compile(
            minimizing: error.scaled(by: hyper.valueWeight) - gain - spread.scaled(by: hyper.entropyWeight))
    }

    /// Copies these rows of a finished rollout into the inlets.
    func gather(_ chosen: Integers, of collector: RolloutCollector) {
        let rollout = collector.rollout, width = rollout.actionWidth
        let observations = observation.rows, seen = rollout.observations
        for r in 0..<chosen.count {
            let row = Int(chosen[r])
            observations.copy(r, from: seen, row)
            for i in 0..<width { action.rows[r * width + i] = rollout.actions[row * width + i] }
            oldLogProbability.rows[r] = collector.logProbabilities[row]
            advantage.rows[r] = rollout.advantages[row]
            target.rows[r] = rollout.returns[row]
            oldValue?.rows[r] = rollout.values[row]
        }
    }

    /// Gradients into the store.
    ///
    /// - Returns: loss, policy loss, value loss, entropy, mean (ρ − 1) − log ρ, and the share of rows with |ρ − 1| > ε.
    func gradients(clipRange: Float) -> Metrics {
        lowest.rows.fill(1 - clipRange)
        highest.rows.fill(1 + clipRange)
        var metrics = Metrics()
        metrics.values[0] = program.gradients(rows: rows)
        metrics.values[1] = policyLoss.rows[0]
        metrics.values[2] = valueLoss.rows[0]
        metrics.values[3] = entropy.rows[0]
        var divergence = 0.0, clipped = 0
        for r in 0..<rows {
            divergence += Double(ratio.rows[r]) - 1 - Double(logRatio.rows[r])
            if abs(ratio.rows[r] - 1) > clipRange { clipped += 1 }
        }
        metrics.values[4] = Float(divergence / Double(rows))
        metrics.values[5] = Float(clipped) / Float(rows)
        return metrics
    }
}
