// Reading a safetensors file that may come from anywhere: whatever is wrong with it ends in a sentence, never in a crash.

public import Basics

extension SafetensorsFile {
    /// Most files are agents.
    public static let agentAdvice = "get or train it again"

    /// One tensor as the header announces it; the range counts bytes from the start of the data section.
    private struct Entry {
        let name: String
        let type: ElementType
        let shape: [Int]
        let count: Int
        let range: Range<Int>
    }

    /// The tensors in the order of their data, and the metadata with `sha256`, which is checked when it is there.
    /// - Parameters:
    ///   - path: what messages call the file.
    ///   - advice: what they say to do.
    /// - Throws: `.malformed`, saying what is wrong and where.
    public static func decode(
        _ bytes: [UInt8], path: String = "", advice: String? = SafetensorsFile.agentAdvice
    ) throws(FileError) -> (archive: Archive, metadata: [String: String]) {
        func wrong(_ message: String) -> FileError {
            FileError(.malformed, path: path, "not a whole safetensors file: \(message)" + (advice.map { "; " + $0 } ?? ""))
        }
        guard bytes.count >= 8 else { throw wrong("it ends after \(bytes.count) bytes, inside the header's length") }
        let announced = RawBytes.values(UInt64.self, count: 1, at: 0, in: bytes)[0]
        guard announced <= UInt64(headerLimit) else {
            throw wrong("it announces a header of \(announced) bytes, \(headerLimit) is the most")
        }
        let start = 8 + Int(announced)
        guard start <= bytes.count else { throw wrong("it ends after \(bytes.count) bytes, inside its header of \(announced)") }
        let dataCount = bytes.count - start

        let metadata: [String: String]
        let entries: [Entry]
        do throws(FileError) {
            (metadata, entries) = try header(Array(bytes[8..<start]))
        } catch {
            let place = error.column.map { " (byte \($0 + 7))" } ?? ""
            throw wrong("in its header\(place), " + error.message)
        }

        var end = 0
        for entry in entries {
            guard entry.range.lowerBound == end else {
                let what = entry.range.lowerBound > end ? "a gap before" : "an overlap at"
                throw wrong("\(what) \"\(entry.name)\", which starts at \(entry.range.lowerBound) instead of \(end)")
            }
            guard entry.range.upperBound <= dataCount else {
                throw wrong("\"\(entry.name)\" ends at \(entry.range.upperBound), but there are only \(dataCount) bytes of data")
            }
            end = entry.range.upperBound
        }
        guard end == dataCount else { throw wrong("\(dataCount - end) bytes after the last tensor") }
        if let expected = metadata[checksumKey], expected != SHA256.hex(of: bytes.span.extracting(start..<bytes.count)) {
            throw wrong("the checksum (SHA-256) does not fit the data, some of it has changed")
        }

        var archive = Archive()
        for entry in entries {
            let values = entry.type.values(count: entry.count, at: start + entry.range.lowerBound, in: bytes)
            archive.store(Tensor(shape: entry.shape, values: values), as: entry.name)
        }
        return (archive, metadata)
    }

    /// What the file at `path` says about itself; its numbers are not read, and not checked.
    static func metadata(of path: String) throws(FileError) -> [String: String] {
        let size = try readFile(path, first: 8)
        guard size.count == 8, case let announced = RawBytes.values(UInt64.self, count: 1, at: 0, in: size)[0],
            announced <= UInt64(headerLimit)
        else { throw FileError(.malformed, path: path, "not a whole safetensors file: it has no header") }
        return try header(Array(readFile(path, first: 8 + Int(announced)).dropFirst(8))).0
    }

    /// Metadata, and the tensors sorted by where their data starts (empty ones before the one that follows them).
    private static func header(_ bytes: [UInt8]) throws(FileError) -> ([String: String], [Entry]) {
        // The header is one line, so a column is a place in it; names beyond ASCII make it a little less.
        let root = try JSONReader.parse(bytes, options: .init(limit: headerLimit))
        var object = try root.object("the header")
        var metadata: [String: String] = [:]
        if let node = object.nodeIfPresent(metadataKey) {
            var strings = try node.object("\"\(metadataKey)\"")
            for key in strings.keys { metadata[key] = try strings.string(key) }
        }
        var entries: [Entry] = []
        for name in object.keys where name != metadataKey { entries.append(try entry(name, object.node(name))) }
        let order = entries.indices.sorted {
            let (a, b) = (entries[$0].range, entries[$1].range)
            return (a.lowerBound, a.upperBound, $0) < (b.lowerBound, b.upperBound, $1)
        }
        return (metadata, order.map { entries[$0] })
    }

    private static func entry(_ name: String, _ node: JSONNode) throws(FileError) -> Entry {
        var object = try node.object("\"\(name)\"")
        let typeNode = try object.node("dtype")
        let shape = try naturals(object.node("shape"), "the shape of \"\(name)\"")
        let place = try object.node("data_offsets")
        let offsets = try naturals(place, "\"data_offsets\" of \"\(name)\"")
        try object.finish()

        let typeName = try typeNode.string("\"dtype\"")
        guard let type = ElementType(rawValue: typeName) else {
            let known = ElementType.allCases.map(\.rawValue).joined(separator: ", ")
            throw typeNode.error("\"\(name)\" holds \(typeName) numbers, only \(known) can be read")
        }
        var count = 1
        for side in shape {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: side)
            if isTooLarge { throw node.error("the shape of \"\(name)\" is too large") }
            count = product
        }
        let (byteCount, isTooLarge) = count.multipliedReportingOverflow(by: type.size)
        if isTooLarge { throw node.error("the shape of \"\(name)\" is too large") }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw place.error("\"data_offsets\" of \"\(name)\" must be a start and an end")
        }
        guard offsets[1] - offsets[0] == byteCount else {
            throw place.error("\"\(name)\" has \(offsets[1] - offsets[0]) bytes, its shape and type need \(byteCount)")
        }
        return Entry(name: name, type: type, shape: shape, count: count, range: offsets[0]..<offsets[1])
    }

    private static func naturals(_ node: JSONNode, _ name: String) throws(FileError) -> [Int] {
        var numbers: [Int] = []
        for element in try node.array(name) {
            guard case .integer(let number) = element.value, number >= 0 else {
                throw element.error("\(name) must hold integers from 0 on")
            }
            numbers.append(number)
        }
        return numbers
    }
}
