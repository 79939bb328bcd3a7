// The latest steps of one lane's episode: what waits for its return.
import Basics
import Kernels
import RLCore

/// A queue; its memory grows to the longest episode or window and stays.
struct RecentSteps {
    private var steps: [(pair: Int, reward: Double)] = []
    private var first = 0

    var count: Int { steps.count - first }
    subscript(_ index: Int) -> (pair: Int, reward: Double) { steps[first + index] }

    mutating func append(_ pair: Int, _ reward: Double) { steps.append((pair, reward)) }
    mutating func removeFirst() {
        first += 1
        // Move up when more than half of a good number lies behind: a constant cost for each step.
        if first >= 64 && first * 2 >= steps.count {
            steps.removeSubrange(0..<first)
            first = 0
        }
    }
    mutating func removeAll() {
        steps.removeAll(keepingCapacity: true)
        first = 0
    }

    var byteCount: Int { 16 * steps.capacity }
    func save(into archive: inout Archive) {
        archive.store(steps[first...].map { Int64($0.pair) }, as: "pairs")
        archive.store(steps[first...].map(\.reward), as: "rewards")
    }
    mutating func load(from archive: Archive, _ table: ActionValueTable) throws(ArchiveError) {
        let pairs = try archive.int64s("pairs")
        let rewards = try archive.doubles("rewards", count: pairs.count)
        try table.check(pairs, "pairs")
        steps = zip(pairs, rewards).map { (Int($0), $1) }
        first = 0
    }
}

extension ActionValueTable {
    /// - Throws: when one of `pairs` is none of the table's.
    func check(_ pairs: [Int64], _ name: String, from lowest: Int64 = 0) throws(ArchiveError) {
        if let wrong = pairs.first(where: { $0 < lowest || $0 >= Int64(values.count) }) {
            throw ArchiveError("\"\(name)\" holds the pair \(wrong), there are \(values.count)")
        }
    }
}
