// Lanes of one world in one array, stepped one after the other on one thread.
public import Basics
public import Kernels

/// A value, so that one exclusive access covers a whole batch; generic, and specialised where `Vector` captures it.
@frozen public struct SerialLanes<World: Environment> {
    @usableFromInline var worlds: [World]
    @usableFromInline var sources: [RandomSource]
    /// Each lane's world as its last episode ended.
    @usableFromInline var ended: [World]
    @usableFromInline let observations: RowStorage
    @usableFromInline let finals: RowStorage
    @usableFromInline let rewards: Storage<Float>
    @usableFromInline let endings: Storage<UInt8>
    @usableFromInline let batch: StepBatch
    @usableFromInline let seesBytes: Bool

    @inlinable public init(_ world: World, count: Int) {
        worlds = Array(repeating: world, count: count)
        sources = Array(repeating: RandomSource(seed: 0), count: count)
        ended = worlds
        observations = RowStorage(count: count, space: world.observationSpace)
        finals = RowStorage(count: count, space: world.observationSpace)
        rewards = Storage(count: count)
        endings = Storage(count: count)
        batch = StepBatch(observations: observations.rows, finals: finals.rows, rewards: rewards.all, endings: endings.all)
        seesBytes = if case .bytes = world.observationSpace { true } else { false }
    }

    @inlinable public mutating func reset(using sources: [RandomSource]) -> StepBatch {
        guard sources.count == worlds.count else {
            fatalError("\(worlds.count) lanes were given \(sources.count) random sources")
        }
        self.sources = sources
        for lane in 0..<worlds.count {
            worlds[lane].reset(using: &self.sources[lane])
            batch.rewards[lane] = 0
            batch.endings[lane] = 0
            observe(lane, into: batch.observations)
        }
        return batch
    }

    @inlinable public mutating func step(_ actions: Actions) -> StepBatch {
        guard actions.count == worlds.count else { fatalError("\(worlds.count) lanes were given \(actions.count) actions") }
        // One switch a batch, not one a lane.
        if actions.indices.count > 0 {
            let indices = actions.indices
            for lane in 0..<worlds.count { step(lane, .discrete(Int(indices[lane]))) }
        } else {
            let values = actions.values
            let width = actions.width
            for lane in 0..<worlds.count { step(lane, .continuous(values.row(lane, width: width))) }
        }
        return batch
    }

    @inlinable @inline(__always) mutating func step(_ lane: Int, _ action: Action) {
        let outcome = worlds[lane].step(action, using: &sources[lane])
        batch.rewards[lane] = outcome.reward
        batch.endings[lane] = outcome.ending.rawValue
        if outcome.ending != .running {
            observe(lane, into: batch.finals)
            ended[lane] = worlds[lane]
            worlds[lane].reset(using: &sources[lane])
        }
        observe(lane, into: batch.observations)
    }

    @inlinable public mutating func restart(_ lane: Int, using source: RandomSource) {
        sources[lane] = source
        worlds[lane].reset(using: &sources[lane])
        observe(lane, into: batch.observations)
    }

    @inlinable func finalState(of lane: Int) -> [Double] {
        batch.endings[lane] == 0 ? worlds[lane].state : ended[lane].state
    }

    @inlinable @inline(__always) func observe(_ lane: Int, into rows: Rows) {
        if seesBytes {
            rows.bytes.row(lane, width: rows.width).withSpan { worlds[lane].observe(into: &$0) }
        } else {
            rows.floats.row(lane, width: rows.width).withSpan { worlds[lane].observe(into: &$0) }
        }
    }

    @inlinable func save(into archive: inout Archive) {
        for lane in 0..<worlds.count {
            archive.store(part: "lane\(lane)") {
                $0.store(sources[lane], as: "random")
                worlds[lane].save(into: &$0)
            }
        }
    }
    /// Lanes as they were saved; the next `step` goes on from there, and `observations` shows them.
    @inlinable mutating func load(from archive: Archive) throws(ArchiveError) {
        for lane in 0..<worlds.count {
            let part = archive.part("lane\(lane)")
            sources[lane] = try part.random("random")
            try worlds[lane].load(from: part)
            observe(lane, into: batch.observations)
        }
    }
}
