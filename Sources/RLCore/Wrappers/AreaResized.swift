// A picture made small: every pixel of it the average of the area it stands for.
public import Basics
public import Kernels

/// Byte pictures [height, width, channels] seen as [side, side, channels], by `AreaResize`.
@frozen public struct AreaResized<Base: Environment>: Wrapper {
    public var base: Base
    /// Pixels across and down.
    public let side: Int
    @usableFromInline let resize: AreaResize
    @usableFromInline let scratch: Scratch
    @usableFromInline let pictureBytes: Int

    /// - Precondition: observations are single pictures of bytes, no side of which is below `side`.
    @inlinable public init(_ base: Base, side: Int) {
        guard case .bytes(.image(let height, let width, let channels), stack: 1) = base.observationSpace else {
            fatalError("pictures of bytes can be made small, the world shows \(base.observationSpace)")
        }
        self.base = base
        self.side = side
        resize = AreaResize(height: height, width: width, toHeight: side, width: side, channels: channels)
        pictureBytes = height * width * channels
        scratch = Scratch(count: resize.scratchCount + pictureBytes)
    }

    @inlinable public static func == (a: Self, b: Self) -> Bool { a.base == b.base && a.side == b.side }

    @inlinable public var observationSpace: Space {
        .bytes(.image(height: side, width: side, channels: resize.channels), stack: 1)
    }

    @inlinable public mutating func reset(using random: inout RandomSource) { base.reset(using: &random) }
    @inlinable public mutating func begin(after ended: Self, using random: inout RandomSource) {
        base.begin(after: ended.base, using: &random)
    }
    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        base.step(action, using: &random)
    }

    @inlinable public func observe(into row: inout MutableSpan<UInt8>) {
        Bytes.over(&row) { small in
            scratch.lend { memory in
                let picture = memory.slice(resize.scratchCount, pictureBytes)
                picture.withSpan { base.observe(into: &$0) }
                resize.run(picture, into: small, scratch: memory.slice(0, resize.scratchCount))
            }
        }
    }

    public func save(into archive: inout Archive) { base.save(into: &archive) }
    public mutating func load(from archive: Archive) throws(ArchiveError) { try base.load(from: archive) }
}

extension AreaResized: Mortal where Base: Mortal {}
