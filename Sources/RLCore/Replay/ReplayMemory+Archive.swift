// A replay memory saved and loaded, so that it goes on as the saved one would have.
public import Basics
import Kernels

extension ReplayMemory {
    public func save(into archive: inout Archive) {
        archive.store(cursors.map { Int64($0) } + written.map { Int64($0) }, as: "positions")
        for lane in 0..<plan.lanes {
            let start = lane * length, used = written[lane]
            archive.store(part: "lane\(lane)") {
                frames.save(start, used, as: "frames", into: &$0)
                $0.store(actions.all.slice(start, used).array, as: "actions")
                $0.store(rewards.all.slice(start, used).array, as: "rewards")
                $0.store(kinds.all.slice(start, used).array, as: "kinds")
                $0.store(ready.all.slice(start, used).array, as: "ready")
            }
        }
        priorities?.save(into: &archive)
    }

    /// - Throws: when the archive does not hold a memory that fits this one, of actions 0 ..< `actionCount`.
    public func load(from archive: Archive, actionCount: Int) throws(ArchiveError) {
        let positions = try archive.int64s("positions", count: 2 * plan.lanes).map { Int($0) }
        let newCursors = Array(positions.prefix(plan.lanes)), newWritten = Array(positions.suffix(plan.lanes))
        for (cursor, used) in zip(newCursors, newWritten) {
            guard (0...length).contains(used), used == length ? (0..<length).contains(cursor) : cursor == used - 1 else {
                throw ArchiveError("a replay memory with \(used) frames, the newest at \(cursor), does not fit one of \(length)")
            }
        }
        var lanes: [(actions: [Int32], rewards: [Float], kinds: [UInt8], ready: [UInt8])] = []
        for (lane, used) in newWritten.enumerated() {
            let part = archive.part("lane\(lane)")
            let chosen = try part.int32s("actions", count: used), kinds = try part.bytes("kinds", count: used)
            let ready = try part.bytes("ready", count: used)
            if let bad = chosen.first(where: { $0 < 0 || $0 >= actionCount }) {
                throw ArchiveError("the replay memory holds action \(bad), there are \(actionCount)")
            }
            guard kinds.allSatisfy({ Kind(rawValue: $0) != nil }),
                zip(ready, kinds).allSatisfy({ $0 == 0 || $0 == 1 && $1 != Kind.frame.rawValue })
            else { throw ArchiveError("lane \(lane) of the replay memory holds what is no transition") }
            lanes.append((chosen, try part.floats("rewards", count: used), kinds, ready))
        }
        func isReady(_ slot: Int) -> Bool {
            let ready = lanes[slot / length].ready, place = slot % length
            return place < ready.count && ready[place] == 1
        }
        try priorities?.load(from: archive, isReady: isReady)
        for (lane, used) in newWritten.enumerated() {
            try frames.load(lane * length, used, "frames", from: archive.part("lane\(lane)"))
        }
        kinds.all.fill(0)
        ready.all.fill(0)
        for (lane, held) in lanes.enumerated() {
            let start = lane * length, used = newWritten[lane]
            actions.all.slice(start, used).copy(from: held.actions)
            rewards.all.slice(start, used).copy(from: held.rewards)
            kinds.all.slice(start, used).copy(from: held.kinds)
            ready.all.slice(start, used).copy(from: held.ready)
        }
        count = lanes.reduce(0) { $0 + $1.ready.count { $0 == 1 } }
        (cursors, written) = (newCursors, newWritten)
    }
}
