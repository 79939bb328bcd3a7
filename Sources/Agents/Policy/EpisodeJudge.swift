// What the states of remembered episodes are worth, in passes of a fixed number of rows.
import Basics
import Kernels
import Neural
import RLCore

final class EpisodeJudge {
    private let judge: Judge
    private let views: RowStorage
    private let values: Storage<Float>
    private let capacity: Int
    var byteCount: Int { judge.byteCount }

    /// - Precondition: the network has a value.
    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ observations: Space, rows: Int) {
        judge = Judge(network, parameters, observations, rating: nil, rows: rows)
        views = RowStorage(count: rows, space: observations)
        values = Storage(count: rows)
        capacity = rows
    }

    /// V of every row, then of every last view.
    func values(of memory: EpisodeMemory) -> [Float] {
        var found: [Float] = []
        for (rows, count) in [(memory.finished, memory.rowCount), (memory.lastViews, memory.lastViews.rewards.count)] {
            for start in stride(from: 0, to: count, by: capacity) {
                let part = min(capacity, count - start)
                rows.copyObservations(from: start, count: part, into: views.rows)
                judge.judge(views.rows.slice(0, part), values: values.all.slice(0, part))
                found += values.all.slice(0, part).array
            }
        }
        return found
    }
}
