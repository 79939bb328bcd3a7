// Whole episodes of one policy, as many from each lane: the memory of Monte-Carlo learners.
import Basics
import Kernels
import RLCore

/// Each lane contributes the same number of episodes, begun after the last `clear`. Taking whatever ends first would prefer short
/// episodes, and an episode begun by the policy before would not be this one's. What a lane does beyond is not remembered.
final class EpisodeMemory {
    private let lanes: Int
    private let episodesPerLane: Int
    private let width: Int
    private let actionWidth: Int
    private var open: [OpenEpisode]
    /// Rows of the episodes that have ended, one episode after the other.
    private(set) var finished = EpisodeRows()
    /// The true last views of truncated episodes, rows of `width`, as numbers or as bytes.
    private(set) var lastViews = EpisodeRows()
    /// Of each finished episode: where its rows begin, and which of `lastViews` it bootstraps from (−1: none).
    private(set) var starts: [Int] = []
    private(set) var bootstraps: [Int] = []

    private struct OpenEpisode {
        var rows = EpisodeRows()
        var left = 0
        var isRemembered = true
    }

    init(episodes: Int, lanes: Int, observationSpace: Space, actionSpace: Space) {
        self.lanes = lanes
        episodesPerLane = episodes / lanes
        width = observationSpace.shape.count
        actionWidth = actionSpace.shape.count
        open = (0..<lanes).map { _ in OpenEpisode(left: episodes / lanes) }
    }

    var isFull: Bool { open.allSatisfy { $0.left == 0 } }
    var rowCount: Int { finished.rewards.count }
    var episodeCount: Int { starts.count }
    /// The rows of a finished episode.
    func rows(of episode: Int) -> Range<Int> {
        starts[episode]..<(episode + 1 < starts.count ? starts[episode + 1] : rowCount)
    }
    var byteCount: Int { finished.byteCount + lastViews.byteCount + open.reduce(0) { $0 + $1.rows.byteCount } }

    /// Remembers a step of all lanes: what was seen, done, and what came of it.
    func append(_ seen: Rows, _ chosen: Floats, _ step: StepBatch) {
        for lane in 0..<lanes {
            let ending = step.ending(of: lane)
            if open[lane].isRemembered && open[lane].left > 0 {
                open[lane].rows.append(seen.slice(lane, 1))
                open[lane].rows.append(chosen.row(lane, width: actionWidth), reward: step.rewards[lane])
                if ending != .running { close(lane, ending, step.successor(of: lane)) }
            } else if ending != .running {
                open[lane].isRemembered = true
            }
        }
    }

    private func close(_ lane: Int, _ ending: Ending, _ lastView: Rows) {
        starts.append(rowCount)
        finished.append(open[lane].rows)
        open[lane].rows.removeAll()
        open[lane].left -= 1
        bootstraps.append(ending == .truncated ? lastViews.rewards.count : -1)
        guard ending == .truncated else { return }
        lastViews.append(lastView)
        lastViews.append(.empty, reward: 0)
    }

    /// Forgets what has ended and asks for as many episodes anew; one that is under way was begun by the policy before.
    func clear(after step: (Int) -> Ending) {
        finished.removeAll()
        lastViews.removeAll()
        starts.removeAll(keepingCapacity: true)
        bootstraps.removeAll(keepingCapacity: true)
        for lane in 0..<lanes {
            open[lane].left = episodesPerLane
            open[lane].isRemembered = step(lane) != .running
        }
    }

