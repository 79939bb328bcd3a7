// Eight lanes of doubles and the memory around them: a lane moved in and out of vectors, rows written eight at a time.
public import CVector

/// Copies lane `lane` of `eight`, a struct of `SIMD8<Double>`s, to `one`, the struct of `Double`s with the same fields.
@inlinable @inline(__always)
public func copyLane<One: BitwiseCopyable, Eight: BitwiseCopyable>(_ lane: Int, of eight: inout Eight, to one: inout One) {
    let fields = checkedFields(lane, of: Eight.self, One.self)
    withUnsafeBytes(of: &eight) { source in
        withUnsafeMutableBytes(of: &one) { target in
            let from = source.baseAddress!.assumingMemoryBound(to: Double.self)
            let to = target.baseAddress!.assumingMemoryBound(to: Double.self)
            for field in 0..<fields { to[field] = from[8 * field + lane] }
        }
    }
}

/// The inverse of `copyLane(_:of:to:)`; the other lanes stay as they are.
@inlinable @inline(__always)
public func copyLane<One: BitwiseCopyable, Eight: BitwiseCopyable>(_ lane: Int, of eight: inout Eight, from one: One) {
    let fields = checkedFields(lane, of: Eight.self, One.self)
    var one = one
    withUnsafeBytes(of: &one) { source in
        withUnsafeMutableBytes(of: &eight) { target in
            let from = source.baseAddress!.assumingMemoryBound(to: Double.self)
            let to = target.baseAddress!.assumingMemoryBound(to: Double.self)
            for field in 0..<fields { to[8 * field + lane] = from[field] }
        }
    }
}

@inlinable @inline(__always) func checkedFields<One, Eight>(_ lane: Int, of: Eight.Type, _: One.Type) -> Int {
    guard MemoryLayout<Eight>.size == 8 * MemoryLayout<One>.size, MemoryLayout<One>.size % 8 == 0, (0..<8).contains(lane) else {
        fatalError("lane \(lane) of a \(Eight.self) is no \(One.self)")
    }
    return MemoryLayout<One>.size / 8
}

extension Buffer where Element == Int32 {
    /// The eight numbers from `start` on; behind the last of a `Storage` come zeros.
    @inlinable @inline(__always) public func eight(from start: Int) -> SIMD8<Double> {
        guard start >= 0 && start < count else { outside(start, 8, of: count) }
        return doubles_of_integers8(base + start)
    }
}

extension Buffer where Element == Int32 {
    /// Writes pieces of `bits` bits of `word`, the lowest first, from `start` on: as many as it has and there is room for.
    @inlinable public func storePieces(of word: UInt64, bits: Int, from start: Int) {
        guard bits > 0 && bits < 32 && start >= 0 && start <= count else { outside(start, 64 / Swift.max(bits, 1), of: count) }
        let room = Swift.min(64 / bits, count - start)
        if bits == 1 && room == 64 {
            store_bits64(base + start, word)
        } else {
            store_pieces(base + start, word, Int32(bits), Int32(room))
        }
    }
}

extension Buffer where Element == Float {
    /// Column `column` of the eight rows from `start` on, `width` wide; behind the last number of a `Storage` come zeros.
    @inlinable @inline(__always)
    public func eight(from start: Int, column: Int, width: Int) -> SIMD8<Double> {
        guard start >= 0 && column >= 0 && column < width && start * width + column < count else {
            outside(start * width + column, 8 * width, of: count)
        }
        // Of rows wider than the slack only those that are there.
        let rows = Swift.min(8, (count - start * width) / width)
        return doubles_of8(column_of8(base + start * width + column, Int32(width), Int32(rows)))
    }

    /// Writes eight numbers from `start` on.
    @inlinable @inline(__always) public func store(_ numbers: SIMD8<Float>, from start: Int) {
        store8(slice(start, 8).base, numbers)
    }
    /// Writes eight rows of two floats from row `row` on, of two columns.
    @inlinable @inline(__always) public func storeRows(_ row: Int, _ a: SIMD8<Double>, _ b: SIMD8<Double>) {
        store_rows8x2(slice(16 * (row / 8), 16).base, a, b)
    }
    @inlinable @inline(__always)
    public func storeRows(_ row: Int, _ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>) {
        store_rows8x3(slice(24 * (row / 8), 24).base, a, b, c)
    }
    @inlinable @inline(__always)
    public func storeRows(_ row: Int, _ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>, _ d: SIMD8<Double>) {
        store_rows8x4(slice(32 * (row / 8), 32).base, a, b, c, d)
    }
    @inlinable @inline(__always)
    public func storeRows(
        _ row: Int, _ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>, _ d: SIMD8<Double>, _ e: SIMD8<Double>,
        _ f: SIMD8<Double>
    ) {
        store_rows8x6(slice(48 * (row / 8), 48).base, a, b, c, d, e, f)
    }
}

extension Buffer where Element == UInt8 {
    /// Writes eight zeros from `start` on.
    @inlinable @inline(__always) public func clearEight(from start: Int) {
        UnsafeMutableRawPointer(slice(start, 8).base).storeBytes(of: 0, as: UInt64.self)
    }
}

extension SIMD8 where Scalar == Double {
    /// Rounded to single precision.
    @inlinable @inline(__always) public var floats: SIMD8<Float> { floats_of8(self) }
    /// Bit i is set where lane i is not zero, or no number.
    @inlinable @inline(__always) public var bitsOfNonzero: UInt32 { bits_of8(self) }
    /// Whether a lane lies outside low ... high; NaN lies nowhere.
    @inlinable @inline(__always) public func isOutside(_ low: Double, _ high: Double) -> Bool {
        outside_bits8(self, low, high) != 0
    }
    /// Bit i is set where lane i is at least `other`.
    @inlinable @inline(__always) public func bits(atLeast other: Double) -> UInt32 { at_least_bits8(self, other) }
    @inlinable @inline(__always) public var hasNaN: Bool { nan_bits8(self) != 0 }
}
extension SIMD8 where Scalar == Float {
    @inlinable @inline(__always) public var doubles: SIMD8<Double> { doubles_of8(self) }
}
