// How many bytes a case moves, beside what copying a block of that size moves in the same process.
import Kernels

public struct MemoryTraffic: Hashable, Sendable {
    /// Read and written, in one second.
    public let bytesPerSecond: Double
    /// Read and written by a copy, in one second.
    public let copyBytesPerSecond: Double
    /// Of the copy's speed; a case that mostly reads may exceed 1.
    public var shareOfCopy: Double { bytesPerSecond / copyBytesPerSecond }

    public init(bytesPerSecond: Double, copyBytesPerSecond: Double) {
        self.bytesPerSecond = bytesPerSecond
        self.copyBytesPerSecond = copyBytesPerSecond
    }

    /// - Parameter bytes: what one iteration of the case moves; the copy moves as many.
    init(_ bytesPerSecond: Double, bytes: Int, with stopwatch: Stopwatch) {
        let numbers = max(1, bytes / 16)
        let block = Storage<UInt64>(count: numbers), copy = Storage<UInt64>(count: numbers)
        // Both blocks get their pages before the clock runs.
        block.all.fill(1)
        copy.all.fill(2)
        let measurement = stopwatch.measure { iterations in
            for _ in 0..<iterations { copy.all.copy(from: block.all) }
        }
        self.init(bytesPerSecond: bytesPerSecond, copyBytesPerSecond: Double(16 * numbers) * measurement.perSecond)
    }
}
