// REINFORCE: the policy gradient from whole episodes, with a baseline or without (Williams 1992; Sutton & Barto 2018, 13.3 and 13.4).
public import Basics
import Kernels
import Neural
public import RLCore

/// θ ← θ + α·mean (w(t) − b)·∇log π(a(t)|s(t)) over all steps of `n_episodes` episodes.
///
/// w is what the step is credited with: the discounted return from it on, or of the whole episode without `reward_to_go`. b is the
/// baseline: 0, a moving average of w, or a learned V(s(t)).
public final class REINFORCE: Agent {
    public let metricNames = [
        "loss", "policy_loss", "value_loss", "entropy", "gradient_norm", "return_weight", "baseline", "learning_rate",
    ]
    public var diagnosticNames: [String] { descent.diagnosticNames }
    public var updates: Int { descent.updates }

    private let context: AgentContext
    private let hyper: Hyperparameters
    private let network: ActorCriticNetwork
    private let parameters = ParameterStore()
    private let actor: PolicyRunner
    private let estimator: PolicyGradient
    private let descent: Descent
    /// Nil without a learned value.
    private let judge: EpisodeJudge?
    private let memory: EpisodeMemory
    private var movingAverage: MovingAverage
    private let seen: RowStorage
    private let chosen: Storage<Float>
    /// [lanes]: how the last step left each lane.
    private var endings: [Ending]

    enum Baseline: String, CaseIterable, Sendable {
        case none
        case movingAverage = "moving_average"
        case value
    }

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let episodes: Int
        let discount: Double
        let usesRewardToGo: Bool
        let baseline: Baseline
        let baselineDecay: Double
        let normalises: Bool
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
            context.observationSpace, context.actionSpace, hidden: hyper.hidden, activation: hyper.activation,
            hasValue: hyper.baseline == .value, in: parameters, using: &random)
        estimator = PolicyGradient(
            network, parameters, context.observationSpace, context.actionSpace, entropyWeight: hyper.entropyWeight,
            valueWeight: hyper.baseline == .value ? hyper.valueWeight : nil, rows: 256)
        judge =
            hyper.baseline == .value ? EpisodeJudge(network, parameters, context.observationSpace, rows: 256) : nil
        descent = Descent(
            estimator.program, parameters, make(parameters), learningRate: hyper.learningRate, gradientLimit: hyper.gradientLimit)
        actor = PolicyRunner(network, parameters, context.observationSpace, context.actionSpace, rows: context.lanes)
        memory = EpisodeMemory(
            episodes: hyper.episodes, lanes: context.lanes, observationSpace: context.observationSpace,
            actionSpace: context.actionSpace)
        movingAverage = MovingAverage(decay: hyper.baselineDecay)
        seen = RowStorage(count: context.lanes, space: context.observationSpace)
        chosen = Storage(count: context.lanes * context.actionSpace.shape.count)
        endings = Array(repeating: .running, count: context.lanes)
    }

    public var byteCount: Int {
        descent.byteCount + actor.byteCount + estimator.byteCount + (judge?.byteCount ?? 0) + memory.byteCount
    }

    public func begin(_ first: StepBatch) { seen.rows.copy(from: first.observations) }

    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        actor.run(seen.rows)
        for lane in 0..<actions.count { actor.sample(lane, into: actions, using: &sources[lane]) }
    }

    public func remember(_ actions: Actions, _ step: StepBatch) {
        for lane in 0..<context.lanes {
            chosen.all[lane] = Float(actions.indices[lane])
            endings[lane] = step.ending(of: lane)
        }
        memory.append(seen.rows, chosen.all, step)
        seen.rows.copy(from: step.observations)
    }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        descent.advance(by: context.lanes)
        guard memory.isFull else { return nil }
        let credits = EpisodeCredits(
            memory, discount: hyper.discount, rewardToGo: hyper.usesRewardToGo,
            values: judge?.values(of: memory))
        var weights = credits.weights
        let average = weights.reduce(0) { $0 + Double($1) } / Double(weights.count)
        var baseline = 0.0
        switch hyper.baseline {
        case .none: break
        case .movingAverage:
            baseline = movingAverage.value
            for i in weights.indices { weights[i] -= Float(baseline) }
            movingAverage.add(average)
        case .value:
            baseline = credits.values.reduce(0) { $0 + Double($1) } / Double(weights.count)
            for i in weights.indices { weights[i] -= credits.values[i] }
        }
        if hyper.normalises { standardise(&weights) }

        var metrics = try estimator.gradients(
            of: memory, weights: weights, targets: credits.weights, step: descent.steps)
        metrics.values[4] = try descent.step(loss: metrics.values[0], rows: (memory.rowCount - 1) % estimator.capacity + 1)
        metrics.values[5] = Float(average)
        metrics.values[6] = Float(baseline)
        metrics.values[7] = descent.rate
        memory.clear { endings[$0] }
        return metrics
    }

    public func diagnose() -> [Double?] { descent.diagnose() }

    public func makePolicy() -> any Policy {
        ActorCriticPolicy(network, parameters.copy(), context.observationSpace, context.actionSpace, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store(part: "descent") { descent.save(into: &$0) }
        archive.store(endings.map(\.rawValue), as: "endings")
        archive.store(part: "baseline") { movingAverage.save(into: &$0) }
        archive.store(part: "memory") { memory.save(into: &$0) }
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let ends = try archive.bytes("endings", count: endings.count)
        try descent.load(from: archive.part("descent"))
        try movingAverage.load(from: archive.part("baseline"))
        try memory.load(from: archive.part("memory"), actionCount: context.actionSpace.discreteCount)
        try seen.rows.load("observations", from: archive.part("seen"))
        for lane in endings.indices {
            guard let ending = Ending(rawValue: ends[lane]) else { throw ArchiveError("\"endings\" holds \(ends[lane])") }
            endings[lane] = ending
        }
    }
}
