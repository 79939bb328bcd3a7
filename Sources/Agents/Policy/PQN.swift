// PQN: Q-learning in parallel lanes, with λ-returns and layer norm in place of a memory and a target network (Gallici et al. 2024).
public import Basics
import Kernels
import Neural
public import RLCore

/// θ ← θ − α ∇ mean (Q(s, a; θ) − G)², G the λ-return of the rollout with maxₐ′ Q(s′, a′) as the value of a state (algorithm 1).
public final class PQN: Agent {
    public let metricNames = ["loss", "gradient_norm", "q_mean", "epsilon", "learning_rate"]
    public var diagnosticNames: [String] { descent.diagnosticNames }
    public var updates: Int { descent.updates }

    private let context: AgentContext
    private let actionCount: Int
    private let hyper: Hyperparameters
    private let network: NormalisedQNetwork
    private let parameters = ParameterStore()
    private let actor: QPolicy
    private let judge: QRunner
    private let learner: Learner
    private let descent: Descent
    private let rollout: Rollout
    private let seen: RowStorage
    private let chosen: Storage<Float>
    private let lastValues: Storage<Float>
    private let order: MinibatchOrder

    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let epsilon: Schedule
        let steps: Int
        let batchSize: Int
        let epochs: Int
        let discount: Float
        let lambda: Float
        let gradientLimit: Float
        let hidden: [Int]
        let normalises: Bool
    }

    init(_ context: AgentContext, _ hyper: Hyperparameters, optimizer make: (ParameterStore) -> any Optimizer) {
        self.context = context
        self.hyper = hyper
        actionCount = context.actionSpace.policyOutputs
        var random = context.random
        network = NormalisedQNetwork(
            "q", context.observationSpace, hidden: hyper.hidden, actions: actionCount, normalises: hyper.normalises,
            in: parameters, using: &random)
        learner = Learner(network, parameters, context, hyper)
        descent = Descent(
            learner.program, parameters, make(parameters), learningRate: hyper.learningRate, gradientLimit: hyper.gradientLimit)
        let lanes = context.lanes, space = context.observationSpace
        actor = QPolicy(network, parameters, observationSpace: space, actionCount: actionCount, lanes: lanes)
        rollout = Rollout(steps: hyper.steps, lanes: lanes, observationSpace: space, actionSpace: context.actionSpace)
        judge = QRunner(
            network, parameters, observationSpace: space, rows: max(lanes, min(256, rollout.rowCount)),
            mode: .evaluation)
        seen = RowStorage(count: lanes, space: space)
        chosen = Storage(count: lanes)
        lastValues = Storage(count: lanes)
        order = MinibatchOrder(rows: rollout.rowCount)
    }

    public var byteCount: Int {
        descent.byteCount + actor.byteCount + judge.byteCount + learner.program.byteCount + rollout.byteCount
    }

    public func begin(_ first: StepBatch) { seen.rows.copy(from: first.observations) }

    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        actor.explore(hyper.epsilon.value(at: descent.steps), seen.rows, into: actions, using: &sources)
    }

    public func remember(_ actions: Actions, _ step: StepBatch) {
        for lane in 0..<context.lanes { chosen.all[lane] = Float(actions.indices[lane]) }
        rollout.append(seen.rows, chosen.all, step, discount: hyper.discount)
        for lane in 0..<context.lanes where step.ending(of: lane) == .truncated {
            value(step.successor(of: lane), into: lastValues.all.slice(0, 1))
            rollout.setSuccessorValue(lastValues.all[0], lane: lane)
        }
        seen.rows.copy(from: step.observations)
    }

    /// values[r] ← maxₐ Q(row r, a), in passes that the judge can run.
    private func value(_ rows: Rows, into values: Floats) {
        for start in stride(from: 0, to: rows.count, by: judge.capacity) {
            let count = min(judge.capacity, rows.count - start)
            Reduction.maxima(
                judge.actionValues(of: rows.slice(start, count)), width: actionCount, rows: count,
                into: values.slice(start, count))
        }
    }

    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? {
        descent.advance(by: context.lanes)
        guard rollout.isFull else { return nil }
        value(rollout.observations, into: rollout.values)
        value(seen.rows, into: lastValues.all)
        rollout.finish(lastValues: lastValues.all, lambda: hyper.lambda)
        defer { rollout.clear() }
        var sums = Metrics(), count = 0
        order.reset()
        for _ in 0..<hyper.epochs {
            order.shuffle(using: &random)
            for start in stride(from: 0, to: order.count, by: hyper.batchSize) {
                learner.gather(order.slice(start, hyper.batchSize), of: rollout)
                let loss = learner.program.gradients(rows: hyper.batchSize)
                sums.values[0] += loss
                sums.values[1] += try descent.step(loss: loss, rows: hyper.batchSize)
                sums.values[2] += Reduction.sum(learner.values.rows) / Float(hyper.batchSize)
                count += 1
            }
        }
        for i in 0..<3 { sums.values[i] /= Float(count) }
        sums.values[3] = Float(hyper.epsilon.value(at: descent.steps))
        sums.values[4] = descent.rate
        return sums
    }

    public func diagnose() -> [Double?] { descent.diagnose() }

    public func makePolicy() -> any Policy {
        QPolicy(network, parameters.copy(), observationSpace: context.observationSpace, actionCount: actionCount, lanes: 1)
    }

    public func save(into archive: inout Archive) {
        archive.store(part: "descent") { descent.save(into: &$0) }
        archive.store(part: "rollout") { rollout.save(into: &$0) }
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        try descent.load(from: archive.part("descent"))
        try rollout.load(from: archive.part("rollout"), actionCount: actionCount)
        try seen.rows.load("observations", from: archive.part("seen"))
    }
}

/// The tape that learns: a minibatch in, one loss out.
private struct Learner {
    let observation: ObservationInlet
    let action: Inlet
    let target: Inlet
    let values: Outlet
    let program: Program

    init(_ network: NormalisedQNetwork, _ parameters: ParameterStore, _ context: AgentContext, _ hyper: PQN.Hyperparameters) {
        let tape = Tape(rows: hyper.batchSize, parameters: parameters)
        observation = ObservationInlet(tape, context.observationSpace)
        action = tape.input(.vector(1), named: "action")
        target = tape.input(.vector(1), named: "return")
        let value = network(observation.node).picking(action.node)
        values = tape.output(value)
        program = tape.compile(minimizing: value.meanSquaredError(to: target.node))
    }

    func gather(_ chosen: Integers, of rollout: Rollout) {
        let observations = observation.rows, seen = rollout.observations
        for r in 0..<chosen.count {
            let row = Int(chosen[r])
            observations.copy(r, from: seen, row)
            action.rows[r] = rollout.actions[row]
            target.rows[r] = rollout.returns[row]
        }
    }
}
