// Shows a pixel game's own picture at any size: sharp when enlarged, averaged when reduced.
import RLCore

extension Picture {
    /// Each pixel becomes the mean of the source over its area; `bytes` is [height, width, 3].
    mutating func copy(_ bytes: [UInt8], width: Int, height: Int, to target: Rectangle, _ area: PixelArea) {
        let (columns, rows) = area.touched(
            left: target.x, top: target.y, right: target.x + target.width, bottom: target.y + target.height)
        let across = columns.map { Share(of: $0, origin: target.x, length: target.width, count: width) }
        let along = rows.map { Share(of: $0, origin: target.y, length: target.height, count: height) }
        let ownWidth = self.width
        var out = pixels.mutableSpan
        // The last row that lay wholly in one row of the source: enlarged, the next ones are the same.
        var whole: (source: Int, row: Int)?
        for (y, vertical) in zip(rows, along) {
            let single = vertical.single
            if let single, let whole, whole.source == single {
                let from = whole.row * ownWidth, to = y * ownWidth
                for byte in columns.lowerBound * 3..<columns.upperBound * 3 { out[to * 3 + byte] = out[from * 3 + byte] }
                continue
            }
            for (x, horizontal) in zip(columns, across) {
                let start = (y * ownWidth + x) * 3
                if let single, let column = horizontal.single {
                    let from = (single * width + column) * 3
                    for channel in 0..<3 { out[start + channel] = bytes[from + channel] }
                    continue
                }
                var sums = SIMD3<Double>()
                for row in vertical.indices {
                    for column in horizontal.indices {
                        let from = (row * width + column) * 3
                        let colour = SIMD3(Double(bytes[from]), Double(bytes[from + 1]), Double(bytes[from + 2]))
                        sums += colour * (vertical.weight(of: row) * horizontal.weight(of: column))
                    }
                }
                // What the picture does not cover of this pixel stays as it was.
                let covered = vertical.total * horizontal.total
                for channel in 0..<3 {
                    out[start + channel] = UInt8(min(255, sums[channel] + Double(out[start + channel]) * (1 - covered) + 0.5))
                }
            }
            // Where a column at the edge is covered in part, its rows differ by what was there before.
            if let single, let first = across.first, let last = across.last, first.total > 1 - 1e-9, last.total > 1 - 1e-9 {
                whole = (single, y)
            }
        }
    }
}

/// Which source pixels lie under one target pixel along one axis, and how much of the target each covers.
private struct Share {
    let indices: Range<Int>
    /// How much of the target pixel the whole source covers.
    let total: Double
    /// The source pixel that alone covers all of the target pixel.
    let single: Int?
    private let low: Double
    private let high: Double
    private let scale: Double

    init(of pixel: Int, origin: Double, length: Double, count: Int) {
        scale = length / Double(count)
        low = max(0, (Double(pixel) - origin) / scale)
        high = min(Double(count), (Double(pixel + 1) - origin) / scale)
        let first = min(count, Int(low))
        indices = first..<max(first, min(count, Int(high.rounded(.up))))
        total = max(0, high - low) * scale
        single = indices.count == 1 && total > 1 - 1e-9 ? indices.lowerBound : nil
    }
    func weight(of index: Int) -> Double { max(0, min(high, Double(index + 1)) - max(low, Double(index))) * scale }
}
