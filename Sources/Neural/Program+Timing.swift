// How long each entry of a program takes by itself.
import Kernels

extension Program {
    /// One entry's share of a run.
    public struct EntryTiming: Hashable, Sendable {
        /// The primitive's type.
        public let name: String
        /// Numbers in one row of its result.
        public let width: Int
        /// Seconds of one forward call.
        public let forward: Double
        /// Seconds of one backward call; 0 where no gradient is wanted.
        public let backward: Double
        /// Floating-point operations of both calls, a multiply-add counting as two; 0 where they are not counted.
        public let operations: Int
    }

    /// Every entry in order, each called `repetitions` times in a row with everything it needs in the cache.
    ///
    /// What the program has computed is lost: gradients that have several writers are added to at every call.
    public func timings(rows: Int, repetitions: Int = 1000) -> [EntryTiming] {
        guard rows > 0 && rows <= capacity && repetitions > 0 else {
            fatalError("timings of \(rows) rows, \(repetitions) times, in a program for up to \(capacity) rows")
        }
        forward(rows: rows)
        return entries.map { entry in
            let count = entry.isSingle ? 1 : rows
            let start = threadSeconds()
            for _ in 0..<repetitions { entry.primitive.forward(entry.site, rows: count) }
            let middle = threadSeconds()
            if entry.isWanted {
                for _ in 0..<repetitions { entry.primitive.backward(entry.site, rows: count) }
            }
            let end = threadSeconds()
            // Each gradient of a product costs what the product costs; a bias costs next to nothing.
            let products = 1 + (entry.isWanted ? (entry.site.wants(0) ? 1 : 0) + (entry.site.wants(1) ? 1 : 0) : 0)
            return EntryTiming(
                name: "\(type(of: entry.primitive))", width: entry.site.width, forward: (middle - start) / Double(repetitions),
                backward: entry.isWanted ? (end - middle) / Double(repetitions) : 0,
                operations: products * count * row(of: entry).operations)
        }
    }
}
