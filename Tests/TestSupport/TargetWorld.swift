// A number is shown and is to be told back: the simplest world with continuous actions.
public import Basics
import Kernels
public import RLCore

/// One step an episode: pays −(action − shown)², with the shown number drawn from ±0.4 and actions within ±0.5.
public struct TargetWorld: Environment {
    public private(set) var shown = 0.0

    public init() {}

    public var observationSpace: Space { .box(.vector(1), low: [-1], high: [1]) }
    public var actionSpace: Space { .box(.vector(1), low: [-0.5], high: [0.5]) }

    public mutating func reset(using random: inout RandomSource) { shown = random.uniform(-0.4, 0.4) }
    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let miss = action.values[0] - Float(shown)
        return Outcome(reward: -miss * miss, ending: .terminated)
    }
    public func observe(into row: inout MutableSpan<Float>) { row[0] = Float(shown) }
    public var state: [Double] { [shown] }
    public func save(into archive: inout Archive) { archive.store(state, as: "state") }
    public mutating func load(from archive: Archive) throws(ArchiveError) { shown = try archive.doubles("state", count: 1)[0] }
}
