// Who decides, seen from outside: something that answers observations with actions.
public import Basics
import Kernels

public enum Mode: Hashable, Sendable {
    /// The action thought best.
    case greedy
    /// As the policy itself would draw.
    case sampled
    /// Uniform with this probability, greedy otherwise.
    case epsilon(Double)
}

public protocol Policy: AnyObject {
    /// Prepares for batches of up to `lanes` rows; state carried from step to step is forgotten.
    func begin(lanes: Int)
    /// Fills an action for each row of `observations`; lane i draws from `sources[i]`.
    func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource])
    /// Lane `lane` begins a new episode: a recurrent policy forgets.
    func ended(lane: Int)
    /// What the policy thinks of row `row` of `observations`, without changing what it does next; nil when it has nothing to tell.
    ///
    /// - Parameter attention: whether `Insight.attention` is wanted, which costs a backward pass.
    func insight(into observations: Rows, row: Int, attention: Bool) -> Insight?
    /// What deciding needs, nothing of what learning needs.
    func save(into archive: inout Archive)
    func load(from archive: Archive) throws(ArchiveError)
}

extension Policy {
    public func ended(lane: Int) {}
    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? { nil }
}
