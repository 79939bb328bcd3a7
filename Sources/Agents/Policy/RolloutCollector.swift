// Fills a rollout by acting, and says what everything in it was worth: what A2C and PPO do alike before they learn.
import Basics
import Kernels
import Neural
import RLCore

final class RolloutCollector {
    let rollout: Rollout
    /// [steps · lanes] of what was done, by the policy that did it; empty where nobody asks.
    var logProbabilities: Floats { logProbabilityStorage.all }
    private let logProbabilityStorage: Storage<Float>
    private let actionSpace: Space
    private let runner: PolicyRunner
    private let judge: Judge
    private let discount: Float
    private let lambda: Float
    /// What the lanes see now, and what they were told, before numbers were held within their bounds.
    private let seen: RowStorage
    private let chosen: Storage<Float>
    private let lastValues: Storage<Float>

    /// - Parameter keepsProbabilities: whether `logProbabilities` are wanted.
    init(
        _ network: ActorCriticNetwork, _ parameters: ParameterStore, _ context: AgentContext, steps: Int, discount: Float,
        lambda: Float, keepsProbabilities: Bool
    ) {
        let lanes = context.lanes
        actionSpace = context.actionSpace
        self.discount = discount
        self.lambda = lambda
        rollout = Rollout(
            steps: steps, lanes: lanes, observationSpace: context.observationSpace, actionSpace: context.actionSpace)
        runner = PolicyRunner(network, parameters, context.observationSpace, context.actionSpace, rows: lanes)
        judge = Judge(
            network, parameters, context.observationSpace, rating: keepsProbabilities ? context.actionSpace : nil,
            rows: max(lanes, min(256, rollout.rowCount)))
        seen = RowStorage(count: lanes, space: context.observationSpace)
        chosen = Storage(count: lanes * rollout.actionWidth)
        lastValues = Storage(count: lanes)
        logProbabilityStorage = Storage(count: keepsProbabilities ? rollout.rowCount : 0)
    }

    var byteCount: Int { rollout.byteCount + runner.byteCount + judge.byteCount + 4 * logProbabilities.count }
    var isFull: Bool { rollout.isFull }

    func begin(_ first: StepBatch) { seen.rows.copy(from: first.observations) }

    func act(into actions: Actions, using sources: inout [RandomSource]) {
        runner.run(seen.rows)
        for lane in 0..<actions.count { runner.sample(lane, into: actions, using: &sources[lane]) }
        guard actionSpace.discreteCount == nil else { return }
        chosen.all.copy(from: actions.values)
        actions.clip(to: actionSpace)
    }

    func remember(_ actions: Actions, _ step: StepBatch) {
        if actionSpace.discreteCount != nil {
            for lane in 0..<actions.count { chosen.all[lane] = Float(actions.indices[lane]) }
        }
        rollout.append(seen.rows, chosen.all, step, discount: discount)
        for lane in 0..<actions.count where step.ending(of: lane) == .truncated {
            judge.judge(step.successor(of: lane), values: lastValues.all.slice(0, 1))
            rollout.setSuccessorValue(lastValues.all[0], lane: lane)
        }
        seen.rows.copy(from: step.observations)
    }

    /// Values, probabilities, returns and advantages of a full rollout, by the parameters that acted.
    func finish() {
        judge.judge(
            rollout.observations, actions: rollout.actions, values: rollout.values, logProbabilities: logProbabilities)
        judge.judge(seen.rows, values: lastValues.all)
        rollout.finish(lastValues: lastValues.all, lambda: lambda)
    }
    func clear() { rollout.clear() }

    func save(into archive: inout Archive) {
        archive.store(part: "rollout") { rollout.save(into: &$0) }
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
    }
    func load(from archive: Archive) throws(ArchiveError) {
        try rollout.load(from: archive.part("rollout"), actionCount: actionSpace.discreteCount)
        try seen.rows.load("observations", from: archive.part("seen"))
    }
}

extension Rows {
    /// Copies as many rows as there are here from the beginning of `other`.
    func copy(from other: Rows) {
        bytes.copy(from: other.bytes.slice(0, bytes.count))
        floats.copy(from: other.floats.slice(0, floats.count))
    }
}
