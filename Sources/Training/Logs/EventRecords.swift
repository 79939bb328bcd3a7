// Event messages in their frames: TFRecord, with a masked CRC-32C of the length and of the data.

enum EventRecords {
    /// `uint64 length, uint32 checksum of it, the data, uint32 checksum of them`, all little-endian.
    static func record(_ data: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        RawBytes.append([UInt64(data.count)], to: &length)
        var record = length
        RawBytes.append([CRC32C.masked(length)], to: &record)
        record += data
        RawBytes.append([CRC32C.masked(data)], to: &record)
        return record
    }

    /// How many bytes of the file at `path` are whole records of steps up to `step`; 0 when there is no file.
    static func length(_ path: String, upTo step: Int) throws(FileError) -> Int {
        guard Folders.kind(of: path) != nil else { return 0 }
        let bytes = try readFile(path, limit: 1 << 30)
        var place = 0
        while let record = data(at: place, of: bytes) {
            if let at = self.step(of: bytes[record]), at > step { break }
            place = record.upperBound + 4
        }
        return place
    }

    /// The data of the record that begins at `place`; nil when it is not whole or its checksums do not fit.
    static func data(at place: Int, of bytes: [UInt8]) -> Range<Int>? {
        guard place + 12 <= bytes.count else { return nil }
        let announced = RawBytes.values(UInt64.self, count: 1, at: place, in: bytes)[0]
        guard announced <= UInt64(bytes.count), CRC32C.masked(bytes[place..<place + 8]) == number(at: place + 8, of: bytes) else {
            return nil
        }
        let data = place + 12..<place + 12 + Int(announced)
        guard data.upperBound + 4 <= bytes.count, CRC32C.masked(bytes[data]) == number(at: data.upperBound, of: bytes) else {
            return nil
        }
        return data
    }
    private static func number(at place: Int, of bytes: [UInt8]) -> UInt32 {
        RawBytes.values(UInt32.self, count: 1, at: place, in: bytes)[0]
    }

    /// The step of an event of ours: after nine bytes of wall time; nil of the first event, which has none.
    private static func step(of event: ArraySlice<UInt8>) -> Int? {
        var rest = event.dropFirst(9)
        guard rest.popFirst() == 2 << 3 else { return nil }
        var value = 0, shift = 0
        while let byte = rest.popFirst(), shift < 63 {
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }
}
