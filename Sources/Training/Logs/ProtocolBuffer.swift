// The part of protocol buffers' wire format that event files need: fields of five kinds, written in order.

/// One message under construction.
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    /// Base 128, least significant group first.
    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
    private mutating func key(_ field: UInt64, _ wireType: UInt64) { append(varint: field << 3 | wireType) }

    mutating func add(_ field: UInt64, integer value: Int) {
        key(field, 0)
        append(varint: UInt64(bitPattern: Int64(value)))
    }
    mutating func add(_ field: UInt64, double value: Double) {
        key(field, 1)
        RawBytes.append([value], to: &bytes)
    }
    mutating func add(_ field: UInt64, float value: Float) {
        key(field, 5)
        RawBytes.append([value], to: &bytes)
    }
    mutating func add(_ field: UInt64, text: String) { add(field, bytes: Array(text.utf8)) }
    mutating func add(_ field: UInt64, message: ProtocolBuffer) { add(field, bytes: message.bytes) }
    private mutating func add(_ field: UInt64, bytes content: [UInt8]) {
        key(field, 2)
        append(varint: UInt64(content.count))
        bytes += content
    }
}
