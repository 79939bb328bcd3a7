// Many lanes of one world, stepped together: one dynamic call per batch, none per lane.
public import Basics

public protocol VectorEnvironment: AnyObject {
    var lanes: Int { get }
    var observationSpace: Space { get }
    var actionSpace: Space { get }
    /// Begins an episode in every lane, each drawing from its own source from now on.
    func reset(using sources: [RandomSource]) -> StepBatch
    /// Steps every lane; a lane whose episode ends is reset at once.
    func step(_ actions: Actions) -> StepBatch
    /// Begins an episode in one lane with a source of its own; the lane's row of the last batch shows it.
    func restart(_ lane: Int, using source: RandomSource)
    /// A lane's full state, as its world tells it.
    func state(of lane: Int) -> [Double]
    /// The state that the last step led to, also where the lane has been reset since.
    func finalState(of lane: Int) -> [Double]
    /// What a lane looks like, as its world draws itself.
    func draw(_ lane: Int, on scene: inout Scene)
    /// What the last step led to, also where the lane has been reset since.
    func drawFinal(_ lane: Int, on scene: inout Scene)
    func save(into archive: inout Archive)
    func load(from archive: Archive) throws(ArchiveError)
}

extension VectorEnvironment {
    /// Each lane from its own stream of `seed`: key (0, lane).
    public func reset(seed: UInt64) -> StepBatch {
        reset(using: (0..<lanes).map { RandomSource(seed: seed, key: [0, UInt32($0)]) })
    }
}

/// The only erasure: lanes as a value, captured by closures that are formed where the world's type is known.
///
/// A generic class behind a protocol is never specialised by this compiler; a struct captured in an `@inlinable` initialiser is.
public final class Vector: VectorEnvironment {
    public let lanes: Int
    public let observationSpace: Space
    public let actionSpace: Space
    @usableFromInline let resetter: ([RandomSource]) -> StepBatch
    @usableFromInline let stepper: (Actions) -> StepBatch
    @usableFromInline let restarter: (Int, RandomSource) -> Void
    @usableFromInline let teller: (Int) -> [Double]
    @usableFromInline let finalTeller: (Int) -> [Double]
    @usableFromInline let drawer: (Int, inout Scene) -> Void
    @usableFromInline let finalDrawer: (Int, inout Scene) -> Void
    @usableFromInline let saver: (inout Archive) -> Void
    @usableFromInline let loader: (Archive) throws(ArchiveError) -> Void

    @inlinable public init<World: Environment>(_ world: World, lanes count: Int) {
        guard count > 0 else { fatalError("a vector of \(count) lanes; at least one is needed") }
        var lanes = SerialLanes(world, count: count)
        self.lanes = count
        observationSpace = world.observationSpace
        actionSpace = world.actionSpace
        resetter = { lanes.reset(using: $0) }
        stepper = { lanes.step($0) }
        restarter = { lanes.restart($0, using: $1) }
        teller = { lanes.lanes[$0].world.state }
        finalTeller = { lanes.finalState(of: $0) }
        drawer = { lanes.lanes[$0].world.draw(on: &$1) }
        finalDrawer = { lanes.finalWorld(of: $0).draw(on: &$1) }
        saver = { lanes.save(into: &$0) }
        loader = { (archive) throws(ArchiveError) in try lanes.load(from: archive) }
    }

    public func reset(using sources: [RandomSource]) -> StepBatch { resetter(sources) }
    public func step(_ actions: Actions) -> StepBatch { stepper(actions) }
    public func restart(_ lane: Int, using source: RandomSource) { restarter(lane, source) }
    public func state(of lane: Int) -> [Double] { teller(lane) }
    public func finalState(of lane: Int) -> [Double] { finalTeller(lane) }
    public func draw(_ lane: Int, on scene: inout Scene) { drawer(lane, &scene) }
    public func drawFinal(_ lane: Int, on scene: inout Scene) { finalDrawer(lane, &scene) }
    public func save(into archive: inout Archive) { saver(&archive) }
    public func load(from archive: Archive) throws(ArchiveError) { try loader(archive) }
}
