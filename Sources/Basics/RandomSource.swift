// Chance as a value: PCG64 seeded by SeedSequence, number for number what NumPy and Gymnasium draw.

/// PCG64 (XSL-RR 128/64; O'Neill 2014), equal to `numpy.random.Generator(PCG64(seed))`.
///
/// Always an argument (`using random: inout RandomSource`), never a global: the same value gives the same draws to the last bit.
@frozen public struct RandomSource: Hashable, Sendable {
    @usableFromInline var state: UInt128
    @usableFromInline let increment: UInt128
    /// NumPy cuts one 64-bit draw into two 32-bit ones: bit 32 says that the low bits hold the half not yet handed out.
    @usableFromInline var half: UInt64 = 0

    /// The stream of `seed`, or of its descendant at the path `key`.
    public init(seed: UInt64, key: [UInt32] = []) {
        let words = SeedSequence(seed, key: key).state(4)
        increment = ((UInt128(words[2]) << 64 | UInt128(words[3])) << 1) | 1
        state = 0
        _ = next()
        state &+= UInt128(words[0]) << 64 | UInt128(words[1])
        _ = next()
    }

    /// 64 random bits.
    @inlinable @inline(__always) public mutating func next() -> UInt64 {
        state = state &* 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645 &+ increment
        let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
        let turn = UInt64(truncatingIfNeeded: state >> 122)
        return (folded &>> turn) | (folded &<< (64 &- turn))
    }

    /// 32 random bits: the low half of a draw, then its high half.
    @inlinable public mutating func next32() -> UInt32 {
        if half >> 32 != 0 {
            defer { half = 0 }
            return UInt32(truncatingIfNeeded: half)
        }
        let draw = next()
        half = draw >> 32 | 1 << 32
        return UInt32(truncatingIfNeeded: draw)
    }

    /// Uniform in [0, 1) with 53 bits: `random()`.
    @inlinable @inline(__always) public mutating func unit() -> Double {
        Double(next() >> 11) * (1.0 / 9007199254740992.0)
    }

    /// Uniform in [low, high): `uniform(low, high)`.
    @inlinable @inline(__always) public mutating func uniform(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * unit()
    }

    /// Uniform in 0 ..< bound: `integers(0, bound)`, by Lemire's multiplication with rejection.
    @inlinable public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "below(\(bound)): the bound must be positive")
        if bound == 1 { return 0 }
        if bound <= Int(UInt32.max) {
            let range = UInt32(bound)
            var product = UInt64(next32()) &* UInt64(range)
            if UInt32(truncatingIfNeeded: product) < range {
                let threshold = (0 &- range) % range
                while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) &* UInt64(range) }
            }
            return Int(product >> 32)
        }
        if bound == 1 << 32 { return Int(next32()) }
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    /// The first index whose running share of `weights` exceeds one draw: `choice(n, p=weights)`.
    ///
    /// - Precondition: no weight is negative and their sum is positive and finite.
    public mutating func index(weights: [Double]) -> Int {
        var total = 0.0
        for weight in weights {
            precondition(weight >= 0, "index(weights:) got the weight \(weight); none may be negative")
            total += weight
        }
        precondition(total > 0 && total.isFinite, "index(weights:) got weights of sum \(total); it must be positive and finite")
        let draw = unit()
        var sum = 0.0
        for (index, weight) in weights.enumerated() {
            sum += weight
            if sum / total > draw { return index }
        }
        return weights.count - 1
    }

    /// Fisher–Yates with masked rejection: `shuffle`, for up to 2³² values.
    public mutating func shuffle<Element>(_ values: inout [Element]) {
        for i in stride(from: values.count - 1, to: 0, by: -1) {
            let mask = UInt32.max >> UInt32(i).leadingZeroBitCount
            var j = next32() & mask
            while j > i { j = next32() & mask }
            values.swapAt(i, Int(j))
        }
    }
}

extension RandomSource {
    /// Everything that a checkpoint must keep: state, increment (high word first) and the waiting half.
    public var words: [UInt64] {
        [
            UInt64(state >> 64), UInt64(truncatingIfNeeded: state), UInt64(increment >> 64),
            UInt64(truncatingIfNeeded: increment), half,
        ]
    }

    /// The inverse of `words`; nil unless there are five, the increment is odd and the half is one that `words` can hold.
    public init?(words: [UInt64]) {
        guard words.count == 5, words[3] & 1 == 1, words[4] == 0 || words[4] >> 32 == 1 else { return nil }
        state = UInt128(words[0]) << 64 | UInt128(words[1])
        increment = UInt128(words[2]) << 64 | UInt128(words[3])
        half = words[4]
    }
}
