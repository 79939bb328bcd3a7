// Who learns: four verbs, called in this order by the only training loop in the house.
public import Basics
import Kernels

/// Numbers that one update reports, by position; the names are the agent's `metricNames`. No allocation.
@frozen public struct Metrics: Sendable {
    public var values: InlineArray<8, Float> = .init(repeating: 0)
    @inlinable public init() {}
}

public protocol Agent: AnyObject {
    /// The names of `Metrics.values`, at most eight, snake_case; the first is `loss`.
    var metricNames: [String] { get }
    /// Optimizer steps so far.
    var updates: Int { get }
    /// Bytes that the agent holds: parameters, programs, memories.
    var byteCount: Int { get }

    /// The first view of a run.
    func begin(_ first: StepBatch)
    /// Chooses for every lane; lane i draws from `sources[i]`.
    func act(into actions: Actions, using sources: inout [RandomSource])
    /// Takes in what came of it.
    func remember(_ actions: Actions, _ step: StepBatch)
    /// Improves, when it is time to.
    ///
    /// - Returns: nil when there was nothing to learn from yet.
    /// - Throws: at the first number that is not finite, before it has reached a parameter or a moment.
    func learn(using random: inout RandomSource) throws(NotFinite) -> Metrics?

    /// The names of what `diagnose` answers, snake_case: columns of metrics.csv after `metricNames`.
    var diagnosticNames: [String] { get }
    /// What the network looked like at the update that was measured last, by `diagnosticNames`, nil where there is nothing to tell;
    /// and asks for the next update to be measured. Called at every report, and all that it costs is paid then.
    func diagnose() -> [Double?]

    /// A snapshot that decides: evaluating it cannot touch training.
    func makePolicy() -> any Policy
    /// Everything a resumed run needs to take the same steps.
    func save(into archive: inout Archive)
    func load(from archive: Archive) throws(ArchiveError)
}

extension Agent {
    public var diagnosticNames: [String] { [] }
    public func diagnose() -> [Double?] { [] }
}
