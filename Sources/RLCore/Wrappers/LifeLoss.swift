// A lost life ends the learner's episode, while the game goes on.
public import Basics

/// Where `isOn`, a step that costs a life but not the game says `.terminated`: for the learner nothing is worth anything after it
/// (Mnih et al. 2015; Gymnasium's `terminal_on_life_loss`). The episode after it begins where the game stands; only after the game's
/// own end, or when it is asked to, does the game begin anew. For training: evaluate whole games.
@frozen public struct LifeLoss<Base: Mortal>: Wrapper, Mortal {
    public var base: Base
    public let isOn: Bool
    /// The lives before the next step.
    @usableFromInline var left = 0
    /// The game itself has ended.
    @usableFromInline var isOver = false

    @inlinable public init(_ base: Base, isOn: Bool) {
        self.base = base
        self.isOn = isOn
    }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        base.reset(using: &random)
        left = base.lives
        isOver = false
    }
    /// Where a life alone was lost, the game as it stood.
    @inlinable public mutating func begin(after ended: Self, using random: inout RandomSource) {
        if isOn && !ended.isOver { self = ended } else { reset(using: &random) }
    }

    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        var outcome = base.step(action, using: &random)
        isOver = outcome.ending != .running
        let now = base.lives
        if isOn && !isOver && now < left { outcome.ending = .terminated }
        left = now
        return outcome
    }

    public func save(into archive: inout Archive) {
        archive.store([Int64(left), isOver ? 1 : 0], as: "lives")
        base.save(into: &archive)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.int64s("lives", count: 2)
        try base.load(from: archive)
        left = Int(found[0])
        isOver = found[1] != 0
    }
}
