// Lanes of one world in one array, stepped one after the other on one thread.
public import Basics
public import Kernels

/// A value, so that one exclusive access covers a whole batch; generic, and specialised where `Vector` captures it.
@frozen public struct SerialLanes<World: Environment> {
    @usableFromInline var lanes: [Lane]
    @usableFromInline let observations: RowStorage
    @usableFromInline let finals: RowStorage
    @usableFromInline let rewards: Storage<Float>
    @usableFromInline let endings: Storage<UInt8>
    @usableFromInline let batch: StepBatch

    @frozen @usableFromInline struct Lane {
        @usableFromInline var world: World
        @usableFromInline var source = RandomSource(seed: 0)
        /// The world as its last episode ended.
        @usableFromInline var ended: World
        @inlinable init(_ world: World) {
            self.world = world
            ended = world
        }
        @inlinable mutating func begin(using source: RandomSource) {
            self.source = source
            world.reset(using: &self.source)
        }
    }

    @inlinable public init(_ world: World, count: Int) {
        lanes = Array(repeating: Lane(world), count: count)
        observations = RowStorage(count: count, space: world.observationSpace)
        finals = RowStorage(count: count, space: world.observationSpace)
        rewards = Storage(count: count)
        endings = Storage(count: count)
        batch = StepBatch(observations: observations.rows, finals: finals.rows, rewards: rewards.all, endings: endings.all)
    }

    @inlinable public mutating func reset(using sources: [RandomSource]) -> StepBatch {
        guard sources.count == lanes.count else {
            fatalError("\(lanes.count) lanes were given \(sources.count) random sources")
        }
        for lane in lanes.indices {
            lanes[lane].begin(using: sources[lane])
            batch.rewards[lane] = 0
            batch.endings[lane] = 0
            Self.observe(lanes[lane].world, lane, into: batch.observations)
        }
        return batch
    }

    @inlinable public mutating func step(_ actions: Actions) -> StepBatch {
        guard actions.count == lanes.count else { fatalError("\(lanes.count) lanes were given \(actions.count) actions") }
        // One span and one switch a batch: an array asks at every access whether it must copy itself.
        let batch = batch
        var lanes = self.lanes.mutableSpan
        if actions.indices.count > 0 {
            let indices = actions.indices
            for index in lanes.indices { Self.step(&lanes[index], .discrete(Int(indices[index])), index, batch) }
        } else {
            let values = actions.values
            let width = actions.width
            for index in lanes.indices { Self.step(&lanes[index], .continuous(values.row(index, width: width)), index, batch) }
        }
        return batch
    }

    @inlinable @inline(__always) static func step(_ lane: inout Lane, _ action: Action, _ index: Int, _ batch: StepBatch) {
        let outcome = lane.world.step(action, using: &lane.source)
        batch.rewards[index] = outcome.reward
        batch.endings[index] = outcome.ending.rawValue
        if outcome.ending != .running {
            observe(lane.world, index, into: batch.finals)
            // They change places instead of being copied, because a copy counts a reference to each table that a world looks into.
            // What is reset is then the world of an episode before, which is the same: a reset forgets.
            swap(&lane.world, &lane.ended)
            lane.world.reset(using: &lane.source)
        }
        observe(lane.world, index, into: batch.observations)
    }

    @inlinable public mutating func restart(_ lane: Int, using source: RandomSource) {
        lanes[lane].begin(using: source)
        Self.observe(lanes[lane].world, lane, into: batch.observations)
    }

    /// The world that the last step led to, also where the lane has been reset since.
    @inlinable func finalWorld(of lane: Int) -> World { batch.endings[lane] == 0 ? lanes[lane].world : lanes[lane].ended }
    @inlinable func finalState(of lane: Int) -> [Double] { finalWorld(of: lane).state }

    @inlinable @inline(__always) static func observe(_ world: World, _ lane: Int, into rows: Rows) {
        if rows.bytes.count > 0 {
            rows.bytes.row(lane, width: rows.width).withSpan { world.observe(into: &$0) }
        } else {
            rows.floats.row(lane, width: rows.width).withSpan { world.observe(into: &$0) }
        }
    }

    @inlinable func save(into archive: inout Archive) {
        for lane in lanes.indices {
            archive.store(part: "lane\(lane)") {
                $0.store(lanes[lane].source, as: "random")
                lanes[lane].world.save(into: &$0)
            }
        }
    }
    /// Lanes as they were saved; the next `step` goes on from there, and `observations` shows them.
    @inlinable mutating func load(from archive: Archive) throws(ArchiveError) {
        for lane in lanes.indices {
            let part = archive.part("lane\(lane)")
            lanes[lane].source = try part.random("random")
            try lanes[lane].world.load(from: part)
            Self.observe(lanes[lane].world, lane, into: batch.observations)
        }
    }
}
