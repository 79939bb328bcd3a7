// A run of numbers that knows its length: the only pointer that the rooms above ever hold.

/// A view of `count` numbers in memory that somebody else owns (a `Storage`).
///
/// Trivially copyable: no reference counting when it is passed, stored or looped over. Subscripts and slices are checked in every
/// build; by `guard`, because a `precondition` here would be deleted in all rooms, not in this one alone: what is inlined from a
/// module built with `-Ounchecked` stays unchecked. Loops in Kernels go through `base`.
@frozen @safe public struct Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
    public let base: UnsafeMutablePointer<Element>
    public let count: Int

    @inlinable @inline(__always)
    @unsafe public init(base: UnsafeMutablePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    /// A view of nothing: count 0.
    @inlinable public static var empty: Buffer {
        Buffer(base: UnsafeMutablePointer<Element>(bitPattern: 64)!, count: 0)
    }

    @inlinable public subscript(_ index: Int) -> Element {
        @inline(__always) get {
            guard UInt(bitPattern: index) < UInt(bitPattern: count) else { outside(index, 1, of: count) }
            return base[index]
        }
        @inline(__always) nonmutating set {
            guard UInt(bitPattern: index) < UInt(bitPattern: count) else { outside(index, 1, of: count) }
            base[index] = newValue
        }
    }

    /// `length` numbers from `start` on.
    @inlinable @inline(__always) public func slice(_ start: Int, _ length: Int) -> Buffer {
        guard start >= 0 && length >= 0 && start <= count &- length else { outside(start, length, of: count) }
        return Buffer(base: base + start, count: length)
    }

    /// Row `index` of rows that are `width` wide.
    @inlinable @inline(__always) public func row(_ index: Int, width: Int) -> Buffer { slice(index * width, width) }

    @inlinable public func fill(_ value: Element) { base.update(repeating: value, count: count) }

    /// Copies all of `other`, which may overlap.
    public func copy(from other: Buffer) {
        guard other.count == count else { fatalError("copy of \(other.count) numbers into \(count)") }
        base.update(from: other.base, count: count)
    }
    public func copy(from other: [Element]) {
        guard other.count == count else { fatalError("copy of \(other.count) numbers into \(count)") }
        for i in 0..<count { base[i] = other[i] }
    }

    public var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// The same memory as a span, for code that must not see a pointer.
    @inlinable @inline(__always)
    public func withSpan<Result>(_ body: (inout MutableSpan<Element>) -> Result) -> Result {
        var span = MutableSpan(_unsafeStart: base, count: count)
        return body(&span)
    }
}

/// Kept out of line, so that a check costs its caller one comparison.
@usableFromInline @inline(never)
func outside(_ start: Int, _ length: Int, of count: Int) -> Never {
    fatalError("\(length) numbers from index \(start) on, in a buffer of \(count)")
}

public typealias Floats = Buffer<Float>
public typealias Bytes = Buffer<UInt8>
public typealias Integers = Buffer<Int32>

/// Owns one block of zeroed memory, aligned to 64 bytes, with a cache line of slack behind it that kernels may read.
public final class Storage<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>: Sendable {
    public let all: Buffer<Element>

    public init(count: Int) {
        guard count >= 0 else { fatalError("a storage of \(count) numbers") }
        let slack = 128 / MemoryLayout<Element>.stride
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: (count + slack) * MemoryLayout<Element>.stride, alignment: 64)
        let base = raw.bindMemory(to: Element.self, capacity: count + slack)
        base.initialize(repeating: 0, count: count + slack)
        all = Buffer(base: base, count: count)
    }
    deinit { UnsafeMutableRawPointer(all.base).deallocate() }
}

/// Rounds a count of floats up to whole cache lines, so that neighbours in one arena never share a vector.
@inlinable public func roundedToVector(_ count: Int) -> Int { (count + 15) / 16 * 16 }
