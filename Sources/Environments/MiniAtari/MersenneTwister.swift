// MT19937, the generator behind NumPy's legacy RandomState, which the published mini-Atari package draws from.

/// Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator" (1998),
/// seeded by their `init_genrand` and read as `numpy.random.RandomState` reads it.
public struct MersenneTwister: GameChance, Hashable, Sendable {
    private static let count = 624
    private static let shift = 397

    /// The last 624 words, the next to be handed out at `position`.
    private(set) var words: [UInt32]
    private(set) var position = MersenneTwister.count

    public init(seed: UInt32) {
        words = [seed]
        words.reserveCapacity(MersenneTwister.count)
        for k in 1..<MersenneTwister.count {
            let last = words[k - 1]
            words.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(k))
        }
    }

    /// The generator as `words` and `position` were; nil where they are not those of one.
    init?(words: [UInt32], position: Int) {
        guard words.count == MersenneTwister.count, (0...MersenneTwister.count).contains(position) else { return nil }
        self.words = words
        self.position = position
    }

    /// 32 random bits.
    public mutating func next32() -> UInt32 {
        if position == MersenneTwister.count { twist() }
        var word = words[position]
        position += 1
        word ^= word >> 11
        word ^= word << 7 & 0x9d2c_5680
        word ^= word << 15 & 0xefc6_0000
        return word ^ word >> 18
    }

    private mutating func twist() {
        let count = MersenneTwister.count
        for i in 0..<count {
            let joined = words[i] & 0x8000_0000 | words[(i + 1) % count] & 0x7fff_ffff
            words[i] = words[(i + MersenneTwister.shift) % count] ^ joined >> 1 ^ (joined & 1 == 1 ? 0x9908_b0df : 0)
        }
        position = 0
    }

    /// `rand()`: 53 bits of two words.
    public mutating func unit() -> Double {
        let high = Double(next32() >> 5), low = Double(next32() >> 6)
        return (high * 67_108_864 + low) / 9_007_199_254_740_992
    }

    /// `randint(bound)`: masked rejection, and no draw where there is nothing to choose.
    ///
    /// - Precondition: `bound` is positive and at most 2³².
    public mutating func below(_ bound: Int) -> Int {
        guard bound > 0, let range = UInt32(exactly: bound - 1) else { fatalError("below(\(bound)): from 1 to 2^32 is possible") }
        guard range > 0 else { return 0 }
        let mask = UInt32.max >> range.leadingZeroBitCount
        while true {
            let word = next32() & mask
            if word <= range { return Int(word) }
        }
    }
}
