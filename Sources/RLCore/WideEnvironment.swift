// Worlds of which eight step at once: what such a world says beyond what every world says.
public import Kernels

/// A world whose steps change a few doubles and draw no chance, with its rules written for one and for eight of it (see `Reals`), so
/// that eight lanes have the bits of eight worlds.
public protocol WideEnvironment: Environment {
    /// What a step changes: a struct of `Double`s.
    associatedtype One: BitwiseCopyable & Sendable
    /// The same struct of `SIMD8<Double>`s.
    associatedtype Eight: BitwiseCopyable & Sendable

    /// Of a world whose episode runs.
    var one: One { get set }
    /// Eight times this world.
    var eight: Eight { get }
    /// Whether a step draws no chance with these parameters; otherwise lanes are stepped one after the other.
    var isCertain: Bool { get }
    /// Steps eight worlds with this one's parameters.
    func step(_ eight: inout Eight, _ actions: EightActions) -> EightOutcomes
    /// Writes what is seen of eight.
    func observe(_ eight: Eight, into rows: EightRows)
}

/// The actions of eight lanes.
@frozen public struct EightActions: Sendable {
    @usableFromInline let indices: Integers
    @usableFromInline let values: Floats
    @usableFromInline let width: Int
    @usableFromInline let start: Int

    @inlinable init(_ actions: Actions, from start: Int) {
        indices = actions.indices
        values = actions.values
        width = actions.width
        self.start = start
    }

    /// Discrete actions as numbers; nil where one is not among the first `count`.
    @inlinable @inline(__always) public func choices(_ count: Int) -> SIMD8<Double>? {
        let all = indices.eight(from: start)
        return all.isOutside(0, Double(count - 1)) ? nil : all
    }
    /// Number `index` of continuous actions; nil where one is no number.
    @inlinable @inline(__always) public func values(_ index: Int) -> SIMD8<Double>? {
        let all = values.eight(from: start, column: index, width: width)
        return all.hasNaN ? nil : all
    }
}

/// What came of a step of eight lanes.
@frozen public struct EightOutcomes: Sendable {
    @usableFromInline let rewards: SIMD8<Float>
    /// Bit i is set where lane i has terminated.
    @usableFromInline let terminated: UInt32
    @inlinable @inline(__always) public init(rewards: SIMD8<Double>, terminated: UInt32) {
        self.rewards = rewards.floats
        self.terminated = terminated
    }
}

/// Where the rows of eight lanes are written.
@frozen public struct EightRows: Sendable {
    @usableFromInline let floats: Floats
    @usableFromInline let start: Int
    @inlinable init(_ floats: Floats, from start: Int) {
        self.floats = floats
        self.start = start
    }
    @inlinable @inline(__always) public func write(_ a: SIMD8<Double>, _ b: SIMD8<Double>) { floats.storeRows(start, a, b) }
    @inlinable @inline(__always) public func write(_ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>) {
        floats.storeRows(start, a, b, c)
    }
    @inlinable @inline(__always)
    public func write(_ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>, _ d: SIMD8<Double>) {
        floats.storeRows(start, a, b, c, d)
    }
    @inlinable @inline(__always)
    public func write(
        _ a: SIMD8<Double>, _ b: SIMD8<Double>, _ c: SIMD8<Double>, _ d: SIMD8<Double>, _ e: SIMD8<Double>, _ f: SIMD8<Double>
    ) {
        floats.storeRows(start, a, b, c, d, e, f)
    }
}
