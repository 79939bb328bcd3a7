// Shrinks a picture by the area that each small pixel covers: exact integer averages, rounded once.
import Glibc

/// Small pixel = Σ (pixel · share of it that the small pixel covers) ÷ area covered, to the nearest byte, halves up. Both axes are
/// exact: shares are whole multiples of 1/target, reduced by the common divisor, so a sum of shares is the whole number source/gcd.
/// (OpenCV's INTER_AREA is the same average in floats.)
///
/// Rows first, then columns. Game pictures are mostly flat: where the sums of a row equal those of the row above, its pixels do too,
/// and are copied.
public final class AreaResize: Sendable {
    public let height: Int
    public let width: Int
    public let smallHeight: Int
    public let smallWidth: Int
    public let channels: Int
    private let rows: Axis
    private let columns: Axis
    /// The whole area of a small pixel, in shares.
    private let area: Int

    /// - Precondition: each small side is positive and at most the side it stands for.
    public init(height: Int, width: Int, toHeight smallHeight: Int, width smallWidth: Int, channels: Int) {
        guard (1...height).contains(smallHeight), (1...width).contains(smallWidth), channels > 0 else {
            fatalError("AreaResize shrinks: \(height) by \(width) to \(smallHeight) by \(smallWidth), \(channels) channels")
        }
        self.height = height
        self.width = width
        self.smallHeight = smallHeight
        self.smallWidth = smallWidth
        self.channels = channels
        rows = Axis(from: height, to: smallHeight)
        columns = Axis(from: width, to: smallWidth)
        area = rows.total * columns.total
        // The reciprocal below is exact for areas under 2¹⁶.
        guard area < 1 << 16 else {
            fatalError("AreaResize: \(height) by \(width) to \(smallHeight) by \(smallWidth) is too odd")
        }
    }

    /// small [smallHeight, smallWidth, channels] ← picture [height, width, channels]; `scratch` has `scratchCount` bytes.
    public func run(_ picture: Bytes, into small: Bytes, scratch: Bytes) {
        guard picture.count == height * width * channels, small.count == smallHeight * smallWidth * channels,
            scratch.count >= scratchCount
        else {
            fatalError("AreaResize: \(picture.count) bytes into \(small.count) with \(scratch.count) of scratch")
        }
        let wide = width * channels, narrow = smallWidth * channels
        scratch.base.withMemoryRebound(to: UInt32.self, capacity: 2 * wide) { sums in
            var line = sums, above = sums + wide
            for y in 0..<smallHeight {
                addRows(from: picture.base + Int(rows.first[y]) * wide, y, count: wide, into: line)
                let row = small.base + y * narrow
                if y > 0 && memcmp(line, above, 4 * wide) == 0 {
                    memcpy(row, row - narrow, narrow)
                } else {
                    addColumns(line, into: row)
                    swap(&line, &above)
                }
            }
        }
    }
    /// Bytes that `run` needs: two rows of sums.
    public var scratchCount: Int { 2 * 4 * width * channels }

    /// line[i] ← Σ share · pixel over the rows that small row y covers.
    private func addRows(from top: UnsafePointer<UInt8>, _ y: Int, count: Int, into line: UnsafeMutablePointer<UInt32>) {
        let shares = rows.shares.all.base + y * rows.taps
        if rows.taps == 3 {
            let (a, b, c) = (shares[0], shares[1], shares[2])
            let middle = top + count, bottom = top + 2 * count
            for i in 0..<count { line[i] = a &* UInt32(top[i]) &+ b &* UInt32(middle[i]) &+ c &* UInt32(bottom[i]) }
            return
        }
        for i in 0..<count { line[i] = shares[0] &* UInt32(top[i]) }
        for tap in 1..<max(1, rows.taps) {
            let row = top + tap * count, share = shares[tap]
            for i in 0..<count { line[i] = line[i] &+ share &* UInt32(row[i]) }
        }
    }

    /// One row of small pixels from one row of sums.
    private func addColumns(_ line: UnsafePointer<UInt32>, into row: UnsafeMutablePointer<UInt8>) {
        let half = UInt64(area / 2), reciprocal = UInt64((1 << 40) / area + 1)
        let first = columns.first, shares = columns.shares.all.base, taps = columns.taps
        if channels == 1 && taps == 3 {
            for x in 0..<smallWidth {
                let source = line + Int(first[x]), share = shares + 3 * x
                let sum = source[0] &* share[0] &+ source[1] &* share[1] &+ source[2] &* share[2]
                row[x] = UInt8(truncatingIfNeeded: ((UInt64(sum) &+ half) &* reciprocal) &>> 40)
            }
            return
        }
        for x in 0..<smallWidth {
            for channel in 0..<channels {
                let source = line + Int(first[x]) * channels + channel
                var sum: UInt32 = 0
                for tap in 0..<taps { sum = sum &+ source[tap * channels] &* shares[x * taps + tap] }
                row[x * channels + channel] = UInt8(truncatingIfNeeded: ((UInt64(sum) &+ half) &* reciprocal) &>> 40)
            }
        }
    }
}

/// Along one side: which pixels each small pixel covers, and how much of each.
private struct Axis: Sendable {
    /// [small]: the first pixel that counts.
    let first: Buffer<Int32>
    private let firstStorage: Storage<Int32>
    /// [small, taps]
    let shares: Storage<UInt32>
    /// Pixels that count for one small pixel, where shares of nothing fill up.
    let taps: Int
    /// The sum of one small pixel's shares.
    let total: Int

    init(from large: Int, to small: Int) {
        var divisor = large, rest = small
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        // In units in which a pixel is `pixel` long and a small one `total`.
        let pixel = small / divisor, total = large / divisor
        self.total = total
        taps = (0..<small).map { ($0 * total + total - 1) / pixel - $0 * total / pixel + 1 }.max() ?? 1
        firstStorage = Storage(count: small)
        first = firstStorage.all
        shares = Storage(count: small * taps)
        for j in 0..<small {
            let start = j * total, end = start + total
            let from = min(start / pixel, large - taps)
            first[j] = Int32(from)
            for tap in 0..<taps {
                let left = (from + tap) * pixel
                shares.all[j * taps + tap] = UInt32(max(0, min(end, left + pixel) - max(start, left)))
            }
        }
    }
}
