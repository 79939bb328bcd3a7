// The control: it draws every action uniformly and learns nothing.
public import Basics
import Kernels
public import RLCore

public final class RandomPolicy: Policy {
    private let actionSpace: Space
    public init(actionSpace: Space) { self.actionSpace = actionSpace }

    public func begin(lanes: Int) {}
    /// Uniform in every mode; see `Actions.draw` for a box without bounds.
    public func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        for lane in 0..<actions.count { actions.draw(lane, from: actionSpace, using: &sources[lane]) }
    }
    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        actionSpace.discreteCount.map { Insight(scores: .probabilities(Array(repeating: 1 / Double($0), count: $0))) }
    }
    public func save(into archive: inout Archive) { archive.store([Float(0)], as: "nothing") }
    public func load(from archive: Archive) throws(ArchiveError) {}
}

public final class RandomAgent: Agent {
    private let actionSpace: Space
    public let metricNames = ["loss"]
    public let updates = 0
    public let byteCount = 0

    public init(actionSpace: Space) { self.actionSpace = actionSpace }

    public func begin(_ first: StepBatch) {}
    public func act(into actions: Actions, using sources: inout [RandomSource]) {
        for lane in 0..<actions.count { actions.draw(lane, from: actionSpace, using: &sources[lane]) }
    }
    public func remember(_ actions: Actions, _ step: StepBatch) {}
    public func learn(using random: inout RandomSource) -> Metrics? { nil }
    public func makePolicy() -> any Policy { RandomPolicy(actionSpace: actionSpace) }
    public func save(into archive: inout Archive) {}
    public func load(from archive: Archive) throws(ArchiveError) {}

    public static let specification = AlgorithmSpecification(
        name: "random", summary: "uniform random actions: the control that every learner must beat", source: "none",
        declarations: [], defaultSteps: 10_000, defaultLanes: 1, objection: { _, _ in nil },
        agent: { (context, _) in RandomAgent(actionSpace: context.actionSpace) },
        policy: { (context, _) in RandomPolicy(actionSpace: context.actionSpace) })
}
