// Planning as an algorithm of the catalogue: it has solved the world before the first step, and nothing is left to learn.
import Basics
import Kernels
import RLCore

final class PlanningAgent: Agent {
    /// The residual that the search ended with, and its sweeps.
    let metricNames = ["loss", "sweeps"]
    let updates: Int
    let byteCount: Int
    private let policy: TabularPolicy
    private let residual: Double
    private var reported = false
    /// [lanes]: what each lane saw last.
    private let seen: RowStorage

    init(_ plan: Plan, _ model: PlanningModel, lanes: Int) {
        updates = plan.sweeps
        residual = plan.residual
        policy = plan.makePolicy(for: model)
        byteCount = model.byteCount + 8 * plan.actionValues.count
        seen = RowStorage(count: lanes, space: .discrete(model.observationCount))
    }

    func begin(_ first: StepBatch) { see(first) }
    private func see(_ step: StepBatch) {
        for lane in 0..<seen.rows.count { seen.rows.copy(lane, from: step.observations, lane) }
    }
    func act(into actions: Actions, using sources: inout [RandomSource]) {
        policy.act(on: seen.rows, into: actions, mode: .greedy, using: &sources)
    }
    func remember(_ actions: Actions, _ step: StepBatch) { see(step) }
    func learn(using random: inout RandomSource) -> Metrics? {
        guard !reported else { return nil }
        reported = true
        var metrics = Metrics()
        metrics.values[0] = Float(residual)
        metrics.values[1] = Float(updates)
        return metrics
    }
    func makePolicy() -> any Policy { policy }

    func save(into archive: inout Archive) {
        archive.store(seen.rows.floats.array, as: "seen")
        archive.store(reported ? 1 : 0, as: "reported")
        archive.store(part: "policy") { policy.save(into: &$0) }
    }
    func load(from archive: Archive) throws(ArchiveError) {
        let observations = try archive.floats("seen", count: seen.rows.floats.count)
        guard observations.allSatisfy({ $0 >= 0 && Int($0) < policy.stateCount }) else {
            throw ArchiveError("\"seen\" holds states out of range")
        }
        let wasReported = try archive.integer("reported")
        try policy.load(from: archive.part("policy"))
        seen.rows.floats.copy(from: observations)
        reported = wasReported != 0
    }
}

extension Plan {
    /// - Precondition: a player sees the whole state.
    func makePolicy(for model: PlanningModel) -> TabularPolicy {
        precondition(model.isFullyObserved, "a plan needs to see the state")
        let width = model.actionCount
        var values = [Double](repeating: 0, count: model.observationCount * width)
        var actions = [Int](repeating: -1, count: model.observationCount)
        for state in 0..<model.stateCount {
            let seen = model.observations[state]
            actions[seen] = policy[state]
            for action in 0..<width { values[seen * width + action] = actionValues[state * width + action] }
        }
        return TabularPolicy(values: values, actionCount: width, actions: actions)
    }
}
