// A2C: advantage actor-critic in synchronised lanes (Mnih et al. 2016, algorithm S3, without its threads).
public import Basics
import Kernels
import Neural
public import RLCore

/// θ ← θ − α ∇[−mean A·log π(a|s) − β·mean H(π(·|s)) + c·mean (G − V(s))²] once for every `n_steps` of all lanes, G the λ-return
/// and A = G − V(s) a number.
public final class A2C: Agent {
    public let metricNames = ["loss", "policy_loss", "value_loss", "entropy", "gradient_norm", "learning_rate"]
    public var diagnosticNames: [String] { descent.diagnosticNames }
    public var updates: Int { descent.updates }

    private let context: AgentContext
    private let hyper: Hyperparameters
    private let network: ActorCriticNetwork
    private let parameters = ParameterStore()
    private let collector: RolloutCollector
    private let learner: Learner
    private let descent: Descent

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let steps: Int
        let discount: Float
        let lambda: Float
        let entropyWeight: Float
        let valueWeight: Float
        let gradientLimit: Float
        let normalises: Bool
        let hidden: [Int]
        let activation: Activation
    }

    init(_ context: AgentContext, _ hyper: Hyperparameters, optimizer make: (ParameterStore) -> any Optimizer) {
        self.context = context
        self.hyper = hyper
        var random = context.random
        network = ActorCriticNetwork(
            context.observationSpace, context.actionSpace, hidden: hyper.hidden, activation: hyper.activation, in: parameters,
            using: &random)
        learner = Learner(network, parameters, context, hyper)
        descent = Descent(
            learner.program, parameters, make(parameters), learningRate: hyper.learningRate, gradientLimit: hyper.gradientLimit)
        collector = RolloutCollector(
            network, parameters, context, steps: hyper.steps, discount: hyper.discount, lambda: hyper.lambda,
            keepsProbabilities: false)
    }

    public var byteCount: Int { descent.byteCount + collector.byteCount + learner.program.byteCount }

    public func begin(_ first: StepBatch) { collector.begin(first) }
    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        collector.act(into: actions, using: &sources)
    }
    public func remember(_ actions: Actions, _ step: StepBatch) { collector.remember(actions, step) }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        descent.advance(by: context.lanes)
        guard collector.isFull else { return nil }
        collector.finish()
        let rollout = collector.rollout
        learner.observation.fill(from: rollout.observations)
        learner.action.rows.copy(from: rollout.actions)
        learner.advantage.rows.copy(from: rollout.advantages)
        learner.target.rows.copy(from: rollout.returns)
        if hyper.normalises { standardise(learner.advantage.rows) }
        collector.clear()

        var metrics = Metrics()
        metrics.values[0] = learner.program.gradients(rows: rollout.rowCount)
        metrics.values[1] = learner.policyLoss.rows[0]
        metrics.values[2] = learner.valueLoss.rows[0]
        metrics.values[3] = learner.entropy.rows[0]
        metrics.values[4] = try descent.step(loss: metrics.values[0], rows: rollout.rowCount)
        metrics.values[5] = descent.rate
        return metrics
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

/// The tape that learns: a whole rollout in, one loss out.
private struct Learner {
    let observation: ObservationInlet
    let action: Inlet
    let advantage: Inlet
    let target: Inlet
    let policyLoss: Outlet
    let valueLoss: Outlet
    let entropy: Outlet
    let program: Program

    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ context: AgentContext, _ hyper: A2C.Hyperparameters) {
        let tape = Tape(rows: hyper.steps * context.lanes, parameters: parameters)
        observation = ObservationInlet(tape, context.observationSpace)
        action = tape.input(.vector(context.actionSpace.shape.count), named: "action")
        advantage = tape.input(.vector(1), named: "advantage")
        target = tape.input(.vector(1), named: "return")
        let (policy, value) = network(observation.node)
        let gain = policy.logProbability(of: action.node).multiplied(by: advantage.node).mean()
        let error = value.meanSquaredError(to: target.node)
        let spread = policy.entropy.mean()
        policyLoss = tape.output(-gain)
        valueLoss = tape.output(error)
        entropy = tape.output(spread)
        program = tape.compile(
            minimizing: error.scaled(by: hyper.valueWeight) - gain - spread.scaled(by: hyper.entropyWeight))
    }
}

extension A2C {
    public static let specification = AlgorithmSpecification.policyGradient(
        "a2c", summary: "advantage actor-critic: one update from a short rollout of all lanes",
        source: "Mnih et al. 2016, Asynchronous methods for deep reinforcement learning, ICML",
        declarations: PolicySettings.learningRate(7e-4) + [
            PolicySettings.steps(5), PolicySettings.gamma, PolicySettings.lambda(1),
        ]
            + PolicySettings.coefficients() + [PolicySettings.gradientLimit(0.5)]
            + [
                SettingDeclaration(
                    "normalize_advantage", .boolean(false),
                    help: "advantages of a rollout shifted to mean 0 and scaled to deviation 1")
            ] + PolicySettings.optimizer("rmsprop") + PolicySettings.network(),
        defaultSteps: 500_000, defaultLanes: 8, continuous: true
    ) { (context, settings) throws(SettingError) in
        try PolicySettings.check(steps: settings.integer("n_steps"), lanes: context.lanes)
        return A2C(context, try Hyperparameters(settings, steps: context.steps)) {
            PolicySettings.makeOptimizer(settings, for: $0)
        }
    }
}

extension A2C.Hyperparameters {
    init(_ settings: Settings, steps budget: Int) throws(SettingError) {
        learningRate = settings.schedule("learning_rate", steps: budget)
        steps = settings.integer("n_steps")
        discount = Float(settings.number("gamma"))
        lambda = Float(settings.number("gae_lambda"))
        entropyWeight = Float(settings.number("ent_coef"))
        valueWeight = Float(settings.number("vf_coef"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        normalises = settings.boolean("normalize_advantage")
        hidden = settings.integers("net_arch")
        activation = settings.activation
    }
}
