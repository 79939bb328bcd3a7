// The vector of every world: its lanes as values behind closures, in one part or in one for each thread.
public import Basics
import Kernels

/// The only erasure: lanes as a value, captured by closures that are formed where the world's type is known.
///
/// A generic class behind a protocol is never specialised by this compiler; a struct captured in an `@inlinable` initialiser is.
/// With several threads each steps its own part of the lanes. Lanes share nothing, so results do not depend on how many there are.
public final class Vector: VectorEnvironment {
    public let lanes: Int
    public let observationSpace: Space
    public let actionSpace: Space
    @usableFromInline let memory: LaneMemory
    private let parts: [Part]
    /// Of the first part; apart, so that a step does not copy all that a part is.
    private let firstStep: (Actions) -> Void
    private let crew: Crew?

    /// One after the other in each part.
    ///
    /// - Parameter threads: how many step at once; at most one for each eight lanes.
    @inlinable public convenience init<World: Environment>(_ world: World, lanes count: Int, threads: Int = 1) {
        let memory = Vector.memory(for: world, lanes: count)
        self.init(world, memory, memory.split(into: threads).map { Part(SerialLanes(world, memory: $0)) })
    }
    /// Eight at a time, truncated after `limit` steps: the same as serial lanes of `TimeLimit(world, limit: limit)`, bit for bit.
    ///
    /// - Precondition: `world.isCertain`.
    @inlinable public convenience init<World: WideEnvironment>(wide world: World, limit: Int, lanes count: Int, threads: Int = 1)
    {
        guard world.isCertain else { fatalError("\(World.self) draws chance in its steps: its lanes are stepped one by one") }
        let memory = Vector.memory(for: world, lanes: count)
        self.init(world, memory, memory.split(into: threads).map { Part(WideLanes(world, limit: limit, memory: $0)) })
    }

    @usableFromInline static func memory(for world: some Environment, lanes count: Int) -> LaneMemory {
        guard count > 0 else { fatalError("a vector of \(count) lanes; at least one is needed") }
        return LaneMemory(lanes: count, space: world.observationSpace)
    }
    @usableFromInline init(_ world: some Environment, _ memory: LaneMemory, _ parts: [Part]) {
        lanes = memory.count
        observationSpace = world.observationSpace
        actionSpace = world.actionSpace
        self.memory = memory
        self.parts = parts
        firstStep = parts[0].step
        crew = parts.count > 1 ? Crew(parts.dropFirst().map(\.step)) : nil
    }

    public func reset(using sources: [RandomSource]) -> StepBatch {
        guard sources.count == lanes else { fatalError("\(lanes) lanes were given \(sources.count) random sources") }
        for part in parts { part.reset(sources[part.lanes]) }
        return memory.batch
    }
    public func step(_ actions: Actions) -> StepBatch {
        if let crew {
            crew.start(actions)
            firstStep(actions)
            crew.wait()
        } else {
            firstStep(actions)
        }
        return memory.batch
    }

    /// The part that has `lane`, and the lane's number in it.
    private func part(of lane: Int) -> (part: Part, lane: Int) {
        guard let part = parts.first(where: { $0.lanes.contains(lane) }) else { fatalError("lane \(lane) of \(lanes)") }
        return (part, lane - part.lanes.lowerBound)
    }
    public func restart(_ lane: Int, using source: RandomSource) {
        let (part, lane) = part(of: lane)
        part.restart(lane, source)
    }
    public func state(of lane: Int) -> [Double] {
        let (part, lane) = part(of: lane)
        return part.state(lane)
    }
    public func finalState(of lane: Int) -> [Double] {
        let (part, lane) = part(of: lane)
        return part.finalState(lane)
    }
    public func draw(_ lane: Int, on scene: inout Scene) {
        let (part, lane) = part(of: lane)
        part.draw(lane, &scene)
    }
    public func drawFinal(_ lane: Int, on scene: inout Scene) {
        let (part, lane) = part(of: lane)
        part.drawFinal(lane, &scene)
    }
    public func save(into archive: inout Archive) {
        for part in parts {
            for lane in part.lanes { archive.store(part: "lane\(lane)") { part.save(lane - part.lanes.lowerBound, &$0) } }
        }
    }
    /// Lanes as they were saved; the next `step` goes on from there, and the last batch's observations show them.
    public func load(from archive: Archive) throws(ArchiveError) {
        for part in parts {
            for lane in part.lanes { try part.load(lane - part.lanes.lowerBound, archive.part("lane\(lane)")) }
        }
    }
}

extension Vector {
    /// Some of the lanes, erased.
    @usableFromInline struct Part {
        let lanes: Range<Int>
        let reset: (ArraySlice<RandomSource>) -> Void
        let step: (Actions) -> Void
        let restart: (Int, RandomSource) -> Void
        let state: (Int) -> [Double]
        let finalState: (Int) -> [Double]
        let draw: (Int, inout Scene) -> Void
        let drawFinal: (Int, inout Scene) -> Void
        let save: (Int, inout Archive) -> Void
        let load: (Int, Archive) throws(ArchiveError) -> Void

        @inlinable init<Kind: Lanes>(_ all: Kind) {
            var all = all
            self.init(
                lanes: all.memory.first..<all.memory.first + all.memory.count, reset: { all.reset(using: $0) },
                step: { all.step($0) }, restart: { all.restart($0, using: $1) }, state: { all.state(of: $0) },
                finalState: { all.finalState(of: $0) }, draw: { all.draw($0, on: &$1) },
                drawFinal: { all.drawFinal($0, on: &$1) }, save: { all.save($0, into: &$1) },
                load: { (lane, archive) throws(ArchiveError) in try all.load(lane, from: archive) })
        }
        @usableFromInline init(
            lanes: Range<Int>, reset: @escaping (ArraySlice<RandomSource>) -> Void, step: @escaping (Actions) -> Void,
            restart: @escaping (Int, RandomSource) -> Void, state: @escaping (Int) -> [Double],
            finalState: @escaping (Int) -> [Double], draw: @escaping (Int, inout Scene) -> Void,
            drawFinal: @escaping (Int, inout Scene) -> Void,
            save: @escaping (Int, inout Archive) -> Void, load: @escaping (Int, Archive) throws(ArchiveError) -> Void
        ) {
            self.lanes = lanes
            self.reset = reset
            self.step = step
            self.restart = restart
            self.state = state
            self.finalState = finalState
            self.draw = draw
            self.drawFinal = drawFinal
            self.save = save
            self.load = load
        }
    }

    /// One worker for each part but the first, which the caller's own thread steps.
    private final class Crew {
        private final class Order {
            var actions: Actions?
        }
        private let order = Order()
        private let workers: [Worker]

        init(_ steps: [(Actions) -> Void]) {
            let order = order
            workers = steps.map { step in
                let worker = Worker()
                worker.prepare { if let actions = order.actions { step(actions) } }
                return worker
            }
        }
        func start(_ actions: Actions) {
            order.actions = actions
            for worker in workers { worker.start() }
        }
        func wait() {
            for worker in workers { worker.wait() }
            order.actions = nil
        }
    }
}