    func save(into archive: inout Archive) {
        archive.store(open.flatMap { [Int64($0.left), $0.isRemembered ? 1 : 0] }, as: "lanes")
        archive.store(starts.map { Int64($0) }, as: "starts")
        archive.store(bootstraps.map { Int64($0) }, as: "bootstraps")
        archive.store(part: "finished") { finished.save(into: &$0) }
        archive.store(part: "last_views") { lastViews.save(into: &$0) }
        for lane in 0..<lanes { archive.store(part: "lane\(lane)") { open[lane].rows.save(into: &$0) } }
    }
    /// - Throws: when the archive does not hold such a memory, of actions 0 ..< `actionCount` where they are discrete.
    func load(from archive: Archive, actionCount: Int?) throws(ArchiveError) {
        let flags = try archive.int64s("lanes", count: 2 * lanes)
        let newStarts = try archive.counters("starts", count: nil)
        let newBootstraps = try archive.int64s("bootstraps", count: newStarts.count).map { Int($0) }
        let ended = try EpisodeRows(archive.part("finished"), width: width, actionWidth: actionWidth, actionCount: actionCount)
        let views = try EpisodeRows(archive.part("last_views"), width: width, actionWidth: 0, actionCount: nil)
        let ascending = zip(newStarts, newStarts.dropFirst() + [ended.rewards.count]).allSatisfy { $0 < $1 }
        guard ascending, newStarts.first ?? 0 == 0, newBootstraps.allSatisfy({ (-1..<views.rewards.count).contains($0) }),
            flags.allSatisfy({ (0...Int64(episodesPerLane)).contains($0) || $0 == 1 })
        else { throw ArchiveError("the episodes in memory contradict themselves") }
        var lanesRows: [EpisodeRows] = []
        for lane in 0..<lanes {
            lanesRows.append(
                try EpisodeRows(
                    archive.part("lane\(lane)"), width: width, actionWidth: actionWidth, actionCount: actionCount))
        }
        for lane in 0..<lanes {
            open[lane] = OpenEpisode(
                rows: lanesRows[lane], left: Int(flags[2 * lane]), isRemembered: flags[2 * lane + 1] == 1)
        }
        (finished, lastViews, starts, bootstraps) = (ended, views, newStarts, newBootstraps)
    }
}

/// Rows that grow: observations as numbers or as bytes, what was done there, and its reward.
struct EpisodeRows {
    private(set) var floats: [Float] = []
    private(set) var bytes: [UInt8] = []
    private(set) var actions: [Float] = []
    private(set) var rewards: [Float] = []

    init() {}

    var byteCount: Int { 4 * (floats.capacity + actions.capacity + rewards.capacity) + bytes.capacity }

    mutating func append(_ row: Rows) {
        for i in 0..<row.floats.count { floats.append(row.floats[i]) }
        for i in 0..<row.bytes.count { bytes.append(row.bytes[i]) }
    }
    mutating func append(_ action: Floats, reward: Float) {
        for i in 0..<action.count { actions.append(action[i]) }
        rewards.append(reward)
    }
    mutating func append(_ other: EpisodeRows) {
        floats += other.floats
        bytes += other.bytes
        actions += other.actions
        rewards += other.rewards
    }
    mutating func removeAll() {
        floats.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        actions.removeAll(keepingCapacity: true)
        rewards.removeAll(keepingCapacity: true)
    }
    /// Copies observations `start ..< start + count` to the first rows of `target`.
    func copyObservations(from start: Int, count: Int, into target: Rows) {
        let width = target.width
        if target.bytes.count > 0 {
            for i in 0..<count * width { target.bytes[i] = bytes[start * width + i] }
        } else {
            for i in 0..<count * width { target.floats[i] = floats[start * width + i] }
        }
    }

    func save(into archive: inout Archive) {
        archive.store(floats, as: "observations")
        archive.store(bytes, as: "observation_bytes")
        archive.store(actions, as: "actions")
        archive.store(rewards, as: "rewards")
    }
    init(_ archive: Archive, width: Int, actionWidth: Int, actionCount: Int?) throws(ArchiveError) {
        floats = try archive.floats("observations")
        bytes = try archive.bytes("observation_bytes")
        actions = try archive.floats("actions")
        rewards = try archive.floats("rewards")
        guard floats.count + bytes.count == rewards.count * width, actions.count == rewards.count * actionWidth else {
            throw ArchiveError(
                "an episode of \(rewards.count) steps holds \(floats.count + bytes.count) numbers of \(width) a step")
        }
        if let actionCount, let bad = actions.first(where: { !($0 >= 0 && $0 < Float(actionCount)) || $0 != $0.rounded() }) {
            throw ArchiveError("an episode holds action \(bad), there are \(actionCount)")
        }
    }
}
