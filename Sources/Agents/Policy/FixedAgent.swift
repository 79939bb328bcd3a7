// An agent that only decides: what turns a policy that cannot learn into something the training loop can run.
import Basics
import Kernels
import RLCore

/// A policy with a place in each episode, which a resumed run must find again.
protocol PlacedPolicy: Policy {
    func savePlaces(into archive: inout Archive)
    func loadPlaces(from archive: Archive) throws(ArchiveError)
}

final class FixedAgent: Agent {
    private let make: () -> any Policy
    private let policy: any Policy
    private let seen: RowStorage
    let metricNames = ["loss"]
    let updates = 0
    let byteCount = 0

    init(lanes: Int, observationSpace: Space, policy make: @escaping () -> any Policy) {
        self.make = make
        policy = make()
        policy.begin(lanes: lanes)
        seen = RowStorage(count: lanes, space: observationSpace)
    }

    func begin(_ first: StepBatch) { seen.rows.copy(from: first.observations) }
    func act(into actions: Actions, using sources: inout [RandomSource]) {
        policy.act(on: seen.rows, into: actions, mode: .greedy, using: &sources)
    }
    func remember(_ actions: Actions, _ step: StepBatch) {
        for lane in 0..<actions.count where step.ending(of: lane) != .running { policy.ended(lane: lane) }
        seen.rows.copy(from: step.observations)
    }
    func learn(using random: inout RandomSource) -> Metrics? { nil }
    func makePolicy() -> any Policy { make() }
    func save(into archive: inout Archive) {
        archive.store(part: "policy") { policy.save(into: &$0) }
        archive.store(part: "seen") { seen.rows.save(as: "observations", into: &$0) }
        archive.store(part: "lanes") { (policy as? any PlacedPolicy)?.savePlaces(into: &$0) }
    }
    func load(from archive: Archive) throws(ArchiveError) {
        try policy.load(from: archive.part("policy"))
        try seen.rows.load("observations", from: archive.part("seen"))
        try (policy as? any PlacedPolicy)?.loadPlaces(from: archive.part("lanes"))
    }
}

extension AlgorithmSpecification {
    /// A policy that does not learn, under the name of an algorithm.
    static func fixed(
        _ name: String, summary: String, declarations: [SettingDeclaration],
        objection: @escaping @Sendable (Space, Space) -> String?,
        policy: @escaping @Sendable (Space, Settings) throws(SettingError) -> any Policy
    ) -> AlgorithmSpecification {
        AlgorithmSpecification(
            name: name, summary: summary, source: "none", declarations: declarations, defaultSteps: 10_000, defaultLanes: 1,
            objection: objection
        ) { (context, settings) throws(SettingError) in
            _ = try policy(context.actionSpace, settings)
            return FixedAgent(lanes: context.lanes, observationSpace: context.observationSpace) {
                do {
                    return try policy(context.actionSpace, settings)
                } catch {
                    fatalError("\(error), though it was accepted before")
                }
            }
        } policy: { (context, settings) throws(SettingError) in
            try policy(context.actionSpace, settings)
        }
    }
}
