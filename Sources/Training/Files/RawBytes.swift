// Arrays of numbers as little-endian bytes and back, in one copy each: the two unsafe lines that tensor files need.

#if _endian(big)
    #error("files hold little-endian numbers: a big-endian machine needs a swap here")
#endif

enum RawBytes {
    static func append(_ values: [some BitwiseCopyable], to bytes: inout [UInt8]) {
        unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// `count` numbers from the bytes at `offset` on, which need not be aligned. Every bit pattern must be a valid `Number`.
    static func values<Number: BitwiseCopyable & FixedWidthInteger>(
        _ type: Number.Type, count: Int, at offset: Int, in bytes: [UInt8]
    ) -> [Number] { copy(count: count, at: offset, in: bytes) }

    static func values<Number: BitwiseCopyable & BinaryFloatingPoint>(
        _ type: Number.Type, count: Int, at offset: Int, in bytes: [UInt8]
    ) -> [Number] { copy(count: count, at: offset, in: bytes) }

    private static func copy<Number: BitwiseCopyable>(count: Int, at offset: Int, in bytes: [UInt8]) -> [Number] {
        let range = offset..<offset + count * MemoryLayout<Number>.stride
        return unsafe [Number](unsafeUninitializedCapacity: count) { buffer, filled in
            unsafe bytes.withUnsafeBytes { source in
                // The range is checked here: a wrong one traps instead of reading beyond the array.
                unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
            }
            filled = count
        }
    }
}
