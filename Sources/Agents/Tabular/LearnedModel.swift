// What has been seen to follow each pair, and how often.
import Basics
import RLCore

struct LearnedModel {
    struct Outcome {
        let successor: Int
        let reward: Double
        let terminates: Bool
        var count: Int
    }
    /// [pairs]
    private var outcomes: [[Outcome]]
    private var totals: [Int]
    /// Pairs seen at least once, in the order of their first time.
    private var known: [Int] = []

    init(pairCount: Int) {
        outcomes = Array(repeating: [], count: pairCount)
        totals = Array(repeating: 0, count: pairCount)
    }

    mutating func add(_ pair: Int, _ successor: Int, _ reward: Double, terminates: Bool, times: Int = 1) {
        if totals[pair] == 0 { known.append(pair) }
        totals[pair] += times
        for i in outcomes[pair].indices
        where outcomes[pair][i].successor == successor && outcomes[pair][i].reward == reward
            && outcomes[pair][i].terminates == terminates
        {
            outcomes[pair][i].count += times
            return
        }
        outcomes[pair].append(Outcome(successor: successor, reward: reward, terminates: terminates, count: times))
    }

    /// One of the known pairs, all alike, and an outcome as often as it was seen.
    ///
    /// - Precondition: something was added.
    func draw(using random: inout RandomSource) -> (pair: Int, Outcome) {
        let pair = known[random.below(known.count)]
        var left = random.below(totals[pair])
        for outcome in outcomes[pair] {
            if left < outcome.count { return (pair, outcome) }
            left -= outcome.count
        }
        fatalError("the counts of pair \(pair) do not sum to \(totals[pair])")
    }

    var byteCount: Int { 16 * outcomes.count + 32 * outcomes.reduce(0) { $0 + $1.capacity } }

    /// Outcomes pair after pair, in the order in which the pairs became known.
    func save(into archive: inout Archive) {
        let rows = known.flatMap { pair in outcomes[pair].map { (pair, $0) } }
        archive.store(rows.map { Int64($0.0) }, as: "pairs")
        archive.store(rows.map { Int64($0.1.successor) }, as: "successors")
        archive.store(rows.map { $0.1.reward }, as: "rewards")
        archive.store(rows.map { UInt8($0.1.terminates ? 1 : 0) }, as: "terminates")
        archive.store(rows.map { Int64($0.1.count) }, as: "counts")
    }
    mutating func load(from archive: Archive, _ table: ActionValueTable) throws(ArchiveError) {
        let pairs = try archive.int64s("pairs")
        let successors = try archive.int64s("successors", count: pairs.count)
        let rewards = try archive.doubles("rewards", count: pairs.count)
        let ends = try archive.bytes("terminates", count: pairs.count)
        let counts = try archive.int64s("counts", count: pairs.count)
        try table.check(pairs, "pairs")
        guard successors.allSatisfy({ $0 >= 0 && $0 < Int64(table.stateCount) }), counts.allSatisfy({ $0 > 0 }) else {
            throw ArchiveError("the learned model holds states or counts out of range")
        }
        self = LearnedModel(pairCount: outcomes.count)
        for i in pairs.indices {
            add(Int(pairs[i]), Int(successors[i]), rewards[i], terminates: ends[i] != 0, times: Int(counts[i]))
        }
    }
}
