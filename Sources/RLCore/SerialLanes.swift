// Lanes of one world in one array, stepped one after the other.
public import Basics
public import Kernels

/// Generic, and specialised where `Vector` captures it.
@frozen public struct SerialLanes<World: Environment>: Lanes {
    @usableFromInline var lanes: [Lane]
    public let memory: LaneMemory

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

    @inlinable public init(_ world: World, memory: LaneMemory) {
        lanes = Array(repeating: Lane(world), count: memory.count)
        self.memory = memory
    }

    @inlinable public mutating func reset(using sources: ArraySlice<RandomSource>) {
        let batch = memory.batch
        for lane in lanes.indices {
            lanes[lane].begin(using: sources[sources.startIndex + lane])
            batch.rewards[lane] = 0
            batch.endings[lane] = 0
            Self.observe(lanes[lane].world, lane, into: batch.observations)
        }
    }

    @inlinable public mutating func step(_ actions: Actions) {
        guard actions.count == memory.total else { fatalError("\(memory.total) lanes were given \(actions.count) actions") }
        // One span and one switch a batch: an array asks at every access whether it must copy itself.
        let (batch, first) = (memory.batch, memory.first)
        var lanes = self.lanes.mutableSpan
        if actions.indices.count > 0 {
            let indices = actions.indices.slice(first, lanes.count)
            for index in lanes.indices { Self.step(&lanes[index], .discrete(Int(indices[index])), index, batch) }
        } else {
            let width = actions.width
            let values = actions.values.slice(first * width, lanes.count * width)
            for index in lanes.indices { Self.step(&lanes[index], .continuous(values.row(index, width: width)), index, batch) }
        }
    }

    @inlinable @inline(__always) static func step(_ lane: inout Lane, _ action: Action, _ index: Int, _ batch: StepBatch) {
        let outcome = lane.world.step(action, using: &lane.source)
        batch.rewards[index] = outcome.reward
        batch.endings[index] = outcome.ending.rawValue
        if outcome.ending != .running {
            observe(lane.world, index, into: batch.finals)
            // They change places instead of being copied: a copy counts a reference to each table that a world looks into, and two
            // copies would share what they keep in arrays, so that the first to write would have to allocate.
            swap(&lane.world, &lane.ended)
            lane.world.begin(after: lane.ended, using: &lane.source)
        }
        observe(lane.world, index, into: batch.observations)
    }

    @inlinable public mutating func restart(_ lane: Int, using source: RandomSource) {
        lanes[lane].begin(using: source)
        Self.observe(lanes[lane].world, lane, into: memory.batch.observations)
    }

    @inlinable public func state(of lane: Int) -> [Double] { lanes[lane].world.state }
    /// The world that the last step led to, also where the lane has been reset since.
    @inlinable func finalWorld(of lane: Int) -> World {
        memory.batch.endings[lane] == 0 ? lanes[lane].world : lanes[lane].ended
    }
    @inlinable public func finalState(of lane: Int) -> [Double] { finalWorld(of: lane).state }
    @inlinable public func draw(_ lane: Int, on scene: inout Scene) { lanes[lane].world.draw(on: &scene) }
    @inlinable public func drawFinal(_ lane: Int, on scene: inout Scene) { finalWorld(of: lane).draw(on: &scene) }

    @inlinable @inline(__always) static func observe(_ world: World, _ lane: Int, into rows: Rows) {
        if rows.bytes.count > 0 {
            rows.bytes.row(lane, width: rows.width).withSpan { world.observe(into: &$0) }
        } else {
            rows.floats.row(lane, width: rows.width).withSpan { world.observe(into: &$0) }
        }
    }

    @inlinable public func save(_ lane: Int, into archive: inout Archive) {
        archive.store(lanes[lane].source, as: "random")
        lanes[lane].world.save(into: &archive)
    }
    @inlinable public mutating func load(_ lane: Int, from archive: Archive) throws(ArchiveError) {
        lanes[lane].source = try archive.random("random")
        try lanes[lane].world.load(from: archive)
        Self.observe(lanes[lane].world, lane, into: memory.batch.observations)
    }
}
