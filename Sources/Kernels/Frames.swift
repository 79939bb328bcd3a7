// Frames of a replay memory: packed to bits and back, taken out of a stack and put together again.

public enum Frames {
    /// Bytes that hold `count` numbers at one bit each.
    @inlinable public static func packedCount(_ count: Int) -> Int { (count + 7) / 8 }

    /// bits ← whether each byte is not zero; bit i of a byte is number i of its eight, what is left over is 0.
    public static func pack(_ bytes: Bytes, into bits: Bytes) {
        guard bits.count == packedCount(bytes.count) else { fatalError("pack: \(bytes.count) numbers into \(bits.count) bytes") }
        for i in 0..<bits.count {
            var byte: UInt8 = 0
            for j in 0..<min(8, bytes.count - 8 * i) where bytes.base[8 * i + j] != 0 { byte |= 1 << UInt8(j) }
            bits.base[i] = byte
        }
    }

    /// bytes ← 1 where the bit is set, else 0.
    public static func unpack(_ bits: Bytes, into bytes: Bytes) {
        guard bits.count == packedCount(bytes.count) else {
            fatalError("unpack: \(bits.count) bytes into \(bytes.count) numbers")
        }
        let whole = bytes.count / 8
        for i in 0..<whole {
            // A copy of the byte in each of eight, of which byte j keeps bit j: 127 more carry it, wherever it is, to the top of its byte.
            let kept = (UInt64(bits.base[i]) &* 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201
            let spread = ((kept &+ 0x7F7F_7F7F_7F7F_7F7F) >> 7) & 0x0101_0101_0101_0101
            UnsafeMutableRawPointer(bytes.base + 8 * i).storeBytes(of: spread, as: UInt64.self)
        }
        for i in 8 * whole..<bytes.count { bytes.base[i] = bits.base[whole] >> UInt8(i - 8 * whole) & 1 }
    }

    /// frame ← the frame at `place` of a stack: row [pixels, stack, channels], frame [pixels, channels].
    public static func take(_ place: Int, of stack: Int, from row: Bytes, channels: Int, into frame: Bytes) {
        check("take", place, stack, row, channels, frame)
        if stack == 1 { return frame.base.update(from: row.base, count: frame.count) }
        for pixel in 0..<frame.count / channels {
            for c in 0..<channels { frame.base[pixel * channels + c] = row.base[(pixel * stack + place) * channels + c] }
        }
    }

    /// The frame at `place` of a stack ← frame; the inverse of `take`.
    public static func put(_ frame: Bytes, at place: Int, of stack: Int, channels: Int, into row: Bytes) {
        check("put", place, stack, row, channels, frame)
        if stack == 1 { return row.base.update(from: frame.base, count: frame.count) }
        for pixel in 0..<frame.count / channels {
            for c in 0..<channels { row.base[(pixel * stack + place) * channels + c] = frame.base[pixel * channels + c] }
        }
    }

    /// Four frames of one channel, the oldest first, as one row of pixels of four: what Atari's agents see.
    public static func putFour(_ a: Bytes, _ b: Bytes, _ c: Bytes, _ d: Bytes, into row: Bytes) {
        guard row.count == 4 * a.count, b.count == a.count, c.count == a.count, d.count == a.count else {
            fatalError("putFour: \(a.count), \(b.count), \(c.count) and \(d.count) bytes into \(row.count)")
        }
        let to = UnsafeMutableRawPointer(row.base)
        for i in 0..<a.count {
            let pixel =
                UInt32(a.base[i]) | UInt32(b.base[i]) << 8 | UInt32(c.base[i]) << 16 | UInt32(d.base[i]) << 24
            to.storeBytes(of: pixel, toByteOffset: 4 * i, as: UInt32.self)
        }
    }

    private static func check(_ name: String, _ place: Int, _ stack: Int, _ row: Bytes, _ channels: Int, _ frame: Bytes) {
        guard stack > 0, (0..<stack).contains(place), channels > 0, frame.count % channels == 0, row.count == stack * frame.count
        else {
            fatalError(
                "\(name): frame \(place) of \(stack), rows of \(row.count) bytes and frames of \(frame.count) in \(channels) channels"
            )
        }
    }
}
