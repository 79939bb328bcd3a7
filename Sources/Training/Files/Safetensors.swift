// Archives as safetensors files: an 8-byte length, a JSON header, and the numbers; nothing in them can be executed.

public import Basics

/// The format of huggingface/safetensors, readable by its Python package. The header is padded with blanks to a multiple of 8 bytes.
public enum SafetensorsFile {
    /// Bytes; the length field itself is not counted.
    static let headerLimit = 16 << 20
    static let metadataKey = "__metadata__"
    /// The metadata key of the data section's SHA-256, 64 hexadecimal digits.
    static let checksumKey = "sha256"

    /// The file's bytes. Wider numbers come first (stably), so that every tensor lies at a multiple of its element's size, which
    /// memory-mapping readers want; an archive of one element type keeps its order.
    /// - Parameter metadata: in this order, without `sha256`, which is added last.
    /// - Precondition: `archive` is a whole one, not a `part`; no tensor is called `__metadata__`; metadata keys differ.
    public static func encode(_ archive: Archive, metadata: [(String, String)] = []) -> [UInt8] {
        precondition(!metadata.contains { $0.0 == checksumKey }, "\(checksumKey) is computed here, not given")
        precondition(!archive.names.contains(metadataKey), "a tensor cannot be called \(metadataKey)")
        let tensors = archive.names.map { name in
            guard let tensor = archive[name] else { preconditionFailure("only a whole archive can be written, not a part") }
            return (name: name, tensor: tensor)
        }.sorted { $0.tensor.values.elementType.size > $1.tensor.values.elementType.size }

        let blank = header(of: tensors, metadata: metadata, checksum: String(repeating: "0", count: 64))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(blank.count + tensors.reduce(0) { $0 + $1.tensor.byteCount })
        bytes += blank
        for (_, tensor) in tensors { tensor.values.append(to: &bytes) }
        let checksum = SHA256.hex(of: bytes.span.extracting(blank.count..<bytes.count))
        bytes.replaceSubrange(0..<blank.count, with: header(of: tensors, metadata: metadata, checksum: checksum))
        return bytes
    }

    /// Length and padded JSON; as long for one checksum as for another.
    private static func header(
        of tensors: [(name: String, tensor: Tensor)], metadata: [(String, String)], checksum: String
    ) -> [UInt8] {
        var end = 0
        let entries = tensors.map { name, tensor in
            let start = end
            end += tensor.byteCount
            let entry: JSON = [
                "dtype": .string(tensor.values.elementType.rawValue), "shape": JSON(tensor.shape),
                "data_offsets": JSON([start, end]),
            ]
            return (name, entry)
        }
        let strings = JSON.object(JSONObject((metadata + [(checksumKey, checksum)]).map { ($0.0, .string($0.1)) }))
        var text = Array(JSONWriter.compact(.object(JSONObject([(metadataKey, strings)] + entries))).utf8)
        while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
        precondition(text.count <= headerLimit, "a header of \(text.count) bytes; \(headerLimit) is the most")
        var bytes: [UInt8] = []
        RawBytes.append([UInt64(text.count)], to: &bytes)
        return bytes + text
    }

    /// Encodes and writes atomically.
    public static func write(
        _ archive: Archive, metadata: [(String, String)] = [], to path: String, durable: Bool = true
    ) throws(FileError) {
        try AtomicFile.write(encode(archive, metadata: metadata), to: path, durable: durable)
    }

    /// - Parameters:
    ///   - limit: bytes; 16 GiB unless told.
    ///   - advice: what to do about a damaged file; nil where the caller knows better.
    /// - Throws: `.missing`, `.malformed` or `.failed`.
    public static func read(
        _ path: String, limit: Int = 16 << 30, advice: String? = SafetensorsFile.agentAdvice
    ) throws(FileError) -> (archive: Archive, metadata: [String: String]) {
        try decode(readFile(path, limit: limit), path: path, advice: advice)
    }
}

/// The element types that are read and written, by their names in the file.
enum ElementType: String, CaseIterable {
    case float32 = "F32"
    case float64 = "F64"
    case uint8 = "U8"
    case int32 = "I32"
    case int64 = "I64"
    case uint64 = "U64"

    /// Bytes of one number.
    var size: Int {
        switch self {
        case .uint8: 1
        case .float32, .int32: 4
        case .float64, .int64, .uint64: 8
        }
    }
    func values(count: Int, at offset: Int, in bytes: [UInt8]) -> TensorValues {
        switch self {
        case .float32: .float32(RawBytes.values(Float.self, count: count, at: offset, in: bytes))
        case .float64: .float64(RawBytes.values(Double.self, count: count, at: offset, in: bytes))
        case .uint8: .uint8(RawBytes.values(UInt8.self, count: count, at: offset, in: bytes))
        case .int32: .int32(RawBytes.values(Int32.self, count: count, at: offset, in: bytes))
        case .int64: .int64(RawBytes.values(Int64.self, count: count, at: offset, in: bytes))
        case .uint64: .uint64(RawBytes.values(UInt64.self, count: count, at: offset, in: bytes))
        }
    }
}

extension TensorValues {
    fileprivate var elementType: ElementType {
        switch self {
        case .float32: .float32
        case .float64: .float64
        case .uint8: .uint8
        case .int32: .int32
        case .int64: .int64
        case .uint64: .uint64
        }
    }
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .float32(let values): RawBytes.append(values, to: &bytes)
        case .float64(let values): RawBytes.append(values, to: &bytes)
        case .uint8(let values): RawBytes.append(values, to: &bytes)
        case .int32(let values): RawBytes.append(values, to: &bytes)
        case .int64(let values): RawBytes.append(values, to: &bytes)
        case .uint64(let values): RawBytes.append(values, to: &bytes)
        }
    }
}

extension Tensor {
    fileprivate var byteCount: Int { values.count * values.elementType.size }
}
