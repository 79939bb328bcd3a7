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
