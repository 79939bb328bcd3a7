// A replay memory saved and loaded, so that it goes on as the saved one would have.
public import Basics
import Kernels

extension ReplayMemory {
    /// What lies behind a lane's newest slot never changes: four logs, of which an archive may hold the older rows elsewhere.
    public func save(into archive: inout Archive) {
        archive.store(pushed.map { Int64($0) }, as: "pushed")
        var marks: [UInt8] = []
        for lane in 0..<plan.lanes {
            marks += ready.all.slice(lane * length, written[lane]).array
            archive.store(part: "lane\(lane)") { saveLogs(of: lane, into: &$0) }
        }
        archive.store(marks, as: "ready")
        let newest = (0..<plan.lanes).filter { pushed[$0] > 0 }.map { frames.values($0 * length + cursors[$0], 1) }
        archive.store(frames.joined(newest), as: "newest")
        priorities?.save(into: &archive)
    }

    private func saveLogs(of lane: Int, into archive: inout Archive) {
        let oldest = pushed[lane] - written[lane], end = max(0, pushed[lane] - 1)
        let rows = min(end, max(oldest, archive.firstWanted(ofLog: "frames")))..<end
        let stretch = LogStretch(rows: rows, first: oldest)
        let pieces = pieces(of: rows, lane)
        archive.store(frames.joined(pieces.map { frames.values($0.start, $0.count) }), of: stretch, as: "frames")
        func store(_ values: TensorValues, as name: String) {
            archive.store(Tensor(shape: [rows.count], values: values), of: stretch, as: name)
        }
        store(.int32(pieces.flatMap { actions.all.slice($0.start, $0.count).array }), as: "actions")
        store(.float32(pieces.flatMap { rewards.all.slice($0.start, $0.count).array }), as: "rewards")
        store(.uint8(pieces.flatMap { kinds.all.slice($0.start, $0.count).array }), as: "kinds")
    }

    /// Where rows of a lane's logs lie in the ring: one piece, or two around its end.
    private func pieces(of rows: Range<Int>, _ lane: Int) -> [(start: Int, count: Int)] {
        let place = rows.lowerBound % length, first = min(rows.count, length - place)
        let pieces = [(start: lane * length + place, count: first), (start: lane * length, count: rows.count - first)]
        return pieces.filter { $0.count > 0 }
    }

    /// - Throws: when the archive does not hold a memory that fits this one, of actions 0 ..< `actionCount`.
    public func load(from archive: Archive, actionCount: Int) throws(ArchiveError) {
        let total = try archive.int64s("pushed", count: plan.lanes)
        guard total.allSatisfy({ (0..<(1 << 62)).contains($0) }) else { throw ArchiveError("\"pushed\" is \(total)") }
        let newPushed = total.map { Int($0) }, newWritten = newPushed.map { min($0, length) }
        let marks = try archive.bytes("ready", count: newWritten.reduce(0, +))
        var lanes: [LaneRows] = []
        var begun = 0
        for lane in newPushed.indices {
            let rows = max(0, newPushed[lane] - length)..<max(0, newPushed[lane] - 1)
            let held = try LaneRows(archive.part("lane\(lane)"), rows, frames, actionCount: actionCount)
            let ready = Array(marks[begun..<begun + newWritten[lane]])
            begun += newWritten[lane]
            for (place, mark) in ready.enumerated() where mark != 0 {
                let row = rows.lowerBound + (place - rows.lowerBound % length + length) % length
                guard mark == 1, row < rows.upperBound, held.kinds[held.skipped + row - rows.lowerBound] != Kind.frame.rawValue
                else {
                    throw ArchiveError("lane \(lane) of the replay memory holds what is no transition")
                }
            }
            lanes.append(held)
        }
        var newReady = [UInt8](repeating: 0, count: plan.lanes * length)
        begun = 0
        for (lane, used) in newWritten.enumerated() {
            newReady.replaceSubrange(lane * length..<lane * length + used, with: marks[begun..<begun + used])
            begun += used
        }
        let newest = try frames.checked(archive, "newest", count: newPushed.count { $0 > 0 })
        try priorities?.load(from: archive) { newReady[$0] == 1 }

        kinds.all.fill(0)
        ready.all.copy(from: newReady)
        var next = 0
        for (lane, held) in lanes.enumerated() {
            var row = held.skipped
            for piece in pieces(of: held.rows, lane) {
                let part = row..<row + piece.count
                frames.load(held.frames, part, into: piece.start)
                actions.all.slice(piece.start, piece.count).copy(from: Array(held.actions[part]))
                rewards.all.slice(piece.start, piece.count).copy(from: Array(held.rewards[part]))
                kinds.all.slice(piece.start, piece.count).copy(from: Array(held.kinds[part]))
                row += piece.count
            }
            guard newPushed[lane] > 0 else { continue }
            frames.load(newest, next..<next + 1, into: lane * length + (newPushed[lane] - 1) % length)
            next += 1
        }
        count = newReady.count { $0 == 1 }
        (pushed, written) = (newPushed, newWritten)
        cursors = newPushed.map { $0 == 0 ? -1 : ($0 - 1) % length }
    }

    /// What the logs of a lane hold, checked: the rows that are still needed, and perhaps older ones before them.
    private struct LaneRows {
        let rows: Range<Int>
        /// How many older rows there are.
        let skipped: Int
        let frames: TensorValues
        let actions: [Int32]
        let rewards: [Float]
        let kinds: [UInt8]

        init(_ archive: Archive, _ rows: Range<Int>, _ store: FrameStore, actionCount: Int) throws(ArchiveError) {
            self.rows = rows
            var all = rows
            for name in ["frames", "actions", "rewards", "kinds"] {
                guard let stretch = archive.stretch(name) else {
                    throw ArchiveError("the replay memory's log \"\(name)\" is missing")
                }
                all = stretch.rows
                guard all.lowerBound <= rows.lowerBound, all.upperBound == rows.upperBound else {
                    throw ArchiveError("the replay memory needs rows \(rows) of its log \"\(name)\", it holds \(all)")
                }
            }
            skipped = rows.lowerBound - all.lowerBound
            frames = try store.checked(archive, "frames", count: all.count)
            actions = try archive.int32s("actions", count: all.count)
            rewards = try archive.floats("rewards", count: all.count)
            kinds = try archive.bytes("kinds", count: all.count)
            if let bad = actions.first(where: { $0 < 0 || $0 >= actionCount }) {
                throw ArchiveError("the replay memory holds action \(bad), there are \(actionCount)")
            }
            guard kinds.allSatisfy({ Kind(rawValue: $0) != nil }) else {
                throw ArchiveError("the replay memory holds what is no transition")
            }
        }
    }
}
