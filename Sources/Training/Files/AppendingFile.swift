// A file that grows line by line, buffered, and that can be cut back to where a checkpoint knew it.

/// Owned by the one thread that writes it. What is added waits in memory until `flush`, or until 64 KiB have gathered; what was not
/// flushed when the object goes away is not in the file.
public final class AppendingFile {
    public let path: String
    /// All of the file and what still waits, so that it can be written elsewhere when its own place is lost; such files are small.
    public private(set) var contents: [UInt8] = []
    /// Bytes of `contents` that the system has.
    private var written = 0
    private let file: Descriptor
    private static let waitingLimit = 1 << 16

    /// Bytes, those that still wait included: what a checkpoint notes, after `flush`.
    public var length: Int { contents.count }

    /// Opens or makes the file at `path` and cuts it to its first `length` bytes (0: start afresh).
    /// - Parameter header: how what is kept must begin.
    /// - Throws: `.cannotWrite`; `.malformed` when the file is shorter than `length` or begins otherwise, and then it is left as it was.
    public init(_ path: String, keeping length: Int = 0, beginning header: String = "") throws(FileError) {
        precondition(length >= 0, "a file cannot keep \(length) bytes")
        self.path = path
        let size: Int
        do throws(SystemError) {
            file = try Descriptor(path, for: .append)
            size = try file.size()
        } catch { throw FileError(writing: path, error) }
        if length > 0 { contents = try readFile(path, first: length) }
        written = contents.count
        if written < length {
            throw FileError(
                .malformed, path: path,
                "holds \(written) bytes where \(length) are expected: it was cut or replaced; go back to an earlier checkpoint")
        }
        if length > 0 && !contents.starts(with: header.utf8) {
            throw FileError(
                .malformed, path: path, line: 1,
                "another header than \(header.prefix { $0 != "\n" }); the file belongs to another run")
        }
        if size > length {
            do throws(SystemError) { try file.truncate(to: length) } catch { throw FileError(writing: path, error) }
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
        contents += bytes
        if contents.count - written >= Self.waitingLimit { try flush() }
    }

    /// Hands everything to the system and, if `durable`, waits for the disk.
    /// - Throws: `.cannotWrite`; what could not be written still waits, so that a later flush (with space on the disk again) goes on
    ///   where this one stopped.
    public func flush(durable: Bool = false) throws(FileError) {
        do throws(SystemError) {
            while written < contents.count { written += try file.writeSome(contents, from: written) }
            if durable { try file.sync() }
        } catch { throw FileError(writing: path, error) }
    }
}
