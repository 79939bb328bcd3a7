// A ring of transitions, preallocated, from which batches are drawn uniformly (Lin 1992; Mnih et al. 2015).
public import Basics
public import Kernels

public final class ReplayBuffer {
    public let capacity: Int
    public private(set) var count = 0
    /// Where the next transition goes.
    private var cursor = 0
    private let observations: RowStorage
    private let successors: RowStorage
    private let actions: Storage<Int32>
    private let rewards: Storage<Float>
    private let discounts: Storage<Float>

    /// - Precondition: actions are discrete.
    public init(capacity: Int, observationSpace: Space) {
        guard capacity > 0 else { fatalError("a replay memory of \(capacity) transitions; it must hold at least one") }
        self.capacity = capacity
        observations = RowStorage(count: capacity, space: observationSpace)
        successors = RowStorage(count: capacity, space: observationSpace)
        actions = Storage(count: capacity)
        rewards = Storage(count: capacity)
        discounts = Storage(count: capacity)
    }

    /// What a memory of this size needs.
    public static func byteCount(capacity: Int, observationSpace: Space) -> Int {
        let row: Int
        if case .bytes(let shape, _) = observationSpace { row = shape.count } else { row = 4 * observationSpace.shape.count }
        return capacity * (2 * row + 12)
    }

    /// Overwrites the oldest transition when full.
    ///
    /// - Parameter discount: what the successor's value counts for, `bootstrapDiscount(after:discount:)`.
    public func append(
        _ observation: Rows, row: Int, action: Int32, reward: Float, discount: Float, successor: Rows
    ) {
        observations.rows.copy(cursor, from: observation, row)
        successors.rows.copy(cursor, from: successor, 0)
        actions.all[cursor] = action
        rewards.all[cursor] = reward
        discounts.all[cursor] = discount
        cursor = cursor + 1 == capacity ? 0 : cursor + 1
        count = min(count + 1, capacity)
    }

    /// Fills `batch` with transitions drawn uniformly with replacement.
    public func sample(into batch: TransitionBatch, using random: inout RandomSource) {
        guard count > 0 else { fatalError("a batch was asked of an empty replay memory") }
        for r in 0..<batch.count {
            let index = random.below(count)
            batch.observations.copy(r, from: observations.rows, index)
            batch.successors.copy(r, from: successors.rows, index)
            batch.actions[r] = Float(actions.all[index])
            batch.rewards[r] = rewards.all[index]
            batch.discounts[r] = discounts.all[index]
        }
    }
}

/// Where a sampled batch is written: views into whatever consumes it, such as a tape's inlets.
public struct TransitionBatch: Sendable {
    public let observations: Rows
    public let successors: Rows
    /// [count] each; actions are whole numbers as floats, ready to be picked by.
    public let actions: Floats
    public let rewards: Floats
    public let discounts: Floats
    public var count: Int { actions.count }

    public init(observations: Rows, successors: Rows, actions: Floats, rewards: Floats, discounts: Floats) {
        self.observations = observations
        self.successors = successors
        self.actions = actions
        self.rewards = rewards
        self.discounts = discounts
    }
}

extension ReplayBuffer {
    public func save(into archive: inout Archive) {
        archive.store([Int64(count), Int64(cursor)], as: "position")
        let width = observations.rows.width
        for (name, rows) in [("observations", observations.rows), ("successors", successors.rows)] {
            if rows.bytes.count > 0 {
                archive.store(rows.bytes.slice(0, count * width).array, as: name)
            } else {
                archive.store(rows.floats.slice(0, count * width).array, as: name)
            }
        }
        archive.store(actions.all.slice(0, count).array, as: "actions")
        archive.store(rewards.all.slice(0, count).array, as: "rewards")
        archive.store(discounts.all.slice(0, count).array, as: "discounts")
    }
    /// - Throws: when the archive does not hold a memory that fits this one, of actions 0 ..< `actionCount`.
    public func load(from archive: Archive, actionCount: Int) throws(ArchiveError) {
        let position = try archive.int64s("position", count: 2).map { Int($0) }
        let stored = position[0], next = position[1]
        guard (0...capacity).contains(stored), (0..<capacity).contains(next), stored == capacity || next == stored else {
            throw ArchiveError("a replay memory of \(stored) transitions, the next at \(next), does not fit one of \(capacity)")
        }
        let chosen = try archive.int32s("actions", count: stored)
        if let bad = chosen.first(where: { $0 < 0 || $0 >= actionCount }) {
            throw ArchiveError("the replay memory holds action \(bad), there are \(actionCount)")
        }
        let width = observations.rows.width
        for (name, rows) in [("observations", observations.rows), ("successors", successors.rows)] {
            if rows.bytes.count > 0 {
                rows.bytes.slice(0, stored * width).copy(from: try archive.bytes(name, count: stored * width))
            } else {
                rows.floats.slice(0, stored * width).copy(from: try archive.floats(name, count: stored * width))
            }
        }
        actions.all.slice(0, stored).copy(from: chosen)
        rewards.all.slice(0, stored).copy(from: try archive.floats("rewards", count: stored))
        discounts.all.slice(0, stored).copy(from: try archive.floats("discounts", count: stored))
        count = stored
        cursor = next
    }
}
