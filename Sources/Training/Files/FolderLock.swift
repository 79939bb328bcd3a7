// One process at a time in a run's folder: a lock that the system releases even when the process is killed.

/// Holds `flock` on a folder for as long as it lives; no file is made, nothing is left behind.
public final class FolderLock: Sendable {
    public let path: String
    private let folder: Descriptor

    /// - Throws: `.locked` when another process (or another lock of this one) has it; `.missing` when there is no such folder.
    public init(_ path: String) throws(FileError) {
        self.path = path
        let taken: Bool
        do throws(SystemError) {
            folder = try Descriptor(path, for: .folder)
            taken = try folder.lock()
        } catch { throw FileError(reading: path, error) }
        guard taken else {
            throw FileError(.locked, path: path, "another rl works in this folder; wait until it ends, or choose another folder")
        }
    }
}
