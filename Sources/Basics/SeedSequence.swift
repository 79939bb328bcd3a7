// NumPy's SeedSequence: turns one number and a path of child indices into well mixed generator states.

/// Entropy mixed into a pool of four 32-bit words, from which any number of state words is generated.
///
/// Equal to `numpy.random.SeedSequence(entropy, spawn_key=key)` (M. E. O'Neill's design, NumPy ≥ 1.17), so that a seed here
/// is the same seed there. A child is named by its path: `SeedSequence(7, key: [0, 3])` is the fourth child of the first.
public struct SeedSequence: Sendable {
    private var pool: InlineArray<4, UInt32> = [0, 0, 0, 0]

    /// - Parameters:
    ///   - seed: the entropy, split into little-endian 32-bit words.
    ///   - key: the path of child indices; empty for the sequence itself.
    public init(_ seed: UInt64, key: [UInt32] = []) {
        var words = [UInt32(truncatingIfNeeded: seed)]
        if seed >> 32 != 0 { words.append(UInt32(truncatingIfNeeded: seed >> 32)) }
        if !key.isEmpty {
            while words.count < 4 { words.append(0) }
            words += key
        }
        mix(words)
    }

    /// Steps of NumPy's `mix_entropy`.
    private mutating func mix(_ words: [UInt32]) {
        var constant: UInt32 = 0x43b0_d7e5
        func hashed(_ word: UInt32) -> UInt32 {
            var value = word ^ constant
            constant = constant &* 0x931e_8875
            value = value &* constant
            return value ^ (value >> 16)
        }
        func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
            let value = (0xca01_f9dd &* x) &- (0x4973_f715 &* y)
            return value ^ (value >> 16)
        }
        for i in 0..<4 { pool[i] = hashed(i < words.count ? words[i] : 0) }
        for source in 0..<4 {
            for target in 0..<4 where target != source { pool[target] = mixed(pool[target], hashed(pool[source])) }
        }
        for word in words.dropFirst(4) {
            for target in 0..<4 { pool[target] = mixed(pool[target], hashed(word)) }
        }
    }

    /// The first `count` 64-bit words of state (`generate_state(count, uint64)`).
    public func state(_ count: Int) -> [UInt64] {
        var constant: UInt32 = 0x8b51_f9dd
        func word(_ index: Int) -> UInt64 {
            var value = pool[index % 4] ^ constant
            constant = constant &* 0x58f3_8ded
            value = value &* constant
            return UInt64(value ^ (value >> 16))
        }
        return (0..<count).map { index in
            let low = word(2 * index)
            return low | word(2 * index + 1) << 32
        }
    }
}
