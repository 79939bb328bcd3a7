// An agent that is shown a changed world; what the run counts, evaluates and records stays what the world shows and pays.
public import Basics
import Kernels

/// Around any agent. One set of statistics serves all lanes; they are learned while training, saved with the agent, copied into every
/// policy that it makes, and never changed by a policy.
public final class PreprocessedAgent: Agent {
    private let base: any Agent
    private let rules: Preprocessing
    private var observations: RunningMoments
    private var returns: RunningMoments
    /// The discounted return so far, [lanes].
    private let running: Storage<Float>
    private let seen: RowStorage
    private let finals: RowStorage
    private let rewards: Storage<Float>

    /// - Parameter space: what the world shows; `base` was made for `rules.shown(space)`.
    public init(_ base: any Agent, _ rules: Preprocessing, lanes: Int, space: Space) {
        self.base = base
        self.rules = rules
        let shown = rules.normalizesObservations
        observations = RunningMoments(width: shown ? space.shape.count : 1)
        returns = RunningMoments(width: 1)
        running = Storage(count: lanes)
        seen = RowStorage(count: shown ? lanes : 0, space: space)
        finals = RowStorage(count: shown ? lanes : 0, space: space)
        rewards = Storage(count: lanes)
    }

    public var metricNames: [String] { base.metricNames }
    public var diagnosticNames: [String] { base.diagnosticNames }
    public func diagnose() -> [Double?] { base.diagnose() }
    public var updates: Int { base.updates }
    public var byteCount: Int {
        base.byteCount + 4 * (running.all.count + rewards.all.count + seen.rows.floats.count + finals.rows.floats.count)
    }

    public func begin(_ first: StepBatch) {
        running.all.fill(0)
        base.begin(changed(first, isFirst: true))
    }
    public func act(into actions: Actions, using sources: inout [RandomSource]) { base.act(into: actions, using: &sources) }
    public func remember(_ actions: Actions, _ step: StepBatch) { base.remember(actions, changed(step, isFirst: false)) }
    public func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics? { try base.learn(using: &random) }

    /// Statistics take in the step first, and are then applied to it.
    private func changed(_ step: StepBatch, isFirst: Bool) -> StepBatch {
        if rules.changesRewards && !isFirst { changeRewards(step) }
        if rules.normalizesObservations {
            observations.add(step.observations.floats)
            rules.normalize(step.observations, by: observations, into: seen.rows)
            for lane in 0..<step.lanes where step.ending(of: lane) != .running {
                rules.normalize(step.finals, lane, by: observations, into: finals.rows)
            }
        }
        return StepBatch(
            observations: rules.normalizesObservations ? seen.rows : step.observations,
            finals: rules.normalizesObservations ? finals.rows : step.finals,
            rewards: rules.changesRewards && !isFirst ? rewards.all : step.rewards, endings: step.endings)
    }

    private func changeRewards(_ step: StepBatch) {
        for lane in 0..<step.lanes { rewards.all[lane] = step.rewards[lane] * rules.rewardScale }
        if rules.normalizesRewards {
            for lane in 0..<step.lanes {
                running.all[lane] = Float(rules.discount) * running.all[lane] + rewards.all[lane]
            }
            returns.add(running.all)
            let scale = Float(returns.scale(0))
            for lane in 0..<step.lanes {
                rewards.all[lane] /= scale
                if step.ending(of: lane) != .running { running.all[lane] = 0 }
            }
        }
        guard let limit = rules.rewardLimit else { return }
        for lane in 0..<step.lanes { rewards.all[lane] = max(-limit, min(limit, rewards.all[lane])) }
    }

    public func makePolicy() -> any Policy {
        rules.normalizesObservations ? PreprocessedPolicy(base.makePolicy(), rules, observations) : base.makePolicy()
    }

    public func save(into archive: inout Archive) {
        archive.store(part: "observations") { observations.save(into: &$0) }
        archive.store(part: "returns") { returns.save(into: &$0) }
        archive.store(running.all.array, as: "running")
        archive.store(seen.rows.floats.array, as: "seen")
        archive.store(part: "agent") { base.save(into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let kept = try archive.floats("running", count: running.all.count)
        let shown = try archive.floats("seen", count: seen.rows.floats.count)
        try observations.load(from: archive.part("observations"))
        try returns.load(from: archive.part("returns"))
        try base.load(from: archive.part("agent"))
        running.all.copy(from: kept)
        seen.rows.floats.copy(from: shown)
    }
}
