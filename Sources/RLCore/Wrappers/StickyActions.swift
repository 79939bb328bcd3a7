// An action sticks now and then: the only chance in games that have none of their own.
public import Basics

/// With `probability` a step repeats the action of the step before instead of the one it is told (Machado et al. 2018, "Revisiting
/// the Arcade Learning Environment", section 5.3). The first step of an episode may repeat action 0.
///
/// Around single frames, as in the Arcade Learning Environment: each frame of a skip draws for itself. One uniform draw a step, none
/// where the probability is 0.
@frozen public struct StickyActions<Base: Environment>: Wrapper {
    public var base: Base
    public let probability: Double
    @usableFromInline var last = 0

    /// - Precondition: actions are discrete.
    @inlinable public init(_ base: Base, probability: Double) {
        guard (0...1).contains(probability) else { fatalError("an action sticks with probability \(probability)") }
        self.base = base
        self.probability = probability
    }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        last = 0
        base.reset(using: &random)
    }

    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        if probability == 0 || random.unit() >= probability { last = action.index }
        return base.step(.discrete(last), using: &random)
    }

    public func save(into archive: inout Archive) {
        archive.store(last, as: "sticky_action")
        base.save(into: &archive)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.integer("sticky_action")
        guard case .discrete(let count) = actionSpace, (0..<count).contains(found) else {
            throw ArchiveError("\"sticky_action\" is \(found), which is no action")
        }
        try base.load(from: archive)
        last = found
    }
}

extension StickyActions: Mortal where Base: Mortal {}
