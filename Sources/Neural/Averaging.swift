// Averages of parameters along a run, and ensembles of its snapshots.
import Basics
import Kernels

/// A second store that follows the learning one.
public final class ParameterAverage {
    /// The average: record an evaluation tape on it.
    public let store: ParameterStore
    private let rule: Rule
    private var count = 0

    public enum Rule: Hashable, Sendable {
        /// θ̄ ← θ̄ + (θ − θ̄)/n: the mean of all that was added (Polyak & Juditsky 1992).
        case mean
        /// θ̄ ← d·θ̄ + (1 − d)·θ, after the first, which is copied.
        case exponential(decay: Float)
    }

    public init(of parameters: ParameterStore, _ rule: Rule) {
        if case .exponential(let decay) = rule, !(decay >= 0 && decay < 1) {
            fatalError("an exponential average with a decay of \(decay); it must be in 0..<1")
        }
        store = parameters.copy()
        self.rule = rule
    }

    /// Adds what `parameters` are now.
    public func add(_ parameters: ParameterStore) {
        count += 1
        switch rule {
        case .mean: store.blend(toward: parameters, by: 1 / Float(count))
        case .exponential(let decay): store.blend(toward: parameters, by: count == 1 ? 1 : 1 - decay)
        }
    }
}

/// Snapshots of one run, usually at the ends of a repeating cosine's periods, whose predictions are averaged (Huang et al. 2017).
public final class SnapshotEnsemble {
    public private(set) var snapshots: [ParameterStore] = []
    /// How many are kept; the oldest goes first.
    public let limit: Int

    public init(keeping limit: Int) {
        guard limit > 0 else { fatalError("an ensemble of \(limit) snapshots") }
        self.limit = limit
    }

    public func add(_ parameters: ParameterStore) {
        snapshots.append(parameters.copy())
        if snapshots.count > limit { snapshots.removeFirst() }
    }

    /// The mean of a program's output over all snapshots, each copied into `parameters` in turn; they are put back afterwards.
    ///
    /// - Returns: [rows, width] of the outlet.
    public func mean(of outlet: Outlet, _ program: Program, rows: Int, on parameters: ParameterStore) -> [Float] {
        guard !snapshots.isEmpty else { fatalError("an ensemble without a snapshot has no mean") }
        let own = parameters.copy()
        var sums = [Float](repeating: 0, count: rows * outlet.node.shape.count)
        for snapshot in snapshots {
            parameters.copyValues(from: snapshot)
            program.forward(rows: rows)
            for i in sums.indices { sums[i] += outlet.rows[i] }
        }
        parameters.copyValues(from: own)
        return sums.map { $0 / Float(snapshots.count) }
    }
}
