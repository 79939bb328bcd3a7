// The system calls that files need: every Glibc call of this folder is here, and nothing above it sees a pointer.

import Glibc

/// What a system call answered when it failed.
struct SystemError: Error, Hashable {
    /// `errno`.
    let code: Int32
    /// The system's own words: "No space left on device".
    var words: String { unsafe String(cString: strerror(code)) }
}

/// Calls again while signals interrupt (EINTR). `path` is what the call is about.
private func call<Answer: SignedInteger>(_ path: String, _ body: () -> Answer) throws(SystemError) -> Answer {
    if let code = FileFaults.current?.next(path) { throw SystemError(code: code) }
    while true {
        let answer = body()
        if answer >= 0 { return answer }
        if errno != EINTR { throw SystemError(code: errno) }
    }
}

/// C would stop reading a path at its first NUL and touch another file.
private func checked(_ path: String) throws(SystemError) -> String {
    if path.utf8.contains(0) { throw SystemError(code: ENOENT) }
    return path
}

/// An open file that closes itself when it goes out of scope, and is not inherited by child processes.
struct Descriptor: ~Copyable, Sendable {
    enum Purpose {
        case read, folder
        /// A new file; EEXIST when the name is taken.
        case create
        /// An old file or a new one, written from its end.
        case append
        /// A device, pipe or open file that exists, written from its end.
        case device
    }
    private let path: String
    /// -1 once it is closed.
    private var number: Int32

    init(_ path: String, for purpose: Purpose) throws(SystemError) {
        let path = try checked(path)
        let flags =
            switch purpose {
            case .read: O_RDONLY
            case .folder: O_RDONLY | O_DIRECTORY
            case .create: O_WRONLY | O_CREAT | O_EXCL
            case .append: O_WRONLY | O_CREAT | O_APPEND
            case .device: O_WRONLY | O_APPEND
            }
        let opened = try call(path) { unsafe open(path, flags | O_CLOEXEC, 0o666) }
        self.path = path
        number = opened
    }
    deinit { if number >= 0 { _ = Glibc.close(number) } }

    /// Closing may be the moment when a network file system says that a write failed.
    consuming func close() throws(SystemError) {
        let code = Glibc.close(number) == 0 ? 0 : errno
        number = -1
        if let code = FileFaults.current?.next(path) { throw SystemError(code: code) }
        // After EINTR the descriptor is closed all the same (Linux): no second try.
        if code != 0 && code != EINTR { throw SystemError(code: code) }
    }

    /// Bytes in the file now.
    func size() throws(SystemError) -> Int {
        var status = stat()
        _ = try call(path) { unsafe fstat(number, &status) }
        return Int(status.st_size)
    }
    /// Writes some of `bytes` from index `start` on; returns how many.
    func writeSome(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int {
        let count = try FileFaults.current?.share(of: bytes.count - start, path) ?? bytes.count - start
        while true {
            let answer = unsafe bytes.withUnsafeBytes { all in
                let part = unsafe UnsafeRawBufferPointer(rebasing: all[start..<start + count])
                return unsafe Glibc.write(number, part.baseAddress, part.count)
            }
            if answer >= 0 { return answer }
            if errno != EINTR { throw SystemError(code: errno) }
        }
    }
    func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count { written += try writeSome(bytes, from: written) }
    }
    /// Reads until `count` bytes are there or the file ends.
    func read(upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                while filled < count {
                    let start = filled
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[start...])
                    let got = try call(path) { unsafe Glibc.read(number, rest.baseAddress, rest.count) }
                    if got == 0 { return }
                    filled += got
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
    func truncate(to length: Int) throws(SystemError) { _ = try call(path) { ftruncate(number, length) } }

    /// Waits until the bytes are on the disk.
    func sync() throws(SystemError) { _ = try call(path) { fsync(number) } }

    /// Takes the lock of this open file, or answers false at once when another open file has it.
    func lock() throws(SystemError) -> Bool {
        do {
            _ = try call(path) { flock(number, LOCK_EX | LOCK_NB) }
            return true
        } catch {
            if error.code == EWOULDBLOCK { return false }
            throw error
        }
    }
}

/// Calls that take names instead of open files.
enum System {
    static func rename(_ old: String, to new: String) throws(SystemError) {
        let old = try checked(old), new = try checked(new)
        _ = try call(new) { unsafe Glibc.rename(old, new) }
    }
    static func remove(file path: String) throws(SystemError) {
        let path = try checked(path)
        _ = try call(path) { unsafe unlink(path) }
    }
    static func remove(emptyFolder path: String) throws(SystemError) {
        let path = try checked(path)
        _ = try call(path) { unsafe rmdir(path) }
    }
    static func makeFolder(_ path: String) throws(SystemError) {
        let path = try checked(path)
        _ = try call(path) { unsafe mkdir(path, 0o777) }
    }
    /// What is at `path`, nil when nothing is; a link is followed or, unless `followingLinks`, is itself.
    static func kind(of path: String, followingLinks: Bool = true) throws(SystemError) -> FileKind? {
        let path = try checked(path)
        var status = stat()
        do {
            _ = try call(path) { unsafe followingLinks ? stat(path, &status) : lstat(path, &status) }
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw error
        }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .device
        }
    }
    /// The names in a folder, `.` and `..` left out, in the folder's own order. Names that are not UTF-8 are repaired (U+FFFD).
    static func names(in folder: String) throws(SystemError) -> [String] {
        let folder = try checked(folder)
        if let code = FileFaults.current?.next(folder) { throw SystemError(code: code) }
        guard let stream = unsafe opendir(folder) else { throw SystemError(code: errno) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        if errno != 0 { throw SystemError(code: errno) }
        return names
    }
    /// The absolute path behind all links, nil when something on the way does not exist or may not be seen.
    static func realPath(_ path: String) -> String? {
        guard !path.utf8.contains(0), let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
    /// The text of a symbolic link.
    static func target(ofLink path: String) throws(SystemError) -> String {
        let path = try checked(path)
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = try call(path) { unsafe readlink(path, &bytes, bytes.count) }
        return String(decoding: bytes.prefix(length).lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
    static var processIdentifier: Int { Int(getpid()) }
}
