// PPO: many small steps on one rollout, held near the policy that made it (Schulman et al. 2017, with the clipped objective).
public import Basics
import Kernels
import Neural
public import RLCore

/// L(θ) = −mean min(ρA, clip(ρ, 1 ± ε)·A) + c·mean (G − V(s))² − β·mean H(π(·|s)), ρ = π(a|s; θ) / π(a|s; θ_old); minimised for
/// `n_epochs` over the rollout in shuffled minibatches.
public final class PPO: Agent {
    public let metricNames = [
        "loss", "policy_loss", "value_loss", "entropy", "approx_kl", "clip_fraction", "gradient_norm", "learning_rate",
    ]
    public var diagnosticNames: [String] { descent.diagnosticNames }
    public var updates: Int { descent.updates }

    private let context: AgentContext
    private let hyper: Hyperparameters
    private let network: ActorCriticNetwork
    private let parameters = ParameterStore()
    private let collector: RolloutCollector
    private let learner: PPOLearner
    private let descent: Descent
    private let order: MinibatchOrder

    init(_ context: AgentContext, _ hyper: Hyperparameters, optimizer make: (ParameterStore) -> any Optimizer) {
        self.context = context
        self.hyper = hyper
        var random = context.random
        network = ActorCriticNetwork(
            context.observationSpace, context.actionSpace, hidden: hyper.hidden, activation: hyper.activation, in: parameters,
            using: &random)
        learner = PPOLearner(network, parameters, context, hyper)
        descent = Descent(
            learner.program, parameters, make(parameters), learningRate: hyper.learningRate, gradientLimit: hyper.gradientLimit)
        collector = RolloutCollector(
            network, parameters, context, steps: hyper.steps, discount: hyper.discount, lambda: hyper.lambda,
            keepsProbabilities: true)
        order = MinibatchOrder(rows: hyper.steps * context.lanes)
    }

    public var byteCount: Int {
        descent.byteCount + collector.byteCount + learner.program.byteCount + 4 * order.count
    }

    public func begin(_ first: StepBatch) { collector.begin(first) }
    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        collector.act(into: actions, using: &sources)
    }
    public func remember(_ actions: Actions, _ step: StepBatch) { collector.remember(actions, step) }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        descent.advance(by: context.lanes)
        guard collector.isFull else { return nil }
        collector.finish()
        defer { collector.clear() }
        let range = Float(hyper.clipRange.value(at: descent.steps))
        var sums = Metrics(), count = 0, steps = 0
        order.reset()
        epochs: for _ in 0..<hyper.epochs {
            order.shuffle(using: &random)
            for start in stride(from: 0, to: order.count, by: hyper.batchSize) {
                learner.gather(order.slice(start, hyper.batchSize), of: collector)
                if hyper.normalises { standardise(learner.advantage.rows) }
                let metrics = learner.gradients(clipRange: range)
                for i in 0..<6 { sums.values[i] += metrics.values[i] }
                count += 1
                if let limit = hyper.targetDivergence, metrics.values[4] > 1.5 * limit { break epochs }
                sums.values[6] += try descent.step(loss: metrics.values[0], rows: hyper.batchSize)
                steps += 1
            }
        }
        for i in 0..<6 { sums.values[i] /= Float(count) }
        // Of the minibatch at which the policy had moved too far there was no step, and so no norm.
        sums.values[6] /= Float(max(1, steps))
        sums.values[7] = descent.rate
        return sums
    }

    public func diagnose() -> [Double?] { descent.diagnose() }

    public func makePolicy() -> any Policy {
        ActorCriticPolicy(network, parameters.copy(), context.observationSpace, context.actionSpace, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store(part: "descent") { descent.save(into: &$0) }
        archive.store(part: "collector") { collector.save(into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        try descent.load(from: archive.part("descent"))
        try collector.load(from: archive.part("collector"))
    }
}
