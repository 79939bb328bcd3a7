// Whole files, written so that a crash at any moment leaves the old file or the new one.

import Glibc

public enum AtomicFile {
    /// Replaces the file at `path` by `bytes`: a hidden file in the same folder is written, synced and renamed over it.
    ///
    /// Devices and pipes (`/dev/stdout`) are written straight. A link keeps pointing where it does; the file behind it changes.
    /// - Parameter durable: false leaves out the waits for the disk: still never half a file after a crash of the program, but
    ///   perhaps an old or an empty one after a crash of the machine.
    /// - Throws: `.cannotWrite`; then nothing at `path` has changed and the hidden file is gone.
    public static func write(_ bytes: [UInt8], to path: String, durable: Bool = true) throws(FileError) {
        do throws(SystemError) {
            switch try destination(of: path) {
            case .device: try Descriptor(path, for: .device).writeAll(bytes)
            case .file(let path): try replace(path, by: bytes, durable: durable)
            }
        } catch { throw FileError(writing: path, error) }
    }
    public static func write(_ text: String, to path: String, durable: Bool = true) throws(FileError) {
        try write(Array(text.utf8), to: path, durable: durable)
    }

    private enum Destination { case device, file(String) }

    /// Renaming over `/dev/null` would destroy it; renaming over a link would leave the linked file as it was.
    private static func destination(of path: String) throws(SystemError) -> Destination {
        // `/dev/shm` is a folder like any other.
        if path.hasPrefix("/dev/") && !path.hasPrefix("/dev/shm/") || path.hasPrefix("/proc/") {
            if try System.kind(of: path) != nil { return .device }
        }
        switch try System.kind(of: path) {
        case nil: return .file(path)
        case .folder: throw SystemError(code: EISDIR)
        case .device, .link: return .device
        case .file:
            guard try System.kind(of: path, followingLinks: false) == .link else { return .file(path) }
            return .file(System.realPath(path) ?? path)
        }
    }

    private static func replace(_ path: String, by bytes: [UInt8], durable: Bool) throws(SystemError) {
        let folder = Paths.folder(of: path)
        var temporary = ""
        let file = try makeTemporary(in: folder, name: &temporary)
        do throws(SystemError) {
            try file.writeAll(bytes)
            if durable { try file.sync() }
            try file.close()
            try System.rename(temporary, to: path)
        } catch {
            // The first failure is the one to report; a name that cannot be removed either is only litter.
            try? System.remove(file: temporary)
            throw error
        }
        if durable { try syncFolder(folder) }
    }

    /// A process that died may have left its name behind: take the next one.
    private static func makeTemporary(in folder: String, name: inout String) throws(SystemError) -> Descriptor {
        var attempt = 0
        while true {
            name = Paths.join(folder, ".rl-\(System.processIdentifier)-\(attempt).tmp")
            do { return try Descriptor(name, for: .create) } catch {
                attempt += 1
                if error.code != EEXIST || attempt == 1000 { throw error }
            }
        }
    }

    /// Whether a file of this name was on its way to another when its process died.
    static func isTemporary(_ name: String) -> Bool { name.hasPrefix(".rl-") && name.hasSuffix(".tmp") }

    /// Makes the names in `folder` as durable as the bytes behind them.
    static func syncFolder(_ folder: String) throws(SystemError) {
        do { try Descriptor(folder, for: .folder).sync() } catch {
            // Some network and user-space file systems cannot sync a folder and say so; they order names themselves.
            if error.code != EINVAL && error.code != ENOTSUP { throw error }
        }
    }
}

/// The bytes of a file, or of a pipe until it ends.
/// - Parameter limit: bytes; a larger file is an error and is never held in memory.
/// - Throws: `.missing` when the file is not there or not readable, `.malformed` over the limit, `.failed` when the disk fails.
public func readFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(SystemError) {
        let file = try Descriptor(path, for: .read)
        // One byte more than announced: a full answer then means that there is more than the system said.
        var wanted = min(try file.size(), limit) + 1
        var all: [UInt8] = []
        while true {
            let part = try file.read(upTo: wanted)
            if all.isEmpty { all = part } else { all += part }
            if part.count < wanted || all.count > limit { break }
            wanted = min(max(all.count, 1 << 16), limit + 1 - all.count)
        }
        bytes = all
    } catch { throw FileError(reading: path, error) }
    if bytes.count > limit {
        throw FileError(
            .malformed, path: path, "larger than \(limit) bytes, the most such a file may hold; is it the right file?")
    }
    return bytes
}

/// The first `count` bytes of a file, or all when it has fewer.
/// - Throws: `.missing` when the file is not there or not readable, `.failed` when the disk fails.
func readFile(_ path: String, first count: Int) throws(FileError) -> [UInt8] {
    do throws(SystemError) { return try Descriptor(path, for: .read).read(upTo: count) } catch {
        throw FileError(reading: path, error)
    }
}

/// Waits until a file's bytes are on the disk, whoever wrote them.
func syncFile(_ path: String) throws(FileError) {
    do throws(SystemError) { try Descriptor(path, for: .read).sync() } catch {
        if error.code == ENOENT, Folders.kind(of: Paths.folder(of: path)) == .folder {
            throw FileError(
                .cannotWrite, path: path, "was removed while it was being written; leave the files of a run that trains in place")
        }
        throw FileError(writing: path, error)
    }
}
