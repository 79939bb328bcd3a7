// Several buffers in one block of memory with watched numbers between them: whoever writes over an edge is seen.
public import Kernels

/// Each buffer lies between runs of a value that no computation yields.
public final class GuardedArena {
    private static let canary: Float = -7.25e33
    private let memory: Storage<Float>
    private var next = 0
    private var gaps: [Range<Int>] = []

    /// Room for `count` floats in all, guards not counted.
    public init(count: Int, buffers: Int) {
        memory = Storage(count: count + 48 * (buffers + 1))
        memory.all.fill(Self.canary)
    }

    /// The next buffer, of odd alignment, filled with `numbers`.
    public func place(_ numbers: [Float]) -> Floats {
        let start = next + 19
        gaps.append(next..<start)
        next = start + numbers.count
        precondition(next + 19 <= memory.all.count, "the arena is too small for \(numbers.count) more floats")
        let buffer = memory.all.slice(start, numbers.count)
        buffer.copy(from: numbers)
        return buffer
    }

    /// The index of the first guard that has been written over, counted from the beginning of the memory.
    public var breach: Int? {
        (gaps + [next..<memory.all.count]).joined().first { memory.all[$0].bitPattern != Self.canary.bitPattern }
    }
}
