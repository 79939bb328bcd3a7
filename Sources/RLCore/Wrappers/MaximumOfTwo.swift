// Shows the brighter of the last two frames: nothing that flickers is missed.
public import Basics
public import Kernels

/// An observation is, byte by byte, the larger of the views before and after the last step (Mnih et al. 2015); after a reset there is
/// one view only. No picture is kept: the world as it was is a value, and is asked for its view again.
@frozen public struct MaximumOfTwo<Base: Environment>: Wrapper {
    public var base: Base
    /// False: what is seen is the base's own view.
    public let isOn: Bool
    @usableFromInline var before: Base
    @usableFromInline let scratch: Scratch

    /// - Precondition: observations are bytes.
    @inlinable public init(_ base: Base, isOn: Bool = true) {
        guard case .bytes(let shape, _) = base.observationSpace else {
            fatalError("the maximum of two views needs bytes, the world shows \(base.observationSpace)")
        }
        self.base = base
        self.isOn = isOn
        before = base
        scratch = Scratch(count: shape.count)
    }

    @inlinable public static func == (a: Self, b: Self) -> Bool { a.base == b.base && a.before == b.before && a.isOn == b.isOn }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        base.reset(using: &random)
        before = base
    }

    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        before = base
        return base.step(action, using: &random)
    }

    @inlinable public func observe(into row: inout MutableSpan<UInt8>) {
        base.observe(into: &row)
        guard isOn && before != base else { return }
        Bytes.over(&row) { row in
            scratch.lend { other in
                other.withSpan { before.observe(into: &$0) }
                PixelLoops.keepBrighter(row, other)
            }
        }
    }

    public func save(into archive: inout Archive) {
        base.save(into: &archive)
        archive.store(part: "before") { before.save(into: &$0) }
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        var now = base, then = before
        try now.load(from: archive)
        try then.load(from: archive.part("before"))
        base = now
        before = then
    }
}

extension MaximumOfTwo: Mortal where Base: Mortal {}
