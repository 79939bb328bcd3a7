// Rewards of one size: a learner meets −1, 0 and +1 in every game.
public import Basics

/// Where `isOn`, a reward is its sign (Mnih et al. 2015; Stable-Baselines3's `ClipRewardEnv`). Returns then count events, not points:
/// evaluate with it off.
@frozen public struct ClippedRewards<Base: Environment>: Wrapper {
    public var base: Base
    public let isOn: Bool

    @inlinable public init(_ base: Base, isOn: Bool = true) {
        self.base = base
        self.isOn = isOn
    }

    @inlinable public mutating func reset(using random: inout RandomSource) { base.reset(using: &random) }
    @inlinable public mutating func begin(after ended: Self, using random: inout RandomSource) {
        base.begin(after: ended.base, using: &random)
    }
    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        var outcome = base.step(action, using: &random)
        if isOn { outcome.reward = outcome.reward > 0 ? 1 : outcome.reward < 0 ? -1 : 0 }
        return outcome
    }

    public func save(into archive: inout Archive) { base.save(into: &archive) }
    public mutating func load(from archive: Archive) throws(ArchiveError) { try base.load(from: archive) }
}

extension ClippedRewards: Mortal where Base: Mortal {}
