// An episode begins a few idle steps late, so that games without chance do not always begin alike.
public import Basics

/// A reset takes 1 to `most` steps of action 0, drawn uniformly, before anybody looks (Mnih et al. 2015; Gymnasium's `noop_max`); none
/// and no draw where `most` is 0. What the idle steps pay is lost; an episode that ends in them is begun again.
@frozen public struct NoopStart<Base: Environment>: Wrapper {
    public var base: Base
    public let most: Int

    /// - Precondition: actions are discrete.
    @inlinable public init(_ base: Base, most: Int) {
        guard most >= 0 else { fatalError("an episode begins with at most \(most) idle steps") }
        self.base = base
        self.most = most
    }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        base.reset(using: &random)
        guard most > 0 else { return }
        for _ in 0...random.below(most) {
            if base.step(.discrete(0), using: &random).ending != .running { base.reset(using: &random) }
        }
    }

    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        base.step(action, using: &random)
    }

    public func save(into archive: inout Archive) { base.save(into: &archive) }
    public mutating func load(from archive: Archive) throws(ArchiveError) { try base.load(from: archive) }
}

extension NoopStart: Mortal where Base: Mortal {}
