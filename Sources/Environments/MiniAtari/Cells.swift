// A set of the screen's hundred cells as bits: all of them move, meet and vanish in a few instructions.

/// Cell (x, y) is bit 10 y + x.
struct Cells: Hashable, Sendable {
    private var bits: UInt128

    private init(bits: UInt128) { self.bits = bits }
    init() { bits = 0 }
    @inline(__always) init(_ x: Int, _ y: Int) { bits = 1 &<< UInt128(truncatingIfNeeded: 10 &* y &+ x) }

    private static var screen: UInt128 { (1 << 100) - 1 }
    // Computed, for the compiler to fold: a stored one would be asked at every use whether it is there already.
    static var leftColumn: Cells {
        let half: UInt128 = 1 | 1 << 10 | 1 << 20 | 1 << 30 | 1 << 40
        return Cells(bits: half | half << 50)
    }
    static var rightColumn: Cells { Cells(bits: leftColumn.bits << 9) }
    static var bottomRow: Cells { Cells(bits: 0x3ff << 90) }
    /// `rows` from the top, the columns from `first` to `last`.
    static func block(rows: Int, columns first: Int, _ last: Int) -> Cells {
        var cells = Cells()
        for y in 0..<rows { for x in first...last { cells.insert(x, y) } }
        return cells
    }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    @inline(__always) func meets(_ other: Cells) -> Bool { bits & other.bits != 0 }
    @inline(__always) func intersection(_ other: Cells) -> Cells { Cells(bits: bits & other.bits) }
    @inline(__always) mutating func insert(_ x: Int, _ y: Int) { formUnion(Cells(x, y)) }
    @inline(__always) mutating func formUnion(_ other: Cells) { bits |= other.bits }
    @inline(__always) mutating func subtract(_ other: Cells) { bits &= ~other.bits }

    // What leaves the screen at its upper or lower edge is gone; at a side nothing may stand in the way.
    var movedUp: Cells { Cells(bits: bits >> 10) }
    var movedDown: Cells { Cells(bits: bits << 10 & Cells.screen) }
    /// The lowest row comes back at the top.
    var movedDownAround: Cells { Cells(bits: bits << 10 & Cells.screen | bits >> 90) }
    var movedLeft: Cells { Cells(bits: bits >> 1) }
    var movedRight: Cells { Cells(bits: bits << 1) }

    /// The lowest cell of the column that has any and is nearest to `x`, the left one of two; none of no cells.
    @inline(__always) func lowest(inColumnNearest x: Int) -> Cells {
        let half = bits | bits >> 50
        let columns = UInt(truncatingIfNeeded: half | half >> 10 | half >> 20 | half >> 30 | half >> 40) & 0x3ff
        guard columns != 0 else { return Cells() }
        let left = columns & (2 &<< UInt(x) &- 1), right = columns &>> UInt(x)
        let toLeft = left == 0 ? 10 : x &- (UInt.bitWidth &- 1 &- left.leadingZeroBitCount)
        let toRight = right == 0 ? 10 : right.trailingZeroBitCount
        let nearest = toLeft <= toRight ? x &- toLeft : x &+ toRight
        let column = bits & (Cells.leftColumn.bits &<< UInt128(truncatingIfNeeded: nearest))
        return Cells(bits: 1 &<< UInt128(truncatingIfNeeded: 127 &- column.leadingZeroBitCount))
    }

    /// Calls `body` with 10 y + x of every cell.
    @inline(__always) func forEach(_ body: (Int) -> Void) {
        var upper = UInt64(truncatingIfNeeded: bits), lower = UInt64(truncatingIfNeeded: bits >> 64)
        while upper != 0 {
            body(upper.trailingZeroBitCount)
            upper &= upper &- 1
        }
        while lower != 0 {
            body(64 &+ lower.trailingZeroBitCount)
            lower &= lower &- 1
        }
    }

    /// A hundred zeros and ones, row by row.
    var numbers: [Int] { (0..<100).map { Int(bits >> UInt128($0) & 1) } }
    init(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        bits = 0
        for bit in 0..<100 where try numbers.truth() { bits |= 1 << UInt128(bit) }
    }
}
