// SHA-256 (FIPS 180-4), so that a damaged tensor file is noticed when it is loaded.

/// Feed it bytes, then ask for the digest.
public struct SHA256: Sendable {
    private var state: InlineArray<8, UInt32> = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    /// Less than one block.
    private var waiting: [UInt8] = []
    private var length: UInt64 = 0

    public init() {}

    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    public static func hex(of bytes: Span<UInt8>) -> String {
        var hash = SHA256()
        hash.update(bytes)
        let digits = Array("0123456789abcdef".utf8)
        let text = hash.digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    public mutating func update(_ bytes: Span<UInt8>) {
        length += UInt64(bytes.count)
        var start = 0
        if !waiting.isEmpty {
            while start < bytes.count && waiting.count < 64 {
                waiting.append(bytes[start])
                start += 1
            }
            if waiting.count < 64 { return }
            let block = waiting
            Self.compress(block.span, into: &state)
            waiting.removeAll(keepingCapacity: true)
        }
        let whole = (bytes.count - start) / 64 * 64
        Self.compress(bytes.extracting(start..<start + whole), into: &state)
        for i in start + whole..<bytes.count { waiting.append(bytes[i]) }
    }

    /// 32 bytes.
    public func digest() -> [UInt8] {
        var last = self
        var padding: [UInt8] = [0x80]
        while (waiting.count + padding.count) % 64 != 56 { padding.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            padding.append(UInt8(truncatingIfNeeded: (length * 8) >> UInt64(shift)))
        }
        last.update(padding.span)
        return (0..<32).map { UInt8(truncatingIfNeeded: last.state[$0 / 4] >> UInt32(24 - 8 * ($0 % 4))) }
    }

    /// Section 6.2.2, for every block of 64 bytes.
    private static func compress(_ blocks: Span<UInt8>, into state: inout InlineArray<8, UInt32>) {
        let constants = constants
        var schedule = InlineArray<64, UInt32>(repeating: 0)
        var sum = state
        for block in stride(from: 0, to: blocks.count, by: 64) {
            for t in 0..<16 {
                let i = block + 4 * t
                schedule[t] =
                    UInt32(blocks[i]) << 24 | UInt32(blocks[i + 1]) << 16 | UInt32(blocks[i + 2]) << 8 | UInt32(blocks[i + 3])
            }
            for t in 16..<64 {
                let x = schedule[t - 15], y = schedule[t - 2]
                let small0 = turn(x, 7) ^ turn(x, 18) ^ (x >> 3)
                let small1 = turn(y, 17) ^ turn(y, 19) ^ (y >> 10)
                schedule[t] = schedule[t - 16] &+ small0 &+ schedule[t - 7] &+ small1
            }
            var a = sum[0], b = sum[1], c = sum[2], d = sum[3], e = sum[4], f = sum[5], g = sum[6], h = sum[7]
            var t = 0
            // Eight rounds turn the names once around, so no value has to move.
            while t < 64 {
                round(a, b, c, &d, e, f, g, &h, constants[t] &+ schedule[t])
                round(h, a, b, &c, d, e, f, &g, constants[t + 1] &+ schedule[t + 1])
                round(g, h, a, &b, c, d, e, &f, constants[t + 2] &+ schedule[t + 2])
                round(f, g, h, &a, b, c, d, &e, constants[t + 3] &+ schedule[t + 3])
                round(e, f, g, &h, a, b, c, &d, constants[t + 4] &+ schedule[t + 4])
                round(d, e, f, &g, h, a, b, &c, constants[t + 5] &+ schedule[t + 5])
                round(c, d, e, &f, g, h, a, &b, constants[t + 6] &+ schedule[t + 6])
                round(b, c, d, &e, f, g, h, &a, constants[t + 7] &+ schedule[t + 7])
                t += 8
            }
            sum[0] &+= a
            sum[1] &+= b
            sum[2] &+= c
            sum[3] &+= d
            sum[4] &+= e
            sum[5] &+= f
            sum[6] &+= g
            sum[7] &+= h
        }
        state = sum
    }

    /// Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

@inline(__always) private func turn(_ x: UInt32, _ bits: UInt32) -> UInt32 { x >> bits | x << (32 - bits) }

@inline(__always) private func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
    _ added: UInt32
) {
    let first = h &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ (g ^ (e & (f ^ g))) &+ added
    let second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ ((a & b) ^ (c & (a ^ b)))
    d &+= first
    h = first &+ second
}
