// DQN: Q-learning with a network, a replay memory and a target network (Mnih et al. 2015, algorithm 1).
public import Basics
import Kernels
import Neural
public import RLCore

/// θ ← θ − α ∇ L(Q(s, a; θ) − y), y = r + γ · maxₐ′ Q(s′, a′; θ⁻), with γ replaced by 0 after a termination (never after a truncation).
///
/// With `double`, a′ is chosen by θ and valued by θ⁻ (van Hasselt et al. 2016, equation 4).
public final class DQN: Agent {
    public let metricNames = ["loss", "gradient_norm", "q_mean", "epsilon", "learning_rate"]
    public var diagnosticNames: [String] { monitor.names }
    public private(set) var updates = 0
    private var steps = 0

    private let hyper: Hyperparameters
    private let lanes: Int
    private let observationSpace: Space
    private let actionCount: Int
    private let network: QNetwork
    private let online: ParameterStore
    private let target: ParameterStore
    private let optimizer: any Optimizer
    private let memory: ReplayBuffer

    private let actor: QPolicy
    private let targetRunner: QRunner
    /// Values the successors by θ, for the double variant only.
    private let chooser: QRunner?
    private let learner: Learner
    private let monitor: UpdateMonitor
    private let batch: TransitionBatch
    private let rewards: Storage<Float>
    private let discounts: Storage<Float>
    private let successorValues: Storage<Float>
    private let choices: Storage<Int32>
    /// What the lanes saw before the step that is being remembered.
    private let seen: RowStorage

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let epsilon: Schedule
        let discount: Float
        let batchSize: Int
        let bufferSize: Int
        let learningStarts: Int
        let trainFrequency: Int
        let gradientSteps: Int
        let targetUpdateInterval: Int
        let tau: Float
        let gradientLimit: Float
        let isDouble: Bool
        let usesHuber: Bool
        let hidden: [Int]
        let activation: Activation
    }

    init(_ context: AgentContext, _ hyper: Hyperparameters, optimizer make: (ParameterStore) -> any Optimizer) {
        guard case .discrete(let actionCount) = context.actionSpace else { fatalError("DQN needs discrete actions") }
        self.hyper = hyper
        self.actionCount = actionCount
        lanes = context.lanes
        observationSpace = context.observationSpace
        var random = context.random
        online = ParameterStore()
        network = QNetwork(
            "q", context.observationSpace, hidden: hyper.hidden, activation: hyper.activation, actions: actionCount, in: online,
            using: &random)
        learner = Learner(network, online, context.observationSpace, hyper)
        monitor = UpdateMonitor(learner.program, online)
        target = online.copy()
        optimizer = make(online)
        memory = ReplayBuffer(capacity: hyper.bufferSize, observationSpace: context.observationSpace)
        actor = QPolicy(network, online, observationSpace: observationSpace, actionCount: actionCount, lanes: lanes)
        targetRunner = QRunner(network, target, observationSpace: observationSpace, rows: hyper.batchSize)
        chooser = hyper.isDouble ? QRunner(network, online, observationSpace: observationSpace, rows: hyper.batchSize) : nil
        rewards = Storage(count: hyper.batchSize)
        discounts = Storage(count: hyper.batchSize)
        successorValues = Storage(count: hyper.batchSize)
        choices = Storage(count: hyper.batchSize)
        seen = RowStorage(count: lanes, space: observationSpace)
        batch = TransitionBatch(
            observations: learner.rows, successors: targetRunner.rows, actions: learner.action.rows, rewards: rewards.all,
            discounts: discounts.all)
    }

    public var byteCount: Int {
        ReplayBuffer.byteCount(capacity: hyper.bufferSize, observationSpace: observationSpace) + 4 * 6 * online.count
            + actor.byteCount + targetRunner.byteCount + (chooser?.byteCount ?? 0) + learner.program.byteCount + monitor.byteCount
    }

    public func begin(_ first: StepBatch) { see(first.observations) }

    private func see(_ rows: Rows) {
        for lane in 0..<lanes { seen.rows.copy(lane, from: rows, lane) }
    }

    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        actor.explore(hyper.epsilon.value(at: steps), seen.rows, into: actions, using: &sources)
    }

    public func remember(_ actions: Actions, _ step: StepBatch) {
        for lane in 0..<lanes {
            memory.append(
                seen.rows, row: lane, action: actions.indices[lane], reward: step.rewards[lane],
                discount: bootstrapDiscount(after: step.ending(of: lane), discount: hyper.discount),
                successor: step.successor(of: lane))
        }
        see(step.observations)
    }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        let before = steps
        steps += lanes
        // A multiple of the interval lies in (before, steps].
        func isDue(_ interval: Int) -> Bool { steps / interval != before / interval }
        if isDue(hyper.targetUpdateInterval) { target.blend(toward: online, by: hyper.tau) }
        guard steps > hyper.learningStarts, isDue(hyper.trainFrequency) else { return nil }
        var metrics = Metrics()
        for _ in 0..<hyper.gradientSteps { metrics = try update(using: &random) }
        return metrics
    }

    /// One batch, one step of the optimizer.
    private func update(using random: inout RandomSource) throws(NotFinite) -> Metrics {
        memory.sample(into: batch, using: &random)
        let rows = hyper.batchSize
        targetRunner.run(rows: rows)
        if let chooser {
            chooser.bestActions(for: targetRunner.rows, into: choices.all)
            for r in 0..<rows { successorValues.all[r] = targetRunner.actionValues[r * actionCount + Int(choices.all[r])] }
        } else {
            Reduction.maxima(targetRunner.actionValues, width: actionCount, rows: rows, into: successorValues.all)
        }
        oneStepTargets(rewards: rewards.all, discounts: discounts.all, values: successorValues.all, into: learner.target.rows)
        let rate = Float(hyper.learningRate.value(at: steps))
        var metrics = Metrics()
        metrics.values[0] = learner.program.gradients(rows: rows)
        metrics.values[1] = online.clipGradients(toNorm: hyper.gradientLimit)
        metrics.values[2] = Reduction.sum(learner.values.rows) / Float(rows)
        metrics.values[3] = Float(hyper.epsilon.value(at: steps))
        metrics.values[4] = rate
        try monitor.apply(optimizer, rate: rate, loss: metrics.values[0], norm: metrics.values[1], rows: rows, step: steps)
        updates += 1
        return metrics
    }

    public func diagnose() -> [Double?] { monitor.measurements() }

    public func makePolicy() -> any Policy {
        QPolicy(network, online.copy(), observationSpace: observationSpace, actionCount: actionCount, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store([Int64(steps), Int64(updates)], as: "counters")
        archive.store(part: "online") { online.save(into: &$0) }
        archive.store(part: "target") { target.save(into: &$0) }
        archive.store(part: "optimizer") { optimizer.save(into: &$0) }
        archive.store(part: "memory") { memory.save(into: &$0) }
        archive.store(part: "monitor") { monitor.save(into: &$0) }
        let rows = seen.rows
        archive.store(part: "seen") { $0.store(rows.floats.array, as: "observations") }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let counters = try archive.int64s("counters", count: 2)
        guard counters.allSatisfy({ (0..<(1 << 62)).contains($0) }) else { throw ArchiveError("\"counters\" is \(counters)") }
        try online.load(from: archive.part("online"))
        try target.load(from: archive.part("target"))
        try optimizer.load(from: archive.part("optimizer"))
        try memory.load(from: archive.part("memory"), actionCount: actionCount)
        try monitor.load(from: archive.part("monitor"))
        seen.rows.floats.copy(from: try archive.part("seen").floats("observations", count: seen.rows.floats.count))
        steps = Int(counters[0])
        updates = Int(counters[1])
    }
}

/// The tape that learns: rows in, one loss out.
private struct Learner {
    let observation: Inlet
    let action: Inlet
    let target: Inlet
    let values: Outlet
    let program: Program
    var rows: Rows { Rows(floats: observation.rows, width: observation.node.shape.count) }

    init(_ network: QNetwork, _ online: ParameterStore, _ space: Space, _ hyper: DQN.Hyperparameters) {
        let tape = Tape(rows: hyper.batchSize, parameters: online)
        observation = tape.input(space.shape, named: "observation")
        action = tape.input(.vector(1), named: "action")
        target = tape.input(.vector(1), named: "target")
        let value = network(observation.node).picking(action.node)
        values = tape.output(value)
        let difference = value.subtracting(target.node)
        program = tape.compile(minimizing: (hyper.usesHuber ? difference.huber() : difference.squared()).mean())
    }
}
