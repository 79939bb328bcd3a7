// A policy that is shown normalised observations.
public import Basics
import Kernels

/// Normalises by statistics that stay as they are, and that are saved with the weights.
public final class PreprocessedPolicy: Policy {
    /// Who decides on what is shown to it.
    public let base: any Policy
    private let rules: Preprocessing
    private var moments: RunningMoments
    private var seen = Storage<Float>(count: 0)

    init(_ base: any Policy, _ rules: Preprocessing, _ moments: RunningMoments) {
        self.base = base
        self.rules = rules
        self.moments = moments
    }
    /// Around a policy that was made for `rules.shown(space)`, to be filled by `load`.
    public convenience init(_ base: any Policy, _ rules: Preprocessing, space: Space) {
        self.init(base, rules, RunningMoments(width: space.shape.count))
    }

    public func begin(lanes: Int) {
        seen = Storage(count: lanes * moments.mean.count)
        base.begin(lanes: lanes)
    }
    public func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        let width = moments.mean.count
        guard observations.width == width && seen.all.count >= observations.count * width else {
            fatalError(
                "\(observations.count) rows of \(observations.width) for a policy of \(seen.all.count / width) rows of \(width)")
        }
        let rows = Rows(floats: seen.all.slice(0, observations.count * width), width: width)
        rules.normalize(observations, by: moments, into: rows)
        base.act(on: rows, into: actions, mode: mode, using: &sources)
    }
    /// What `base` thinks of row `row` as it is shown to it.
    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        let storage = shown(observations, row: row)
        return base.insight(into: storage.rows, row: 0, attention: attention)
    }
    /// Row `row` as `base` sees it, in memory of its own.
    public func shown(_ observations: Rows, row: Int) -> RowStorage {
        let storage = RowStorage(count: 1, space: .box(.vector(moments.mean.count), low: [], high: []))
        rules.normalize(observations.slice(row, 1), by: moments, into: storage.rows)
        return storage
    }
    public func ended(lane: Int) { base.ended(lane: lane) }

    public func save(into archive: inout Archive) {
        base.save(into: &archive)
        archive.store(part: "normalization") { moments.save(into: &$0) }
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        try moments.load(from: archive.part("normalization"))
        try base.load(from: archive)
    }
}
