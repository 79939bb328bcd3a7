// What is done to whole pictures of bytes: rectangles filled, the brighter of two kept, frames woven into channels.
import Glibc

public enum PixelLoops {
    /// pixels[y][x] ← colour for `rows` rows of `width` pixels, the first at byte `start`, rows `stride` bytes apart. The colour is
    /// one byte (grey) or three, as `channels` says.
    public static func fill(
        _ pixels: Bytes, start: Int, stride: Int, width: Int, rows: Int, channels: Int, _ colour: (UInt8, UInt8, UInt8)
    ) {
        let run = width * channels
        guard run > 0 && rows > 0 else { return }
        guard start >= 0, run <= stride, start + (rows - 1) * stride + run <= pixels.count, channels == 1 || channels == 3 else {
            fatalError("PixelLoops.fill: \(rows) rows of \(run) bytes from \(start) on, \(stride) apart, in \(pixels.count)")
        }
        let top = pixels.base + start
        if channels == 1 {
            if run == stride {
                memset(top, Int32(colour.0), rows * run)
            } else {
                for y in 0..<rows { memset(top + y * stride, Int32(colour.0), run) }
            }
            return
        }
        for x in 0..<width {
            top[3 * x] = colour.0
            top[3 * x + 1] = colour.1
            top[3 * x + 2] = colour.2
        }
        for y in 1..<max(1, rows) { memcpy(top + y * stride, top, run) }
    }

    /// a ← max(a, b), byte by byte.
    public static func keepBrighter(_ a: Bytes, _ b: Bytes) {
        guard a.count == b.count else { fatalError("PixelLoops.keepBrighter: \(a.count) bytes and \(b.count)") }
        for i in 0..<a.count { a.base[i] = max(a.base[i], b.base[i]) }
    }

    /// row[pixel][frame · channels + channel] ← frame[pixel][channel], the frame at place `oldest` of the ring first.
    ///
    /// - Parameters:
    ///   - ring: [frames, pixels, channels]
    ///   - row: [pixels, frames · channels]
    public static func weave(ring: [UInt8], frames: Int, oldest: Int, channels: Int, into row: Bytes) {
        guard frames > 0, channels > 0, ring.count == row.count, ring.count % (frames * channels) == 0,
            (0..<frames).contains(oldest)
        else {
            fatalError("PixelLoops.weave: \(frames) frames of \(channels) channels, \(ring.count) bytes into \(row.count)")
        }
        let size = ring.count / frames
        ring.withUnsafeBufferPointer { ring in
            func frame(_ age: Int) -> UnsafePointer<UInt8> { ring.baseAddress! + (oldest + age) % frames * size }
            if frames == 4 && channels == 1 {
                // Four bytes are one word, the oldest its lowest: a loop of zero-extensions, shifts and ors that the compiler widens.
                let (a, b, c, d) = (frame(0), frame(1), frame(2), frame(3))
                let words = UnsafeMutableRawPointer(row.base)
                for i in 0..<size {
                    let word = UInt32(a[i]) | UInt32(b[i]) &<< 8 | UInt32(c[i]) &<< 16 | UInt32(d[i]) &<< 24
                    words.storeBytes(of: word.littleEndian, toByteOffset: 4 * i, as: UInt32.self)
                }
                return
            }
            for age in 0..<frames {
                let source = frame(age)
                for pixel in 0..<size / channels {
                    for channel in 0..<channels {
                        row.base[(pixel * frames + age) * channels + channel] = source[pixel * channels + channel]
                    }
                }
            }
        }
    }
}
