// Rows of many lanes at once: what is seen, what is done, and what came of it.
import Basics
public import Kernels

/// Observations, one row a lane, as floats or as bytes: a view into memory that its vector or memory owns.
@frozen public struct Rows: Sendable {
    /// [count, width]; empty where the observations are bytes.
    public let floats: Floats
    /// [count, width]; empty where the observations are floats.
    public let bytes: Bytes
    public let width: Int
    public let count: Int

    @inlinable public init(floats: Floats, width: Int) {
        self.floats = floats
        bytes = .empty
        self.width = width
        count = floats.count / width
    }
    @inlinable public init(bytes: Bytes, width: Int) {
        floats = .empty
        self.bytes = bytes
        self.width = width
        count = bytes.count / width
    }
    /// `length` rows from `start` on.
    @inlinable public func slice(_ start: Int, _ length: Int) -> Rows {
        bytes.count == 0
            ? Rows(floats: floats.slice(start * width, length * width), width: width)
            : Rows(bytes: bytes.slice(start * width, length * width), width: width)
    }
    /// Copies row `source` of `other` to row `row`.
    @inlinable public func copy(_ row: Int, from other: Rows, _ source: Int) {
        if bytes.count == 0 {
            for i in 0..<width { floats[row * width + i] = other.floats[source * width + i] }
        } else {
            bytes.row(row, width: width).copy(from: other.bytes.row(source, width: width))
        }
    }
}

/// Memory for rows of one space.
public final class RowStorage: Sendable {
    private let floats: Storage<Float>
    private let bytes: Storage<UInt8>
    public let rows: Rows

    public init(count: Int, space: Space) {
        let width = space.shape.count
        if case .bytes = space {
            floats = Storage(count: 0)
            bytes = Storage(count: count * width)
            rows = Rows(bytes: bytes.all, width: width)
        } else {
            floats = Storage(count: count * width)
            bytes = Storage(count: 0)
            rows = Rows(floats: floats.all, width: width)
        }
    }
}

/// Actions, one a lane, for one action space.
public final class Actions: Sendable {
    private let integers: Storage<Int32>
    private let floats: Storage<Float>
    /// [lanes]; empty where actions are continuous.
    public let indices: Integers
    /// [lanes, width]; empty where actions are discrete.
    public let values: Floats
    public let width: Int
    public let count: Int

    public init(lanes: Int, space: Space) {
        count = lanes
        width = space.shape.count
        let isDiscrete = if case .discrete = space { true } else { false }
        integers = Storage(count: isDiscrete ? lanes : 0)
        floats = Storage(count: isDiscrete ? 0 : lanes * width)
        indices = integers.all
        values = floats.all
    }
    public subscript(_ lane: Int) -> Action {
        indices.count > 0 ? .discrete(Int(indices[lane])) : .continuous(values.row(lane, width: width))
    }
}

/// What one step of a vector gave: views that are valid until its next step, also across the ends of episodes.
@frozen public struct StepBatch: Sendable {
    /// What to act on next: already the new episode's where one ended.
    public let observations: Rows
    /// The true next view of the lanes whose episode ended; other rows are stale. Ask `successor(of:)`.
    @usableFromInline let finals: Rows
    /// [lanes]
    public let rewards: Floats
    @usableFromInline let endings: Bytes

    @inlinable init(observations: Rows, finals: Rows, rewards: Floats, endings: Bytes) {
        self.observations = observations
        self.finals = finals
        self.rewards = rewards
        self.endings = endings
    }

    @inlinable public var lanes: Int { endings.count }

    @inlinable @inline(__always) public func ending(of lane: Int) -> Ending {
        switch endings[lane] {
        case 0: .running
        case 1: .terminated
        default: .truncated
        }
    }
    /// The view that followed the action, in the episode in which the action was taken.
    @inlinable public func successor(of lane: Int) -> Rows {
        (endings[lane] == 0 ? observations : finals).slice(lane, 1)
    }
}
