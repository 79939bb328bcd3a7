// What an agent may be shown instead of what the world shows and pays: normalised, scaled, clipped.
import Basics
import Kernels

public struct Preprocessing: Hashable, Sendable {
    /// Observations less their running mean, divided by their running deviation.
    public var normalizesObservations = false
    /// The bound of a normalised observation.
    public var observationLimit: Float = 10
    /// Rewards are multiplied by this, first of all.
    public var rewardScale: Float = 1
    /// Rewards divided by the running deviation of the discounted return, lane by lane.
    public var normalizesRewards = false
    public var discount = 0.99
    /// The bound of a reward, last of all; nil for none.
    public var rewardLimit: Float?

    public init() {}

    /// Whether anything is changed at all.
    public var isNothing: Bool { !normalizesObservations && !changesRewards }
    var changesRewards: Bool { rewardScale != 1 || normalizesRewards || rewardLimit != nil }

    /// What the agent is shown of a world that shows `space`.
    public func shown(_ space: Space) -> Space {
        guard normalizesObservations, case .box(let shape, _, _) = space else { return space }
        let bound = Array(repeating: observationLimit, count: shape.count)
        return .box(shape, low: bound.map { -$0 }, high: bound)
    }

    /// Writes rows as `moments` normalises them.
    func normalize(_ rows: Rows, by moments: RunningMoments, into target: Rows) {
        for row in 0..<rows.count { normalize(rows, row, by: moments, into: target) }
    }
    func normalize(_ rows: Rows, _ row: Int, by moments: RunningMoments, into target: Rows) {
        for column in 0..<rows.width {
            let number = Double(rows.floats[row * rows.width + column])
            let normal = Float((number - moments.mean[column]) / moments.scale(column))
            target.floats[row * rows.width + column] = max(-observationLimit, min(observationLimit, normal))
        }
    }
}
