// Frames of a replay memory, each stored once: as floats, as bytes, or as a bit for each number of a picture of zeros and ones.
import Basics
import Kernels

/// Of a stack only the newest frame is new: a slot holds one frame, and a view is put together from the slots before it.
struct FrameStore {
    /// Frames in a view.
    let stack: Int
    private let isPacked: Bool
    /// Of one frame.
    private let width: Int
    private let channels: Int
    private let floats: Storage<Float>
    private let bytes: Storage<UInt8>
    /// A frame on its way from bits to a row, or back.
    private let scratch: Storage<UInt8>

    init(slots: Int, space: Space, packed: Bool) {
        let facts = Self.facts(space, packed: packed)
        (stack, width, channels, isPacked) = (facts.stack, facts.width, facts.channels, packed && facts.isBytes)
        floats = Storage(count: facts.isBytes ? 0 : slots * width)
        bytes = Storage(count: facts.isBytes ? slots * facts.bytesOfASlot : 0)
        scratch = Storage(count: facts.isBytes ? width : 0)
    }

    static func byteCount(slots: Int, space: Space, packed: Bool) -> Int {
        slots * facts(space, packed: packed).bytesOfASlot
    }
    static func stack(of space: Space) -> Int { if case .bytes(_, let stack) = space { stack } else { 1 } }

    private static func facts(
        _ space: Space, packed: Bool
    ) -> (stack: Int, width: Int, channels: Int, isBytes: Bool, bytesOfASlot: Int) {
        guard case .bytes(let shape, let stack) = space else {
            return (1, space.shape.count, 1, false, 4 * space.shape.count)
        }
        let width = shape.count / stack
        var channels = width
        if case .image(_, _, let all) = shape { channels = all / stack }
        guard stack > 0, channels > 0, shape.count % stack == 0 else { fatalError("\(space) is no stack of whole frames") }
        return (stack, width, channels, true, packed ? Frames.packedCount(width) : width)
    }

    private func frame(_ slot: Int) -> Bytes { bytes.all.row(slot, width: isPacked ? Frames.packedCount(width) : width) }

    /// Keeps the frame at `place` of the view in `row`, 0 the oldest.
    func write(_ slot: Int, from rows: Rows, row: Int, place: Int) {
        if floats.all.count > 0 {
            floats.all.row(slot, width: width).copy(from: rows.floats.row(row, width: width))
        } else if isPacked {
            Frames.take(place, of: stack, from: rows.bytes.row(row, width: rows.width), channels: channels, into: scratch.all)
            Frames.pack(scratch.all, into: frame(slot))
        } else {
            Frames.take(place, of: stack, from: rows.bytes.row(row, width: rows.width), channels: channels, into: frame(slot))
        }
    }

    /// Puts the view together whose newest frame is in `slot`; `before` is the slot before another.
    func read(_ slot: Int, into rows: Rows, row: Int, before: (Int) -> Int) {
        if floats.all.count > 0 {
            return rows.floats.row(row, width: width).copy(from: floats.all.row(slot, width: width))
        }
        let view = rows.bytes.row(row, width: rows.width)
        if stack == 4 && channels == 1 && !isPacked {
            let third = before(slot), second = before(third)
            return Frames.putFour(frame(before(second)), frame(second), frame(third), frame(slot), into: view)
        }
        var slot = slot
        for place in (0..<stack).reversed() {
            if isPacked {
                let plain = stack == 1 ? view : scratch.all
                Frames.unpack(frame(slot), into: plain)
                if stack > 1 { Frames.put(plain, at: place, of: stack, channels: channels, into: view) }
            } else {
                Frames.put(frame(slot), at: place, of: stack, channels: channels, into: view)
            }
            if place > 0 { slot = before(slot) }
        }
    }

    /// How many numbers a slot takes in memory.
    private var size: Int { floats.all.count > 0 ? width : frame(0).count }

    /// `count` slots from `start` on, as they lie in memory.
    func values(_ start: Int, _ count: Int) -> TensorValues {
        floats.all.count > 0
            ? .float32(floats.all.slice(start * size, count * size).array)
            : .uint8(bytes.all.slice(start * size, count * size).array)
    }
    /// [frames, size]
    func joined(_ parts: [TensorValues]) -> Tensor {
        var ofFloats: [Float] = [], ofBytes: [UInt8] = []
        for part in parts {
            if case .float32(let values) = part { ofFloats += values }
            if case .uint8(let values) = part { ofBytes += values }
        }
        let isFloats = floats.all.count > 0
        return Tensor(
            shape: [(isFloats ? ofFloats.count : ofBytes.count) / size, size],
            values: isFloats ? .float32(ofFloats) : .uint8(ofBytes))
    }
    /// - Throws: when `name` does not hold `count` frames of this store's kind.
    func checked(_ archive: Archive, _ name: String, count: Int) throws(ArchiveError) -> TensorValues {
        floats.all.count > 0
            ? .float32(try archive.floats(name, count: count * size)) : .uint8(try archive.bytes(name, count: count * size))
    }
    /// The frames `rows` of `values`, which were checked, into as many slots from `start` on.
    func load(_ values: TensorValues, _ rows: Range<Int>, into start: Int) {
        let part = rows.lowerBound * size..<rows.upperBound * size
        switch values {
        case .float32(let all): floats.all.slice(start * size, part.count).copy(from: Array(all[part]))
        case .uint8(let all): bytes.all.slice(start * size, part.count).copy(from: Array(all[part]))
        default: fatalError("frames of \(values.typeName)")
        }
    }
}
