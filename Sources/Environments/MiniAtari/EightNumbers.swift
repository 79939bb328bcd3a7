// Eight small numbers in one word: what the eight lanes of a game's rows keep, copied and compared as one.

/// Numbers from 0 to 255 each. Arithmetic on `bits` reaches all eight at once, as long as none leaves its byte.
struct EightNumbers: Hashable, Sendable {
    var bits: UInt64
    /// Eight times the same number.
    init(repeating number: Int) { bits = UInt64(number) &* EightNumbers.ones }

    /// A 1 in every byte.
    static let ones: UInt64 = 0x0101_0101_0101_0101

    subscript(_ index: Int) -> Int {
        @inline(__always) get { Int(bits &>> UInt64(8 &* index) & 0xff) }
        @inline(__always) set {
            let place = UInt64(8 &* index)
            bits = bits & ~(0xff &<< place) | UInt64(truncatingIfNeeded: newValue & 0xff) &<< place
        }
    }
    var array: [Int] { (0..<8).map { self[$0] } }
}
