// A disk that breaks at a chosen call: the seam through which tests see what happens when the system refuses.

import Glibc
import Synchronization

/// Counts the calls of `System.swift` and puts an error in the place of some.
///
/// Bound to a task, so that tests side by side do not meet each other's broken disks; the thread that writes checkpoints is given
/// its maker's. Without one, which is always so outside of tests, every call goes through.
final class FileFaults: Sendable {
    @TaskLocal static var current: FileFaults?

    /// `errno` of the calls that fail.
    private let code: Int32
    /// The call that fails, counted from 1; nil counts only.
    private let first: Int?
    /// Whether all later calls fail too, as on a full disk, or this one alone.
    private let isLasting: Bool
    /// Only calls on what lies in here count and fail.
    private let folder: String
    private let calls = Atomic(0)

    init(failing code: Int32, at first: Int?, lasting: Bool, in folder: String) {
        self.code = code
        self.first = first
        isLasting = lasting
        self.folder = folder
    }

    /// How many calls there were.
    var count: Int { calls.load(ordering: .sequentiallyConsistent) }

    /// What the next call on `path` fails with; nil when it may go through.
    func next(_ path: String) -> Int32? {
        guard path.hasPrefix(folder) else { return nil }
        let number = calls.add(1, ordering: .sequentiallyConsistent).newValue
        guard let first else { return nil }
        return number == first || isLasting && number > first ? code : nil
    }

    /// How many of `count` bytes a write takes: a disk that fills up takes the first half of the call before it refuses the next.
    func share(of count: Int, _ path: String) throws(SystemError) -> Int {
        guard let code = next(path) else { return count }
        let isTheFirst = self.count == first
        guard isLasting, isTheFirst, code == ENOSPC, count > 1 else { throw SystemError(code: code) }
        return count / 2
    }
}
