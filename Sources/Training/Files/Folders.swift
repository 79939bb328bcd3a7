// Folders: made with their parents, listed in order, claimed under the next free name, moved, removed.

import Glibc

public enum Folders {
    /// What is at `path` (links followed); nil when nothing is, or when a folder on the way may not be searched.
    public static func kind(of path: String) -> FileKind? { (try? System.kind(of: path)) ?? nil }

    /// What is at `path`, for those to whom "nothing" and "nobody knows" are not the same.
    /// - Throws: `.missing` or `.failed` when the system does not say.
    public static func knownKind(of path: String) throws(FileError) -> FileKind? {
        do throws(SystemError) { return try System.kind(of: path) } catch { throw FileError(reading: path, error) }
    }

    /// Makes the folder and every missing one above it; one that is there already is fine.
    /// - Throws: `.cannotWrite` naming the folder that could not be made.
    public static func make(_ path: String) throws(FileError) {
        do throws(SystemError) {
            try System.makeFolder(path)
        } catch {
            switch error.code {
            case EEXIST where kind(of: path) == .folder: return
            case EEXIST: throw FileError(.cannotWrite, path: path, "a file of this name is in the way; choose another folder")
            case ENOENT where Paths.folder(of: path) != path && !path.isEmpty:
                try make(Paths.folder(of: path))
                do throws(SystemError) { try System.makeFolder(path) } catch {
                    // Another process may have made it in between.
                    if kind(of: path) != .folder { throw FileError(writing: path, error) }
                }
            default: throw FileError(writing: path, error)
            }
        }
    }

    /// The first of `base`, `base-2`, `base-3`, … that does not exist. Another process may take it: see `claim`.
    public static func nextFree(_ base: String) -> String {
        candidates(base).first { ((try? System.kind(of: $0, followingLinks: false)) ?? nil) == nil } ?? base
    }

    /// Makes the first of `base`, `base-2`, `base-3`, … that does not exist, and the folders above. Two processes never get the same.
    /// - Parameter inside: what is made and must be new is `base/inside`, `base-2/inside`, …
    public static func claim(_ base: String, inside: String = "") throws(FileError) -> String {
        for group in candidates(base) {
            let path = inside.isEmpty ? group : Paths.join(group, inside)
            try make(Paths.folder(of: path))
            do throws(SystemError) {
                try System.makeFolder(path)
                return path
            } catch {
                if error.code != EEXIST { throw FileError(writing: path, error) }
            }
        }
        throw FileError(.cannotWrite, path: base, "a hundred thousand folders of this name exist; remove some, or choose another")
    }
    private static func candidates(_ base: String) -> some Sequence<String> {
        (1...100_000).lazy.map { $0 == 1 ? base : "\(base)-\($0)" }
    }

    /// The names in a folder that end in `suffix`, hidden ones left out, in alphabetical order.
    /// - Throws: `.missing`.
    public static func names(in folder: String, suffix: String = "") throws(FileError) -> [String] {
        do throws(SystemError) {
            return try System.names(in: folder).filter { $0.utf8.first != UInt8(ascii: ".") && $0.hasSuffix(suffix) }.sorted()
        } catch { throw FileError(reading: folder, error) }
    }

    /// Gives a file or folder another name on the same disk, replacing a file or an empty folder of that name, and waits for the disk.
    public static func move(_ old: String, to new: String) throws(FileError) {
        do throws(SystemError) {
            try System.rename(old, to: new)
            try AtomicFile.syncFolder(Paths.folder(of: new))
        } catch { throw FileError(writing: new, error) }
    }

    /// Makes one folder inside another that must be there: a run whose folder was taken away does not get a new one unasked.
    static func make(_ name: String, inside folder: String) throws(FileError) {
        let path = Paths.join(folder, name)
        do throws(SystemError) { try System.makeFolder(path) } catch {
            guard error.code == EEXIST else { throw FileError(writing: path, error) }
            if kind(of: path) == .folder { return }
            throw FileError(.cannotWrite, path: path, "a file of this name is in the way; move it away")
        }
    }

    /// Waits until the names in a folder are on the disk.
    static func sync(_ path: String) throws(FileError) {
        do throws(SystemError) { try AtomicFile.syncFolder(path) } catch { throw FileError(writing: path, error) }
    }

    /// Removes what processes that were killed while they wrote have left in a folder; no other may be writing there.
    static func removeTemporaries(in folder: String) throws(FileError) {
        guard try knownKind(of: folder) == .folder else { return }
        let names: [String]
        do throws(SystemError) { names = try System.names(in: folder) } catch { throw FileError(reading: folder, error) }
        for name in names where AtomicFile.isTemporary(name) { try remove(Paths.join(folder, name)) }
    }

    /// Removes a file, a link (not what it points to), or a folder with everything in it; nothing there is fine.
    public static func remove(_ path: String) throws(FileError) {
        do throws(SystemError) { try removeTree(path) } catch { throw FileError(writing: path, error) }
    }
    private static func removeTree(_ path: String) throws(SystemError) {
        switch try System.kind(of: path, followingLinks: false) {
        case nil: return
        case .folder:
            for name in try System.names(in: path) { try removeTree(Paths.join(path, name)) }
            try System.remove(emptyFolder: path)
        default: try System.remove(file: path)
        }
    }
}
