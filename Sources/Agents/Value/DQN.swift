// DQN: Q-learning with a network, a replay memory and a target network (Mnih et al. 2015, algorithm 1), and what was added to it.
public import Basics
import Kernels
import Neural
public import RLCore

/// θ ← θ − α ∇ L(Q(s, a; θ) − y), y = r + γ · maxₐ′ Q(s′, a′; θ⁻), with γ replaced by 0 after a termination (never after a truncation).
///
/// The additions combine freely: double (`QTargets`), duelling and noisy heads (`QNetwork`), rewards of several steps
/// (`ReplayMemory`), prioritised drawing (`Priorities`), distributions instead of means (`ReturnModel`). All of them together, and
/// noise in place of ε, are Rainbow (Hessel et al. 2018).
public final class DQN: Agent {
    public let metricNames: [String]
    public var diagnosticNames: [String] { descent.diagnosticNames }
    public var updates: Int { descent.updates }

    private let hyper: Hyperparameters
    private let lanes: Int
    private let observationSpace: Space
    private let network: QNetwork
    private let target: ParameterStore
    private let memory: ReplayMemory

    private let actor: QPolicy
    private let targets: QTargets
    private let learner: QLearner
    private let descent: Descent
    private let batch: TransitionBatch
    private let rewards: Storage<Float>
    private let discounts: Storage<Float>
    /// What the lanes see now.
    private let seen: RowStorage

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let epsilon: Schedule
        /// How far importance weights make up for prioritised drawing.
        let beta: Schedule
        let batchSize: Int
        let learningStarts: Int
        let trainFrequency: Int
        let gradientSteps: Int
        let targetUpdateInterval: Int
        let tau: Float
        let gradientLimit: Float
        let isDouble: Bool
        let usesHuber: Bool
        let network: QNetwork.Plan
        let memory: ReplayMemory.Plan
    }

    init(_ context: AgentContext, _ hyper: Hyperparameters, optimizer make: (ParameterStore) -> any Optimizer) {
        self.hyper = hyper
        lanes = context.lanes
        observationSpace = context.observationSpace
        let space = context.observationSpace, rows = hyper.batchSize
        let isPrioritised = hyper.memory.priorities != nil
        metricNames =
            ["loss", "gradient_norm", "q_mean", "epsilon", "learning_rate"] + (isPrioritised ? ["priority_beta"] : [])
        var random = context.random
        let online = ParameterStore()
        network = QNetwork("q", space, hyper.network, in: online, using: &random)
        learner = QLearner(
            network, online, hyper.network, observationSpace: space, rows: rows, huber: hyper.usesHuber, weighted: isPrioritised)
        descent = Descent(
            learner.program, online, make(online), learningRate: hyper.learningRate, gradientLimit: hyper.gradientLimit)
        target = online.copy()
        memory = ReplayMemory(hyper.memory)
        actor = QPolicy(
            network, online, returns: hyper.network.returns, observationSpace: space, actionCount: hyper.network.actions,
            lanes: lanes, mode: .training)
        targets = QTargets(
            network, online: online, target: target, hyper.network, observationSpace: space, rows: rows, double: hyper.isDouble)
        rewards = Storage(count: rows)
        discounts = Storage(count: rows)
        seen = RowStorage(count: lanes, space: space)
        batch = TransitionBatch(
            observations: learner.observation.rows, successors: targets.successors, actions: learner.action.rows,
            rewards: rewards.all, discounts: discounts.all, weights: learner.weight?.rows ?? .empty)
    }

    public var byteCount: Int {
        hyper.memory.byteCount + descent.byteCount + 4 * 2 * target.count + actor.byteCount + targets.byteCount
            + learner.program.byteCount
    }

    public func begin(_ first: StepBatch) {
        for lane in 0..<lanes { memory.begin(lane: lane, first.observations, row: lane) }
        seen.rows.copy(from: first.observations)
    }

    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        actor.explore(hyper.epsilon.value(at: descent.steps), seen.rows, into: actions, using: &sources)
    }

    public func remember(_ actions: Actions, _ step: StepBatch) {
        for lane in 0..<lanes {
            memory.append(
                lane: lane, action: actions.indices[lane], reward: step.rewards[lane], ending: step.ending(of: lane),
                successor: step.successor(of: lane), next: step.observations.slice(lane, 1))
        }
        seen.rows.copy(from: step.observations)
    }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        let before = descent.steps
        descent.advance(by: lanes)
        let steps = descent.steps
        // A multiple of the interval lies in (before, steps].
        func isDue(_ interval: Int) -> Bool { steps / interval != before / interval }
        if isDue(hyper.targetUpdateInterval) { target.blend(toward: descent.parameters, by: hyper.tau) }
        guard steps > hyper.learningStarts, isDue(hyper.trainFrequency), memory.count > 0 else { return nil }
        var metrics = Metrics()
        for _ in 0..<hyper.gradientSteps { metrics = try update(using: &random) }
        return metrics
    }

    /// One batch, one step of the optimizer.
    private func update(using random: inout RandomSource) throws(NotFinite) -> Metrics {
        let beta = Float(hyper.beta.value(at: descent.steps))
        memory.sample(into: batch, beta: beta, using: &random)
        targets.write(rewards: rewards.all, discounts: discounts.all, into: learner.target.rows, using: &random)
        var metrics = Metrics()
        metrics.values[0] = learner.gradients(using: &random)
        metrics.values[1] = try descent.step(loss: metrics.values[0], rows: batch.count)
        metrics.values[2] = learner.meanValue()
        metrics.values[3] = Float(hyper.epsilon.value(at: descent.steps))
        metrics.values[4] = descent.rate
        metrics.values[5] = beta
        memory.reprioritise(by: learner.errors())
        return metrics
    }

    public func diagnose() -> [Double?] { descent.diagnose() }

    public func makePolicy() -> any Policy {
        QPolicy(
            network, descent.parameters.copy(), returns: hyper.network.returns, observationSpace: observationSpace,
            actionCount: hyper.network.actions, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store(part: "descent") { descent.save(into: &$0) }
        archive.store(part: "target") { target.save(into: &$0) }
        archive.store(part: "memory") { memory.save(into: &$0) }
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        try descent.load(from: archive.part("descent"))
        try target.load(from: archive.part("target"))
        try memory.load(from: archive.part("memory"), actionCount: hyper.network.actions)
        try seen.rows.load("observations", from: archive.part("seen"))
    }
}
