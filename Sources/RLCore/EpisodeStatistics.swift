// Returns and lengths of the episodes that end while a vector is stepped.
public import Basics
import Kernels

public struct Episode: Hashable, Sendable {
    public var total: Double = 0
    public var length: Int = 0
    public init() {}
}

/// Counts in every lane, and keeps the last `window` finished episodes. Allocates when it is made, not when it counts.
public struct EpisodeStatistics: Hashable, Sendable {
    private var running: [Episode]
    private var recent: [Episode] = []
    private var next = 0
    private let window: Int
    /// Episodes finished so far.
    public private(set) var finished = 0

    public init(lanes: Int, window: Int = 100) {
        running = Array(repeating: Episode(), count: lanes)
        recent.reserveCapacity(window)
        self.window = window
    }

    /// - Returns: how many episodes ended in this step.
    @discardableResult public mutating func count(_ step: StepBatch) -> Int {
        let before = finished
        for lane in 0..<running.count {
            running[lane].total += Double(step.rewards[lane])
            running[lane].length += 1
            if step.ending(of: lane) != .running {
                if recent.count < window { recent.append(running[lane]) } else { recent[next] = running[lane] }
                next = next + 1 == window ? 0 : next + 1
                finished += 1
                running[lane] = Episode()
            }
        }
        return finished - before
    }

    /// Over the recent episodes; nil before the first has ended.
    public var meanReturn: Double? {
        recent.isEmpty ? nil : recent.reduce(0) { $0 + $1.total } / Double(recent.count)
    }
    public var meanLength: Double? {
        recent.isEmpty ? nil : Double(recent.reduce(0) { $0 + $1.length }) / Double(recent.count)
    }

    public func save(into archive: inout Archive) {
        archive.store([Int64(finished), Int64(next)], as: "episodes.position")
        archive.store(running.map(\.total) + recent.map(\.total), as: "episodes.returns")
        archive.store(running.map { Int64($0.length) } + recent.map { Int64($0.length) }, as: "episodes.lengths")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let position = try archive.int64s("episodes.position", count: 2).map { Int($0) }
        let kept = min(position[0], window)
        let totals = try archive.doubles("episodes.returns", count: running.count + kept)
        let lengths = try archive.int64s("episodes.lengths", count: running.count + kept)
        guard position[0] >= 0, (0..<window).contains(position[1]) else {
            throw ArchiveError("\"episodes.position\" is out of range")
        }
        var all: [Episode] = []
        for (total, length) in zip(totals, lengths) {
            var episode = Episode()
            episode.total = total
            episode.length = Int(length)
            all.append(episode)
        }
        finished = position[0]
        next = position[1]
        for lane in running.indices { running[lane] = all[lane] }
        recent.removeAll(keepingCapacity: true)
        recent += all[running.count...]
    }
}
