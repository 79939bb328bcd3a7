// A file that grows line by line, buffered, and that can be cut back to where a checkpoint knew it.

/// Owned by the one thread that writes it. Lines wait in memory until `flush`, or until 64 KiB have gathered; what was not flushed
/// when the object goes away is not in the file.
public final class AppendingFile {
    public let path: String
    /// Bytes, those that still wait included: what a checkpoint notes, after `flush`.
    public private(set) var length: Int
    private let file: Descriptor
    private var waiting: [UInt8] = []
    private static let waitingLimit = 1 << 16

    /// Opens or makes the file at `path` and cuts it to its first `length` bytes (0: start afresh).
    /// - Throws: `.cannotWrite`; `.malformed` when the file is shorter than `length`, and then it is left as it was.
    public init(_ path: String, keeping length: Int = 0) throws(FileError) {
        precondition(length >= 0, "a file cannot keep \(length) bytes")
        self.path = path
        self.length = length
        let size: Int
        do throws(SystemError) {
            file = try Descriptor(path, for: .append)
            size = try file.size()
            if size > length { try file.truncate(to: length) }
        } catch { throw FileError(writing: path, error) }
        if size < length {
            throw FileError(
                .malformed, path: path,
                "holds \(size) bytes where \(length) are expected: it was cut or replaced; go back to an earlier checkpoint")
        }
    }

    /// Adds `line` and a line feed.
    /// - Precondition: `line` holds no line feed.
    /// - Throws: `.cannotWrite` when 64 KiB were waiting and could not be written.
    public func append(_ line: String) throws(FileError) {
        precondition(!line.utf8.contains(UInt8(ascii: "\n")), "a line cannot hold a line feed")
        try append(bytes: line.utf8 + [UInt8(ascii: "\n")])
    }

    /// Adds `bytes` as they are.
    /// - Throws: as for a line.
    public func append(bytes: [UInt8]) throws(FileError) {
        waiting += bytes
        length += bytes.count
        if waiting.count >= Self.waitingLimit { try flush() }
    }

    /// Hands everything to the system and, if `durable`, waits for the disk.
    /// - Throws: `.cannotWrite`; what could not be written still waits, so that a later flush (with space on the disk again) goes on
    ///   where this one stopped.
    public func flush(durable: Bool = false) throws(FileError) {
        var written = 0
        defer { waiting.removeFirst(written) }
        do throws(SystemError) {
            while written < waiting.count { written += try file.writeSome(waiting, from: written) }
            if durable { try file.sync() }
        } catch { throw FileError(writing: path, error) }
    }
}
