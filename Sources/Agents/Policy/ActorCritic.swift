// One-step actor-critic: learns online, from every step as it comes (Sutton & Barto 2018, section 13.5, the episodic algorithm).
public import Basics
import Kernels
import Neural
public import RLCore

/// δ = r + γ·V(s′) − V(s), nothing for V(s′) after a termination; w ← w + α·δ·∇V(s), θ ← θ + α·δ·∇log π(a|s), after each step.
///
/// With several lanes the update is the mean over them: they show different states, so successive updates resemble each other less.
public final class ActorCritic: Agent {
    public let metricNames = ["loss", "policy_loss", "value_loss", "entropy", "gradient_norm", "learning_rate"]
    public var diagnosticNames: [String] { descent.diagnosticNames }
    public var updates: Int { descent.updates }

    private let context: AgentContext
    private let hyper: Hyperparameters
    private let network: ActorCriticNetwork
    private let parameters = ParameterStore()
    private let actor: PolicyRunner
    private let judge: Judge
    private let learner: Learner
    private let descent: Descent
    private let seen: RowStorage
    private let successors: RowStorage
    /// [lanes]: of the successors.
    private let values: Storage<Float>
    private let discounts: Storage<Float>
    private let rewards: Storage<Float>

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let discount: Float
        let entropyWeight: Float
        let valueWeight: Float
        let gradientLimit: Float
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
        actor = PolicyRunner(network, parameters, context.observationSpace, context.actionSpace, rows: context.lanes)
        judge = Judge(network, parameters, context.observationSpace, rating: nil, rows: context.lanes)
        seen = RowStorage(count: context.lanes, space: context.observationSpace)
        successors = RowStorage(count: context.lanes, space: context.observationSpace)
        values = Storage(count: context.lanes)
        discounts = Storage(count: context.lanes)
        rewards = Storage(count: context.lanes)
    }

    public var byteCount: Int {
        descent.byteCount + actor.byteCount + judge.byteCount + learner.program.byteCount
    }

    public func begin(_ first: StepBatch) { seen.rows.copy(from: first.observations) }

    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        actor.run(seen.rows)
        for lane in 0..<actions.count { actor.sample(lane, into: actions, using: &sources[lane]) }
    }

    public func remember(_ actions: Actions, _ step: StepBatch) {
        learner.observation.fill(from: seen.rows)
        for lane in 0..<context.lanes {
            learner.action.rows[lane] = Float(actions.indices[lane])
            rewards.all[lane] = step.rewards[lane]
            discounts.all[lane] = bootstrapDiscount(after: step.ending(of: lane), discount: hyper.discount)
            successors.rows.copy(lane, from: step.successor(of: lane), 0)
        }
        seen.rows.copy(from: step.observations)
    }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        descent.advance(by: context.lanes)
        judge.judge(successors.rows, values: values.all)
        oneStepTargets(rewards: rewards.all, discounts: discounts.all, values: values.all, into: learner.target.rows)
        var metrics = Metrics()
        metrics.values[0] = learner.program.gradients(rows: context.lanes)
        metrics.values[1] = learner.policyLoss.rows[0]
        metrics.values[2] = learner.valueLoss.rows[0]
        metrics.values[3] = learner.entropy.rows[0]
        metrics.values[4] = try descent.step(loss: metrics.values[0], rows: context.lanes)
        metrics.values[5] = descent.rate
        return metrics
    }

    public func diagnose() -> [Double?] { descent.diagnose() }

    public func makePolicy() -> any Policy {
        ActorCriticPolicy(network, parameters.copy(), context.observationSpace, context.actionSpace, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store(part: "descent") { descent.save(into: &$0) }
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        try descent.load(from: archive.part("descent"))
        try seen.rows.load("observations", from: archive.part("seen"))
    }
}

/// The tape that learns: one step of every lane in, one loss out. δ is a number in the policy's loss, and y in the value's.
private struct Learner {
    let observation: ObservationInlet
    let action: Inlet
    /// y = r + γ·V(s′)
    let target: Inlet
    let policyLoss: Outlet
    let valueLoss: Outlet
    let entropy: Outlet
    let program: Program

    init(
        _ network: ActorCriticNetwork, _ parameters: ParameterStore, _ context: AgentContext,
        _ hyper: ActorCritic.Hyperparameters
    ) {
        let tape = Tape(rows: context.lanes, parameters: parameters)
        observation = ObservationInlet(tape, context.observationSpace)
        action = tape.input(.vector(1), named: "action")
        target = tape.input(.vector(1), named: "target")
        let (policy, value) = network(observation.node)
        let error = target.node - value
        let gain = (policy.logProbability(of: action.node) * error.stoppingGradient()).mean()
        let square = error.squared().mean()
        let spread = policy.entropy.mean()
        policyLoss = tape.output(-gain)
        valueLoss = tape.output(square)
        entropy = tape.output(spread)
        program = tape.compile(
            minimizing: square.scaled(by: hyper.valueWeight) - gain - spread.scaled(by: hyper.entropyWeight))
    }
}

extension ActorCritic {
    public static let specification = AlgorithmSpecification.policyGradient(
        "actor-critic", summary: "one-step actor-critic: learns online from every step",
        source: "Sutton & Barto 2018, Reinforcement learning, section 13.5",
        declarations: PolicySettings.learningRate(1e-3) + [PolicySettings.gamma] + PolicySettings.coefficients()
            + [PolicySettings.gradientLimit(0.5)] + PolicySettings.optimizer("adam") + PolicySettings.network(),
        defaultSteps: 500_000, defaultLanes: 1
    ) { (context, settings) throws(SettingError) in
        ActorCritic(context, try Hyperparameters(settings, steps: context.steps)) {
            PolicySettings.makeOptimizer(settings, for: $0)
        }
    }
}

extension ActorCritic.Hyperparameters {
    init(_ settings: Settings, steps: Int) throws(SettingError) {
        learningRate = settings.schedule("learning_rate", steps: steps)
        discount = Float(settings.number("gamma"))
        entropyWeight = Float(settings.number("ent_coef"))
        valueWeight = Float(settings.number("vf_coef"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        hidden = settings.integers("net_arch")
        activation = settings.activation
    }
}
