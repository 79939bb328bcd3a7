// What a policy did and what came of it, for a fixed number of steps of all lanes: the memory of learners that are on policy.
public import Basics
public import Kernels

public final class Rollout {
    public let steps: Int
    public let lanes: Int
    /// Numbers of one action: 1 where actions are discrete.
    public let actionWidth: Int
    /// Steps of all lanes that have been remembered.
    public private(set) var count = 0
    public var isFull: Bool { count == steps }
    /// Rows in all: steps · lanes, lane by lane within a step.
    public var rowCount: Int { steps * lanes }

    private let observationStorage: RowStorage
    private let numbers: Storage<Float>
    private let endingStorage: Storage<UInt8>
    /// [steps · lanes] rows of what was seen.
    public var observations: Rows { observationStorage.rows }
    /// [steps · lanes, actionWidth]; choices are whole numbers as floats, ready to be picked by.
    public let actions: Floats
    /// [steps · lanes] each.
    public let rewards: Floats
    /// `bootstrapDiscount` of each step.
    public let discounts: Floats
    public var endings: Bytes { endingStorage.all }
    /// Of the states that were seen; written by whoever knows values, before `finish`.
    public let values: Floats
    /// Of the true successors; where a lane was truncated its value is given with `setSuccessorValue`, the rest follows from `finish`.
    public let successorValues: Floats
    public let returns: Floats
    public let advantages: Floats

    public init(steps: Int, lanes: Int, observationSpace: Space, actionSpace: Space) {
        guard steps > 0 && lanes > 0 else { fatalError("a rollout of \(steps) steps in \(lanes) lanes") }
        self.steps = steps
        self.lanes = lanes
        let rows = steps * lanes, padded = roundedToVector(rows)
        actionWidth = actionSpace.shape.count
        observationStorage = RowStorage(count: rows, space: observationSpace)
        endingStorage = Storage(count: rows)
        numbers = Storage(count: 6 * padded + rows * actionWidth)
        let all = numbers.all
        func column(_ index: Int) -> Floats { all.slice(index * padded, rows) }
        (rewards, discounts, values) = (column(0), column(1), column(2))
        (successorValues, returns, advantages) = (column(3), column(4), column(5))
        actions = all.slice(6 * padded, rows * actionWidth)
    }

    public var byteCount: Int {
        4 * numbers.all.count + endings.count + 4 * observations.floats.count + observations.bytes.count
    }

    /// Remembers one step of all lanes.
    ///
    /// - Parameters:
    ///   - seen: [lanes] rows, what was acted on.
    ///   - chosen: [lanes, actionWidth].
    public func append(_ seen: Rows, _ chosen: Floats, _ step: StepBatch, discount: Float) {
        guard count < steps else { fatalError("a rollout of \(steps) steps is full") }
        let first = count * lanes
        actions.slice(first * actionWidth, lanes * actionWidth).copy(from: chosen)
        for lane in 0..<lanes {
            let ending = step.ending(of: lane), row = first + lane
            observations.copy(row, from: seen, lane)
            rewards[row] = step.rewards[lane]
            endings[row] = ending.rawValue
            discounts[row] = bootstrapDiscount(after: ending, discount: discount)
            successorValues[row] = 0
        }
        count += 1
    }

    /// The value of the true last view of a lane that the step just remembered has truncated.
    public func setSuccessorValue(_ value: Float, lane: Int) { successorValues[(count - 1) * lanes + lane] = value }

    /// Returns and advantages of a full rollout whose `values` are written.
    ///
    /// - Parameter lastValues: [lanes] of what is seen after the last step; where an episode has just ended it is not read.
    public func finish(lastValues: Floats, lambda: Float) {
        guard isFull else { fatalError("a rollout of \(steps) steps is finished after \(count)") }
        for row in 0..<rowCount where endings[row] == Ending.running.rawValue {
            successorValues[row] = row + lanes < rowCount ? values[row + lanes] : lastValues[row + lanes - rowCount]
        }
        lambdaReturns(
            rewards: rewards, discounts: discounts, successorValues: successorValues, endings: endings, lambda: lambda,
            lanes: lanes, into: returns)
        for row in 0..<rowCount { advantages[row] = returns[row] - values[row] }
    }

    public func clear() { count = 0 }
}

extension Rollout {
    /// What has been remembered so far; values and what follows from them are made anew when it is full.
    public func save(into archive: inout Archive) {
        let rows = count * lanes
        archive.store(count, as: "count")
        let width = observations.width
        if observations.bytes.count > 0 {
            archive.store(observations.bytes.slice(0, rows * width).array, as: "observations")
        } else {
            archive.store(observations.floats.slice(0, rows * width).array, as: "observations")
        }
        archive.store(actions.slice(0, rows * actionWidth).array, as: "actions")
        for (name, column) in columns { archive.store(column.slice(0, rows).array, as: name) }
        archive.store(endings.slice(0, rows).array, as: "endings")
    }
    /// - Throws: when the archive does not hold a rollout that fits this one, of actions 0 ..< `actionCount` where they are discrete.
    public func load(from archive: Archive, actionCount: Int?) throws(ArchiveError) {
        let stored = try archive.integer("count")
        guard (0...steps).contains(stored) else {
            throw ArchiveError("a rollout of \(stored) steps does not fit one of \(steps)")
        }
        let rows = stored * lanes, width = observations.width
        let chosen = try archive.floats("actions", count: rows * actionWidth)
        if let actionCount, let bad = chosen.first(where: { !($0 >= 0 && $0 < Float(actionCount)) || $0 != $0.rounded() }) {
            throw ArchiveError("the rollout holds action \(bad), there are \(actionCount)")
        }
        let ends = try archive.bytes("endings", count: rows)
        if let bad = ends.first(where: { Ending(rawValue: $0) == nil }) { throw ArchiveError("the rollout holds ending \(bad)") }
        if observations.bytes.count > 0 {
            observations.bytes.slice(0, rows * width).copy(from: try archive.bytes("observations", count: rows * width))
        } else {
            observations.floats.slice(0, rows * width).copy(from: try archive.floats("observations", count: rows * width))
        }
        for (name, column) in columns { column.slice(0, rows).copy(from: try archive.floats(name, count: rows)) }
        actions.slice(0, rows * actionWidth).copy(from: chosen)
        endings.slice(0, rows).copy(from: ends)
        count = stored
    }
    private var columns: [(String, Floats)] {
        [("rewards", rewards), ("discounts", discounts), ("successor_values", successorValues)]
    }
}
