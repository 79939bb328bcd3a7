// Writes checkpoints beside the run: the run copies its state, goes on, and a second thread encodes, hashes, writes and waits for the disk.
import Kernels

/// One checkpoint at a time. A failure is told at the next call and at every one after it: a later checkpoint without the one that
/// failed would not be what an undisturbed run leaves behind.
final class CheckpointWriter {
    /// What the second thread leaves behind; the worker's lock orders it.
    private final class Result {
        var failure: FileError?
        var seconds = 0.0
    }
    private let result = Result()
    /// Made with the first checkpoint: a short run starts no thread.
    private lazy var worker = Worker()
    private var isStarted = false

    /// Begins `body` when the one before is done.
    ///
    /// - Throws: what the one before ended in; then `body` is not begun.
    func start(_ body: @escaping () -> FileError?) throws(FileError) {
        try finish()
        let result = result, faults = FileFaults.current
        worker.prepare {
            let began = monotonicSeconds()
            result.failure = FileFaults.$current.withValue(faults) { body() }
            result.seconds += monotonicSeconds() - began
        }
        isStarted = true
        worker.start()
    }
    /// Waits.
    func finish() throws(FileError) {
        guard isStarted else { return }
        worker.wait()
        try tell()
    }
    /// Tells of a failure if there is one by now.
    func check() throws(FileError) {
        guard isStarted, worker.isIdle else { return }
        try tell()
    }
    /// Waits, for those whom failures concern no more.
    func abandon() { if isStarted { worker.wait() } }

    /// What the second thread has spent on the checkpoints that are written by now.
    var seconds: Double {
        if isStarted, worker.isIdle { known = result.seconds }
        return known
    }
    private var known = 0.0

    private func tell() throws(FileError) {
        if let failure = result.failure { throw failure }
    }
}
