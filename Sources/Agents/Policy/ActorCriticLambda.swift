// AC(λ): actor-critic with eligibility traces, online and without a memory (Young & Tian 2019, the actor-critic of MinAtar).
public import Basics
import Kernels
import Neural
public import RLCore

/// After each step: e ← γλe + ∇[V(s) + ½ log(π(a|s) + 10⁻⁴)], δ = r + γ·V(s′) − V(s), u = δ·e + β·∇H(π(·|s)), and each parameter moves
/// by α·u / √(average of u² + ε). The traces are 0 at the beginning of an episode.
public final class ActorCriticLambda: Agent {
    public let metricNames = ["loss", "td_error", "value", "entropy", "trace_norm", "learning_rate"]
    public var diagnosticNames: [String] { monitor.names }
    public private(set) var updates = 0
    private var steps = 0

    private let context: AgentContext
    private let hyper: Hyperparameters
    private let network: ActorCriticNetwork
    private let parameters = ParameterStore()
    private let actor: PolicyRunner
    private let judge: Judge
    private let eligibility: Eligibility
    private let exploration: Exploration
    private let monitor: UpdateMonitor
    private let traces: Storage<Float>
    /// The average of u², and how much of it there is yet: 1 − ρᵗ.
    private let squares: Storage<Float>
    private var decayPower = 1.0
    private let seen: RowStorage
    private let successor: RowStorage
    private let value: Storage<Float>
    private var reward: Float = 0
    private var ending = Ending.running

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let discount: Float
        let lambda: Float
        let entropyWeight: Float
        let policyWeight: Float
        let decay: Float
        let epsilon: Float
        let hidden: [Int]
        let activation: Activation
        let lastActivation: Activation
    }

    init(_ context: AgentContext, _ hyper: Hyperparameters) {
        self.context = context
        self.hyper = hyper
        var random = context.random
        network = ActorCriticNetwork(
            context.observationSpace, context.actionSpace, hidden: hyper.hidden, activation: hyper.activation,
            last: hyper.lastActivation, in: parameters, using: &random)
        actor = PolicyRunner(network, parameters, context.observationSpace, context.actionSpace, rows: 1)
        judge = Judge(network, parameters, context.observationSpace, rating: nil, rows: 1)
        eligibility = Eligibility(network, parameters, context, policyWeight: hyper.policyWeight)
        exploration = Exploration(network, parameters, context)
        monitor = UpdateMonitor(eligibility.program, parameters)
        traces = Storage(count: parameters.count)
        squares = Storage(count: parameters.count)
        seen = RowStorage(count: 1, space: context.observationSpace)
        successor = RowStorage(count: 1, space: context.observationSpace)
        value = Storage(count: 1)
    }

    public var byteCount: Int {
        4 * 4 * parameters.count + actor.byteCount + judge.byteCount + eligibility.program.byteCount
            + exploration.program.byteCount + monitor.byteCount
    }

    public func begin(_ first: StepBatch) { seen.rows.copy(from: first.observations) }

    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        actor.run(seen.rows)
        actor.sample(0, into: actions, using: &sources[0])
    }

    public func remember(_ actions: Actions, _ step: StepBatch) {
        eligibility.observation.fill(from: seen.rows)
        exploration.observation.fill(from: seen.rows)
        eligibility.action.rows[0] = Float(actions.indices[0])
        reward = step.rewards[0]
        ending = step.ending(of: 0)
        successor.rows.copy(0, from: step.successor(of: 0), 0)
        seen.rows.copy(from: step.observations)
    }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        steps += 1
        // The tape minimises, so that its gradient has the other sign.
        let score = eligibility.program.gradients(rows: 1)
        TraceSteps.decay(traces.all, by: hyper.discount * hyper.lambda, adding: parameters.gradients, times: -1)
        judge.judge(successor.rows, values: value.all)
        let now = eligibility.value.rows[0]
        let discount = bootstrapDiscount(after: ending, discount: hyper.discount)
        let error = reward + (discount == 0 ? 0 : discount * value.all[0]) - now

        try requireFinite(reward, "reward", .input)
        try requireFinite(error, "TD error", .value)

        let spread = -exploration.program.gradients(rows: 1)
        try exploration.program.requireFinite(loss: spread, gradientNorm: parameters.gradientNorm, rows: 1, step: steps)
        let length = Reduction.sumOfSquares(traces.all).squareRoot()
        decayPower *= Double(hyper.decay)
        let rate = Float(hyper.learningRate.value(at: steps))
        try monitor.apply(loss: score, norm: length, rows: 1, step: steps) {
            TraceSteps.normalisedAscent(
                values: parameters.values, traces: traces.all, error: error, gradients: parameters.gradients,
                weight: -hyper.entropyWeight, squares: squares.all, rate: rate, decay: hyper.decay,
                correction: Float(1 - decayPower), epsilon: hyper.epsilon)
        }
        updates += 1

        var metrics = Metrics()
        metrics.values[0] = error * error
        metrics.values[1] = error
        metrics.values[2] = now
        metrics.values[3] = spread
        metrics.values[4] = length
        metrics.values[5] = rate
        if ending != .running { traces.all.fill(0) }
        return metrics
    }

    public func diagnose() -> [Double?] { monitor.measurements() }

    /// For what is on no tape.
    private func requireFinite(
        _ number: Float, _ name: String, _ quantity: NotFinite.Quantity, file: StaticString = #fileID, line: UInt = #line
    ) throws(NotFinite) {
        guard number.isFinite else {
            throw NotFinite(
                step: steps, quantity: quantity, layer: "\"\(name)\"", place: "\(file):\(line)", rows: [0], number: number)
        }
    }

    public func makePolicy() -> any Policy {
        ActorCriticPolicy(network, parameters.copy(), context.observationSpace, context.actionSpace, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store([Int64(steps), Int64(updates)], as: "counters")
        archive.store([decayPower], as: "decay_power")
        archive.store(part: "parameters") { parameters.save(into: &$0) }
        archive.store(part: "monitor") { monitor.save(into: &$0) }
        archive.store(traces.all.array, as: "traces")
        archive.store(squares.all.array, as: "squares")
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let counters = try archive.counters("counters", count: 2)
        let power = try archive.doubles("decay_power", count: 1)[0]
        let kept = try archive.floats("traces", count: traces.all.count)
        let averages = try archive.floats("squares", count: squares.all.count)
        try parameters.load(from: archive.part("parameters"))
        try monitor.load(from: archive.part("monitor"))
        try seen.rows.load("observations", from: archive.part("seen"))
        traces.all.copy(from: kept)
        squares.all.copy(from: averages)
        (steps, updates, decayPower) = (counters[0], counters[1], power)
    }
}

/// The tape whose gradient feeds the traces: −V(s) − c·log(π(a|s) + 10⁻⁴).
private struct Eligibility {
    let observation: ObservationInlet
    let action: Inlet
    let value: Outlet
    let program: Program

    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ context: AgentContext, policyWeight: Float) {
        let tape = Tape(rows: 1, parameters: parameters)
        observation = ObservationInlet(tape, context.observationSpace)
        action = tape.input(.vector(1), named: "action")
        let both = network(observation.node)
        let probability = both.policy.logProbability(of: action.node).exp()
        value = tape.output(both.value)
        program = tape.compile(
            minimizing: (-both.value - probability.scaled(by: 1, plus: 1e-4).log().scaled(by: policyWeight)).mean())
    }
}

/// The tape whose gradient keeps the policy wide: −H(π(·|s)).
private struct Exploration {
    let observation: ObservationInlet
    let program: Program

    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ context: AgentContext) {
        let tape = Tape(rows: 1, parameters: parameters)
        observation = ObservationInlet(tape, context.observationSpace)
        // The value is recorded too: gradients of what is on the tape and does not matter are zero, of what is not on it stale.
        program = tape.compile(minimizing: -network(observation.node).policy.entropy.mean())
    }
}
