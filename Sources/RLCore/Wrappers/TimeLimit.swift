// Stops watching after a number of steps: a truncation, never a termination.
public import Basics

/// Truncates an episode that is still running after `limit` steps. An episode that terminates on its last allowed step is
/// `.terminated`: the future is worth nothing there, and that is the stronger fact.
@frozen public struct TimeLimit<Base: Environment>: Wrapper {
    public var base: Base
    public let limit: Int
    @usableFromInline var elapsed = 0

    @inlinable public init(_ base: Base, limit: Int) {
        guard limit > 0 else { fatalError("a time limit of \(limit) steps; it must be positive") }
        self.base = base
        self.limit = limit
    }

    @inlinable public mutating func reset(using random: inout RandomSource) {
        elapsed = 0
        base.reset(using: &random)
    }

    @inlinable @inline(__always) public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        var outcome = base.step(action, using: &random)
        elapsed += 1
        if outcome.ending == .running && elapsed >= limit { outcome.ending = .truncated }
        return outcome
    }

    public func save(into archive: inout Archive) {
        archive.store(elapsed, as: "elapsed")
        base.save(into: &archive)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.integer("elapsed")
        guard (0..<Int.max).contains(found) else { throw ArchiveError("\"elapsed\" is \(found)") }
        try base.load(from: archive)
        elapsed = found
    }
}
