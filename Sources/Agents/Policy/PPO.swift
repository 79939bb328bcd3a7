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
    public var diagnosticNames: [String] { monitor.names }
    public private(set) var updates = 0
    private var steps = 0

    private let context: AgentContext
    private let hyper: Hyperparameters
    private let network: ActorCriticNetwork
    private let parameters = ParameterStore()
    private let optimizer: any Optimizer
    private let collector: RolloutCollector
    private let learner: PPOLearner
    private let monitor: UpdateMonitor
    private let order: MinibatchOrder

    init(_ context: AgentContext, _ hyper: Hyperparameters, optimizer make: (ParameterStore) -> any Optimizer) {
        self.context = context
        self.hyper = hyper
        var random = context.random
        network = ActorCriticNetwork(
            context.observationSpace, context.actionSpace, hidden: hyper.hidden, activation: hyper.activation, in: parameters,
            using: &random)
        learner = PPOLearner(network, parameters, context, hyper)
        monitor = UpdateMonitor(learner.program, parameters)
        optimizer = make(parameters)
        collector = RolloutCollector(
            network, parameters, context, steps: hyper.steps, discount: hyper.discount, lambda: hyper.lambda,
            keepsProbabilities: true)
        order = MinibatchOrder(rows: hyper.steps * context.lanes)
    }

    public var byteCount: Int {
        4 * 4 * parameters.count + collector.byteCount + learner.program.byteCount + monitor.byteCount + 4 * order.count
    }

    public func begin(_ first: StepBatch) { collector.begin(first) }
    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        collector.act(into: actions, using: &sources)
    }
    public func remember(_ actions: Actions, _ step: StepBatch) { collector.remember(actions, step) }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        steps += context.lanes
        guard collector.isFull else { return nil }
        collector.finish()
        defer { collector.clear() }
        let rate = Float(hyper.learningRate.value(at: steps)), range = Float(hyper.clipRange.value(at: steps))
        var sums = Metrics(), count = 0
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
                let norm = parameters.clipGradients(toNorm: hyper.gradientLimit)
                sums.values[6] += norm
                try monitor.apply(
                    optimizer, rate: rate, loss: metrics.values[0], norm: norm, rows: hyper.batchSize, step: steps)
                updates += 1
            }
        }
        for i in 0..<7 { sums.values[i] /= Float(count) }
        sums.values[7] = rate
        return sums
    }

    public func diagnose() -> [Double?] { monitor.measurements() }

    public func makePolicy() -> any Policy {
        ActorCriticPolicy(network, parameters.copy(), context.observationSpace, context.actionSpace, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store([Int64(steps), Int64(updates)], as: "counters")
        archive.store(part: "parameters") { parameters.save(into: &$0) }
        archive.store(part: "optimizer") { optimizer.save(into: &$0) }
        archive.store(part: "monitor") { monitor.save(into: &$0) }
        archive.store(part: "collector") { collector.save(into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let counters = try archive.counters("counters", count: 2)
        try parameters.load(from: archive.part("parameters"))
        try optimizer.load(from: archive.part("optimizer"))
        try monitor.load(from: archive.part("monitor"))
        try collector.load(from: archive.part("collector"))
        (steps, updates) = (counters[0], counters[1])
    }
}
