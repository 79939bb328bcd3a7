// One number for everything that was seen in an episode so far.
import Kernels
import RLCore

/// FNV-1a in 64 bits (Fowler, Noll and Vo) over the bytes of each observation in turn; floats by their bit patterns, little-endian.
struct RollingHash: Hashable, Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

    /// One row.
    mutating func add(_ observation: Rows) {
        for i in 0..<observation.bytes.count { add(observation.bytes[i]) }
        for i in 0..<observation.floats.count {
            let bits = observation.floats[i].bitPattern
            for shift in [UInt32(0), 8, 16, 24] { add(UInt8(truncatingIfNeeded: bits >> shift)) }
        }
    }
}
