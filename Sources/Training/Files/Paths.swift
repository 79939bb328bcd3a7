// Paths as text: joining, taking apart, and which names a user may give to things.

/// What a name in the file system stands for.
public enum FileKind: Hashable, Sendable {
    case file, folder
    /// A symbolic link (only where links are not followed).
    case link
    /// Devices, pipes, sockets.
    case device
}

public enum Paths {
    /// `folder/name`; `name` alone when the folder is empty.
    public static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty { return name }
        return folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
    }
    /// The folder that holds `path`: `.` for a bare name, `/` for the root and what lies in it.
    public static func folder(of path: String) -> String {
        var bytes = Array(path.utf8)
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        bytes.removeSubrange(slash...)
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        return bytes.isEmpty ? "/" : String(decoding: bytes, as: UTF8.self)
    }
    /// The last part of `path`: `best.safetensors` of `runs/x/best.safetensors`.
    public static func name(of path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: Array($0), as: UTF8.self) } ?? path
    }

    /// One spelling for each file and folder: absolute, without links; the path itself where nothing is.
    public static func canonical(_ path: String) -> String { System.realPath(path) ?? path }

    /// Why `name` may not name an agent, a world or a recording, in words; nil when it may.
    ///
    /// A name becomes part of a path and of a line on a terminal: it holds no `/`, no `..`, no control character, does not start
    /// with a dot (hidden, or the folder itself) or a dash (an option), and leaves room for an extension.
    public static func complaint(aboutName name: String) -> String? {
        if name.isEmpty { return "a name may not be empty" }
        if name.utf8.contains(UInt8(ascii: "/")) || name.contains("..") { return "a name may not hold / or .." }
        if name.utf8.first == UInt8(ascii: ".") || name.utf8.first == UInt8(ascii: "-") {
            return "a name may not start with a dot or a dash"
        }
        if escapedForTerminal(name) != name { return "a name may not hold control characters" }
        if name.utf8.count > 200 { return "a name may not be longer than 200 bytes" }
        return nil
    }
    /// - Throws: `.malformed` with the complaint; `path` is the file in which the name stands.
    public static func validate(name: String, in path: String = "") throws(FileError) {
        if let complaint = complaint(aboutName: name) { throw FileError(.malformed, path: path, "\"\(name)\": \(complaint)") }
    }
}
