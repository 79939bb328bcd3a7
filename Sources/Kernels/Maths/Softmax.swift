// Softmax and its logarithm, row by row: probabilities from preferences, without overflow.

import CVector

/// Rows of `width` preferences become rows of `width` probabilities, or of their logarithms.
///
/// The bits of a row depend on its numbers and on `width` alone, not on how many rows there are or which one it is. `x` and `y` are
/// `[rows, width]`, the same memory or without overlap. A preference of -inf gets probability 0; a row that holds NaN or +inf, or
/// nothing but -inf, becomes NaN. No memory is allocated.
public enum Softmax {
    /// y[r, c] = exp(x[r, c] - m) / Σⱼ exp(x[r, j] - m), m the row's largest number.
    public static func rows(_ x: Floats, width: Int, rows: Int, into y: Floats) {
        check("softmax", x, y, width: width, rows: rows)
        if width <= narrow {
            inGroups(x, y, width: width, rows: rows) { shareOfColumns(&$0, width: width) }
        } else {
            for row in 0..<rows {
                let into = y.base + row * width
                let sum = exponentialsOfRow(x.base + row * width, into, width)
                overRow(into, into, width) { $0 / sum }
            }
        }
    }

    /// y[r, c] = (x[r, c] - m) - log Σⱼ exp(x[r, j] - m), m the row's largest number.
    public static func logRows(_ x: Floats, width: Int, rows: Int, into y: Floats) {
        check("log-softmax", x, y, width: width, rows: rows)
        if width <= narrow {
            inGroups(x, y, width: width, rows: rows) { logarithmOfColumns(&$0, width: width) }
        } else {
            for row in 0..<rows {
                let from = UnsafePointer(x.base + row * width)
                let into = y.base + row * width
                let largest = largestOfRow(from, width)
                let sum = log16(SIMD16(repeating: sumOfRow(from, width, largest: largest)))
                overRow(from, into, width) { ($0 - largest) - sum }
            }
        }
    }

    private static func check(_ name: String, _ x: Floats, _ y: Floats, width: Int, rows: Int) {
        guard width > 0, rows >= 0 else { fatalError("\(name) of \(rows) rows of width \(width)") }
        guard x.count == rows * width, y.count == rows * width else {
            fatalError("\(name) of \(rows) rows of width \(width) got \(x.count) numbers into \(y.count)")
        }
    }
}

// MARK: Narrow rows: sixteen rows at a time, one lane each, so that no lane idles.

/// Rows up to this width are turned into columns of sixteen rows: slower than a row at a time only when rows are few and wide.
private let narrow = 24
private typealias Columns = InlineArray<24, SIMD16<Float>>

extension Softmax {
    /// Turns up to sixteen rows at a time into columns, lets `body` change them, and turns them back.
    @inline(__always)
    private static func inGroups(_ x: Floats, _ y: Floats, width: Int, rows: Int, _ body: (inout Columns) -> Void) {
        var columns = Columns(repeating: SIMD16(repeating: 0))
        var first = 0
        while first < rows {
            let count = min(16, rows - first)
            withUnsafeMutableBytes(of: &columns) { bytes in
                let floats = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
                gather_columns16(floats, x.base + first * width, Int32(width), Int32(count))
            }
            body(&columns)
            withUnsafeBytes(of: &columns) { bytes in
                let floats = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
                scatter_columns16(y.base + first * width, floats, Int32(width), Int32(count))
            }
            first += count
        }
    }

    /// Each lane: its columns minus their largest.
    @inline(__always)
    private static func subtractLargest(_ columns: inout Columns, width: Int) {
        var largest = columns[0]
        for c in 0..<width { largest = largest.replacing(with: columns[c], where: columns[c] .> largest) }
        for c in 0..<width { columns[c] -= largest }
    }

    @inline(__always)
    private static func shareOfColumns(_ columns: inout Columns, width: Int) {
        subtractLargest(&columns, width: width)
        var sum = SIMD16<Float>(repeating: 0)
        for c in 0..<width {
            columns[c] = exp16(columns[c])
            sum += columns[c]
        }
        for c in 0..<width { columns[c] /= sum }
    }

    @inline(__always)
    private static func logarithmOfColumns(_ columns: inout Columns, width: Int) {
        subtractLargest(&columns, width: width)
        var sum = SIMD16<Float>(repeating: 0)
        for c in 0..<width { sum += exp16(columns[c]) }
        let logarithm = log16(sum)
        for c in 0..<width { columns[c] -= logarithm }
    }
}

// MARK: Wide rows: one row at a time, sixteen columns each.

extension Softmax {
    @inline(__always)
    private static func overRow(
        _ from: UnsafePointer<Float>, _ into: UnsafeMutablePointer<Float>, _ width: Int,
        _ function: (SIMD16<Float>) -> SIMD16<Float>
    ) {
        let whole = width & ~15
        for c in stride(from: 0, to: whole, by: 16) { storeSixteen(function(loadSixteen(from + c)), at: into + c) }
        if whole < width { store_first16(into + whole, function(loadSixteen(from + whole)), Int32(width - whole)) }
    }

    /// Columns `c ..< c + 16` of a row; -inf where the row has ended, which changes neither maximum nor sum.
    @inline(__always)
    private static func columns(_ row: UnsafePointer<Float>, from c: Int, of width: Int) -> SIMD16<Float> {
        let vector = loadSixteen(row + c)
        return c + 16 <= width ? vector : keep_first16(vector, Int32(width - c), -.infinity)
    }

    @inline(__always)
    private static func largestOfRow(_ row: UnsafePointer<Float>, _ width: Int) -> Float {
        var largest = SIMD16<Float>(repeating: -.infinity)
        for c in stride(from: 0, to: width, by: 16) {
            let vector = columns(row, from: c, of: width)
            largest = largest.replacing(with: vector, where: vector .> largest)
        }
        return largest_of16(largest)
    }

    /// Σ exp(row - largest).
    @inline(__always)
    private static func sumOfRow(_ row: UnsafePointer<Float>, _ width: Int, largest: Float) -> Float {
        var sum = SIMD16<Float>(repeating: 0)
        for c in stride(from: 0, to: width, by: 16) { sum += exp16(columns(row, from: c, of: width) - largest) }
        return sum_of16(sum)
    }

    /// exp(row - its largest number), written to `into`; returns their sum.
    @inline(__always)
    private static func exponentialsOfRow(
        _ row: UnsafePointer<Float>, _ into: UnsafeMutablePointer<Float>, _ width: Int
    ) -> Float {
        let largest = largestOfRow(row, width)
        var sum = SIMD16<Float>(repeating: 0)
        for c in stride(from: 0, to: width, by: 16) {
            let e = exp16(columns(row, from: c, of: width) - largest)
            if c + 16 <= width { storeSixteen(e, at: into + c) } else { store_first16(into + c, e, Int32(width - c)) }
            sum += e
        }
        return sum_of16(sum)
    }
}
