// One action for several frames: what is decided once is done `count` times.
public import Basics

/// A step repeats its action `count` times or until the episode ends, and pays what the frames paid together (Bellemare et al. 2013;
/// Gymnasium's `frame_skip`). What is seen is the last frame; put `MaximumOfTwo` inside to see the last two.
@frozen public struct FrameSkip<Base: Environment>: Wrapper {
    public var base: Base
    public let count: Int

    @inlinable public init(_ base: Base, count: Int) {
        guard count > 0 else { fatalError("a step of \(count) frames; at least one is needed") }
        self.base = base
        self.count = count
    }

    @inlinable public mutating func reset(using random: inout RandomSource) { base.reset(using: &random) }
    @inlinable public mutating func begin(after ended: Self, using random: inout RandomSource) {
        base.begin(after: ended.base, using: &random)
    }

    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        var sum: Float = 0
        var ending = Ending.running
        for _ in 0..<count {
            let outcome = base.step(action, using: &random)
            sum += outcome.reward
            ending = outcome.ending
            if ending != .running { break }
        }
        return Outcome(reward: sum, ending: ending)
    }

    public func save(into archive: inout Archive) { base.save(into: &archive) }
    public mutating func load(from archive: Archive) throws(ArchiveError) { try base.load(from: archive) }
}

extension FrameSkip: Mortal where Base: Mortal {}
