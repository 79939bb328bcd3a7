// An exponential average: what REINFORCE may take from returns when it knows nothing of states.
import Basics

/// b ← d·b + (1 − d)·x; the first x is taken whole.
struct MovingAverage {
    private let decay: Double
    private var average = 0.0
    private var count = 0
    /// 0 before the first.
    var value: Double { average }

    init(decay: Double) { self.decay = decay }

    mutating func add(_ x: Double) {
        average = count == 0 ? x : decay * average + (1 - decay) * x
        count += 1
    }
    func save(into archive: inout Archive) {
        archive.store([average], as: "average")
        archive.store(count, as: "count")
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.doubles("average", count: 1)
        count = try archive.counters("count", count: 1)[0]
        average = found[0]
    }
}
