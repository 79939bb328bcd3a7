// Lanes of one world, eight at a time in vector registers; the same bits as one after the other.
public import Basics
public import Kernels

/// Lanes of a `WideEnvironment` under a time limit, in blocks of eight. Each lane draws from its own source, as serial lanes do.
///
/// The last block may have lanes that nobody plays: they are stepped with the others, and nothing of them is told.
@frozen public struct WideLanes<World: WideEnvironment>: Lanes {
    @usableFromInline let world: World
    @usableFromInline let limit: Int
    public let memory: LaneMemory
    @usableFromInline var blocks: [Block]

    @frozen @usableFromInline struct Block {
        @usableFromInline var numbers: World.Eight
        /// Steps since the reset; exact up to 2⁵³.
        @usableFromInline var elapsed = SIMD8<Double>()
        /// The lanes as their last episodes ended.
        @usableFromInline var ended: World.Eight
        @usableFromInline var sources: InlineArray<8, RandomSource>
        /// Bit i is set where somebody plays lane i.
        @usableFromInline let played: UInt32
        @inlinable init(_ numbers: World.Eight, played: UInt32) {
            self.numbers = numbers
            ended = numbers
            sources = InlineArray(repeating: RandomSource(seed: 0))
            self.played = played
        }
    }

    @inlinable public init(_ world: World, limit: Int, memory: LaneMemory) {
        guard limit > 0 else { fatalError("a time limit of \(limit) steps; it must be positive") }
        self.world = world
        self.limit = limit
        self.memory = memory
        blocks = stride(from: 0, to: memory.count, by: 8).map { start in
            Block(world.eight, played: memory.count - start >= 8 ? 0xff : (1 << UInt32(memory.count - start)) - 1)
        }
    }

    @inlinable public mutating func reset(using sources: ArraySlice<RandomSource>) {
        for lane in 0..<memory.count {
            restart(lane, using: sources[sources.startIndex + lane])
            memory.batch.rewards[lane] = 0
            memory.batch.endings[lane] = 0
        }
    }

    @inlinable public mutating func step(_ actions: Actions) {
        guard actions.count == memory.total else { fatalError("\(memory.total) lanes were given \(actions.count) actions") }
        // Views alone: a copy of the memory would count four references a batch.
        let (batch, padded, first) = (memory.batch, memory.padded, memory.first)
        let (world, limit) = (world, Double(limit))
        // One span a batch: an array asks at every access whether it must copy itself.
        var blocks = self.blocks.mutableSpan
        for index in blocks.indices {
            let start = 8 * index
            let outcomes = world.step(&blocks[index].numbers, EightActions(actions, from: first + start))
            blocks[index].elapsed += 1
            let late = blocks[index].elapsed.bits(atLeast: limit)
            padded.rewards.store(outcomes.rewards, from: start)
            padded.endings.clearEight(from: start)
            world.observe(blocks[index].numbers, into: EightRows(padded.observations.floats, from: start))
            var ended = (outcomes.terminated | late) & blocks[index].played
            while ended != 0 {
                let lane = ended.trailingZeroBitCount
                ended &= ended &- 1
                batch.endings[start + lane] = outcomes.terminated >> UInt32(lane) & 1 == 1 ? 1 : 2
                Self.end(lane, of: &blocks[index], at: start + lane, world, batch)
            }
        }
    }

    /// Keeps the last view of a lane and begins its next episode.
    @inlinable static func end(
        _ lane: Int, of block: inout Block, at row: Int, _ world: World, _ batch: StepBatch
    ) {
        batch.finals.copy(row, from: batch.observations, row)
        var world = world
        copyLane(lane, of: &block.numbers, to: &world.one)
        copyLane(lane, of: &block.ended, from: world.one)
        begin(lane, of: &block, at: row, &world, batch)
    }

    @inlinable @inline(__always) static func begin(
        _ lane: Int, of block: inout Block, at row: Int, _ world: inout World, _ batch: StepBatch
    ) {
        world.reset(using: &block.sources[lane])
        copyLane(lane, of: &block.numbers, from: world.one)
        block.elapsed[lane] = 0
        batch.observations.floats.row(row, width: batch.observations.width).withSpan { world.observe(into: &$0) }
    }

    @inlinable public mutating func restart(_ lane: Int, using source: RandomSource) {
        blocks[lane / 8].sources[lane % 8] = source
        var world = world
        Self.begin(lane % 8, of: &blocks[lane / 8], at: lane, &world, memory.batch)
    }

    /// The world of a lane, with its clock.
    @inlinable func world(of lane: Int) -> TimeLimit<World> {
        var limited = TimeLimit(world, limit: limit)
        var numbers = blocks[lane / 8].numbers
        copyLane(lane % 8, of: &numbers, to: &limited.base.one)
        limited.elapsed = Int(blocks[lane / 8].elapsed[lane % 8])
        return limited
    }
    @inlinable public func state(of lane: Int) -> [Double] { world(of: lane).state }
    /// The world that the last step led to, also where the lane has been reset since.
    @inlinable func finalWorld(of lane: Int) -> World {
        if memory.batch.endings[lane] == 0 { return world(of: lane).base }
        var world = world
        var numbers = blocks[lane / 8].ended
        copyLane(lane % 8, of: &numbers, to: &world.one)
        return world
    }
    @inlinable public func finalState(of lane: Int) -> [Double] { finalWorld(of: lane).state }
    @inlinable public func draw(_ lane: Int, on scene: inout Scene) { world(of: lane).draw(on: &scene) }
    @inlinable public func drawFinal(_ lane: Int, on scene: inout Scene) { finalWorld(of: lane).draw(on: &scene) }

    @inlinable public func save(_ lane: Int, into archive: inout Archive) {
        archive.store(blocks[lane / 8].sources[lane % 8], as: "random")
        world(of: lane).save(into: &archive)
    }
    @inlinable public mutating func load(_ lane: Int, from archive: Archive) throws(ArchiveError) {
        let source = try archive.random("random")
        var limited = world(of: lane)
        try limited.load(from: archive)
        blocks[lane / 8].sources[lane % 8] = source
        blocks[lane / 8].elapsed[lane % 8] = Double(limited.elapsed)
        copyLane(lane % 8, of: &blocks[lane / 8].numbers, from: limited.base.one)
        memory.batch.observations.floats.row(lane, width: memory.batch.observations.width).withSpan { limited.observe(into: &$0) }
    }
}
