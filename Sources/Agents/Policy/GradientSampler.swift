// Samples of the policy gradient of a policy that stays as it is, by what its actions are credited with.
public import Basics
public import Kernels
import Neural
public import RLCore

public final class GradientSampler {
    /// Each takes away some of the variance that the one before leaves.
    public enum Credit: String, CaseIterable, Sendable {
        /// The undiscounted return of the whole episode.
        case none
        /// The undiscounted return from the step on.
        case rewardToGo = "reward_to_go"
        /// The same, discounted: less noise from far ahead, and another expectation too.
        case discount
        /// Less a moving average of such returns over the batches before.
        case movingAverage = "moving_average"
        /// Less a learned V(s), fitted to this policy by `fitValue`.
        case value
    }

    private let memory: EpisodeMemory
    private let discount: Double
    private let policyStore = ParameterStore()
    private let valueStore = ParameterStore()
    private let runner: PolicyRunner
    private let gradient: PolicyGradient
    private let judge: EpisodeJudge
    private let valueFit: PolicyGradient
    private let optimizer: Adam
    private var average: MovingAverage
    private let chosen: Storage<Float>
    private let seen: RowStorage
    private let actions: Actions

    /// - Parameters:
    ///   - context: one lane for each episode of a batch.
    ///   - settings: of REINFORCE, with which the policy was trained.
    ///   - weights: what a policy of REINFORCE with `baseline=value` saved.
    public init(_ context: AgentContext, _ settings: Settings, weights: Archive) throws {
        let observations = context.observationSpace, space = context.actionSpace
        var random = context.random
        let activation = settings.activation, hidden = settings.integers("net_arch")
        // The gradient is of the policy alone, so its parameters stand alone.
        let policy = ActorCriticNetwork(
            observations, space, hidden: hidden, activation: activation, hasValue: false, in: policyStore, using: &random)
        let both = ActorCriticNetwork(
            observations, space, hidden: hidden, activation: activation, in: valueStore, using: &random)
        discount = settings.number("gamma")
        memory = EpisodeMemory(
            episodes: context.lanes, lanes: context.lanes, observationSpace: observations, actionSpace: space)
        runner = PolicyRunner(policy, policyStore, observations, space, rows: context.lanes)
        gradient = PolicyGradient(policy, policyStore, observations, space, entropyWeight: 0, valueWeight: nil, rows: 256)
        judge = EpisodeJudge(both, valueStore, observations, rows: 256)
        valueFit = PolicyGradient(both, valueStore, observations, space, entropyWeight: 0, valueWeight: 1, rows: 256)
        optimizer = Adam(for: valueStore)
        average = MovingAverage(decay: settings.number("baseline_decay"))
        chosen = Storage(count: context.lanes)
        seen = RowStorage(count: context.lanes, space: observations)
        actions = Actions(lanes: context.lanes, space: space)
        try policyStore.load(from: weights)
        try valueStore.load(from: weights)
    }

    /// Numbers in a gradient, the padding between parameters (always 0) included.
    public var count: Int { policyStore.count }
    /// The mean undiscounted return of the last batch.
    public private(set) var meanReturn = 0.0

    /// Plays one episode in each lane.
    public func play(in vector: any VectorEnvironment, worlds: [RandomSource], acting: inout [RandomSource]) {
        memory.clear { _ in .terminated }
        seen.rows.copy(from: vector.reset(using: worlds).observations)
        while !memory.isFull {
            runner.run(seen.rows)
            for lane in 0..<actions.count {
                runner.sample(lane, into: actions, using: &acting[lane])
                chosen.all[lane] = Float(actions.indices[lane])
            }
            let step = vector.step(actions)
            memory.append(seen.rows, chosen.all, step)
            seen.rows.copy(from: step.observations)
        }
        meanReturn = memory.finished.rewards.reduce(0) { $0 + Double($1) } / Double(memory.episodeCount)
    }

    /// Moves V towards the discounted returns of the last batch, by `steps` of Adam; the policy stays.
    ///
    /// - Throws: when a number is no longer finite.
    public func fitValue(steps: Int, learningRate: Float) throws(NotFinite) {
        let nothing = [Float](repeating: 0, count: memory.rowCount)
        for _ in 0..<steps {
            let credits = EpisodeCredits(memory, discount: discount, rewardToGo: true, values: judge.values(of: memory))
            _ = try valueFit.gradients(of: memory, weights: nothing, targets: credits.weights, step: 0)
            optimizer.apply(to: valueStore, learningRate: learningRate)
        }
    }

    /// 1/N Σ over the batch's N episodes of Σ w·∇log π, [count], valid until the next call.
    ///
    /// - Throws: when a number is not finite.
    public func gradient(_ credit: Credit) throws(NotFinite) -> Floats {
        let usesValue = credit == .value
        let credits = EpisodeCredits(
            memory, discount: credit == .none || credit == .rewardToGo ? 1 : discount, rewardToGo: credit != .none,
            values: usesValue ? judge.values(of: memory) : nil)
        var weights = credits.weights
        if usesValue { for i in weights.indices { weights[i] -= credits.values[i] } }
        if credit == .movingAverage {
            let mean = weights.reduce(0) { $0 + Double($1) } / Double(weights.count)
            for i in weights.indices { weights[i] -= Float(average.value) }
            average.add(mean)
        }
        // The estimator takes the mean over steps, an episode's own gradient is their sum; minimising has the other sign.
        let scale = -Float(memory.rowCount) / Float(memory.episodeCount)
        for i in weights.indices { weights[i] *= scale }
        _ = try gradient.gradients(of: memory, weights: weights, targets: weights, step: 0)
        return policyStore.gradients
    }
}
