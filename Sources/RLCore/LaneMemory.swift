// The memory that a vector's steps are told in: one block for all lanes, of which each part of the vector writes its own.
import Basics
public import Kernels

/// Observations, last views, rewards and endings of a run of lanes. Rounded up to eights, so that lanes may be written eight at a time.
@frozen public struct LaneMemory: Sendable {
    @usableFromInline let observations: RowStorage
    @usableFromInline let finals: RowStorage
    @usableFromInline let rewards: Storage<Float>
    @usableFromInline let endings: Storage<UInt8>
    /// The first of these lanes, counted in the whole vector.
    public let first: Int
    public let count: Int
    /// Lanes of the whole vector.
    public let total: Int
    /// Views of these lanes.
    public let batch: StepBatch
    /// The same views with the lanes that nobody plays, up to a whole eight.
    @usableFromInline let padded: StepBatch

    public init(lanes: Int, space: Space) {
        let room = LaneMemory.roundedToEight(lanes)
        self.init(
            observations: RowStorage(count: room, space: space), finals: RowStorage(count: room, space: space),
            rewards: Storage(count: room), endings: Storage(count: room), first: 0, count: lanes, total: lanes)
    }

    private init(
        observations: RowStorage, finals: RowStorage, rewards: Storage<Float>, endings: Storage<UInt8>, first: Int, count: Int,
        total: Int
    ) {
        self.observations = observations
        self.finals = finals
        self.rewards = rewards
        self.endings = endings
        self.first = first
        self.count = count
        self.total = total
        func views(_ count: Int) -> StepBatch {
            StepBatch(
                observations: observations.rows.slice(first, count), finals: finals.rows.slice(first, count),
                rewards: rewards.all.slice(first, count), endings: endings.all.slice(first, count))
        }
        batch = views(count)
        padded = views(LaneMemory.roundedToEight(count))
    }

    /// The same memory, seen as `parts` runs of lanes: whole eights but for the last, and none empty.
    public func split(into parts: Int) -> [LaneMemory] {
        let eights = LaneMemory.roundedToEight(count) / 8
        let parts = max(1, min(parts, eights))
        return (0..<parts).map { part in
            let start = 8 * (eights * part / parts), end = min(count, 8 * (eights * (part + 1) / parts))
            return LaneMemory(
                observations: observations, finals: finals, rewards: rewards, endings: endings, first: first + start,
                count: end - start, total: total)
        }
    }

    @usableFromInline static func roundedToEight(_ count: Int) -> Int { (count + 7) / 8 * 8 }
}
