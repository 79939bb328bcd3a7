// The last few frames together: what moves can be told from what stands still.
public import Basics
public import Kernels

/// Byte pictures [height, width, channels] seen as [height, width, count · channels]: in every pixel the oldest frame's channels
/// first, the newest frame's last. After a reset all are the first frame.
///
/// The space says how many frames a row holds (`stack`), so a memory may keep each frame once: the last `channels` of every pixel are
/// the newest frame, and the others are the newest frames of the rows before, back to the episode's first.
///
/// Frames are kept in one array that copies share until one of them steps; a lane that nobody copied steps without allocating.
@frozen public struct FrameStack<Base: Environment>: Wrapper {
    public var base: Base
    public let count: Int
    /// [count, height, width, channels]: a ring of frames.
    @usableFromInline var frames: [UInt8]
    /// The newest frame's place in the ring.
    @usableFromInline var newest = 0
    @usableFromInline let shape: Shape
    @usableFromInline let channels: Int

    /// - Precondition: observations are single pictures of bytes.
    @inlinable public init(_ base: Base, count: Int) {
        guard case .bytes(.image(let height, let width, let channels), stack: 1) = base.observationSpace, count > 0 else {
            fatalError("\(count) frames of \(base.observationSpace) cannot be stacked; pictures of bytes can, one or more")
        }
        self.base = base
        self.count = count
        self.channels = channels
        shape = .image(height: height, width: width, channels: count * channels)
        frames = Array(repeating: 0, count: shape.count)
    }

    @inlinable public var observationSpace: Space { .bytes(shape, stack: count) }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        base.reset(using: &random)
        showFirst()
    }
    @inlinable public mutating func begin(after ended: Self, using random: inout RandomSource) {
        base.begin(after: ended.base, using: &random)
        showFirst()
    }

    @inlinable public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let outcome = base.step(action, using: &random)
        newest = newest + 1 == count ? 0 : newest + 1
        Self.look(at: base, &frames, newest, width: shape.count / count)
        return outcome
    }

    /// All places hold the one frame that there is.
    @inlinable mutating func showFirst() {
        newest = 0
        for place in 0..<count { Self.look(at: base, &frames, place, width: shape.count / count) }
    }
    @inlinable static func look(at base: Base, _ frames: inout [UInt8], _ place: Int, width: Int) {
        frames.withRow(place, width: width) { base.observe(into: &$0) }
    }

    @inlinable public func observe(into row: inout MutableSpan<UInt8>) {
        let oldest = newest + 1 == count ? 0 : newest + 1
        Bytes.over(&row) { PixelLoops.weave(ring: frames, frames: count, oldest: oldest, channels: channels, into: $0) }
    }

    public func save(into archive: inout Archive) {
        archive.store(frames, as: "frames")
        archive.store(newest, as: "newest_frame")
        base.save(into: &archive)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.bytes("frames", count: shape.count)
        let place = try archive.integer("newest_frame")
        guard (0..<count).contains(place) else { throw ArchiveError("\"newest_frame\" is \(place), there are \(count)") }
        try base.load(from: archive)
        frames = found
        newest = place
    }
}
