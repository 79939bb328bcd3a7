// The world's side of the vocabulary: an environment is a value that answers an action with an outcome.
public import Basics
public import Kernels

/// How a step left the episode. Only `.terminated` makes the future worth nothing; `.truncated` merely stops watching.
@frozen public enum Ending: UInt8, Sendable {
    case running, terminated, truncated
}

@frozen public struct Outcome: Hashable, Sendable {
    public var reward: Float
    public var ending: Ending
    @inlinable public init(reward: Float, ending: Ending) {
        self.reward = reward
        self.ending = ending
    }
}

/// What one lane is told.
@frozen public enum Action: Sendable {
    case discrete(Int)
    /// One number for each dimension of the action space.
    case continuous(Floats)

    /// - Precondition: the action is discrete.
    @inlinable @inline(__always) public var index: Int {
        guard case .discrete(let index) = self else { fatalError("a discrete action is needed, this one is continuous") }
        return index
    }
    /// - Precondition: the action is continuous.
    @inlinable @inline(__always) public var values: Floats {
        guard case .continuous(let values) = self else { fatalError("a continuous action is needed, this one is discrete") }
        return values
    }
}

/// A world as a value: a copy is a snapshot, equal means the same world, and chance comes as an argument.
public protocol Environment: Sendable, Equatable {
    var observationSpace: Space { get }
    var actionSpace: Space { get }

    /// Begins an episode.
    mutating func reset(using random: inout RandomSource)
    /// Becomes the episode that follows `ended`, a world of this kind as its episode ended; what `self` was before does not matter.
    /// A reset, but for worlds that go on after an episode, such as a game after a lost life.
    mutating func begin(after ended: Self, using random: inout RandomSource)
    /// Answers one action. What follows an ending without a reset is the world's own rule, stated on its page.
    mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome

    /// Writes what is seen now; `row` has `observationSpace.shape.count` numbers. Implement the one that fits the space.
    func observe(into row: inout MutableSpan<Float>)
    func observe(into row: inout MutableSpan<UInt8>)

    /// Sets the scene's bounds and background and adds what the world looks like now; no window and no pixels of a screen here.
    func draw(on scene: inout Scene)

    /// The whole state in full precision, in the order of the package that the world follows; what `rl trace --full` prints.
    var state: [Double] { get }

    /// Everything that makes this value what it is, so that a loaded world equals the saved one.
    func save(into archive: inout Archive)
    mutating func load(from archive: Archive) throws(ArchiveError)
}

extension Environment {
    @inlinable @inline(__always) public mutating func begin(after ended: Self, using random: inout RandomSource) {
        reset(using: &random)
    }
    public func observe(into row: inout MutableSpan<Float>) {
        fatalError("\(Self.self) observes \(observationSpace), not floats")
    }
    /// A world that says nothing of its looks is an empty scene.
    public func draw(on scene: inout Scene) {}
    public func observe(into row: inout MutableSpan<UInt8>) { fatalError("\(Self.self) observes \(observationSpace), not bytes") }
}

/// A world around a world; what it does not change, it passes on.
public protocol Wrapper: Environment {
    associatedtype Base: Environment
    var base: Base { get set }
}

extension Wrapper {
    @inlinable public var observationSpace: Space { base.observationSpace }
    @inlinable public var actionSpace: Space { base.actionSpace }
    @inlinable public func observe(into row: inout MutableSpan<Float>) { base.observe(into: &row) }
    @inlinable public func observe(into row: inout MutableSpan<UInt8>) { base.observe(into: &row) }
    public func draw(on scene: inout Scene) { base.draw(on: &scene) }
    @inlinable public var state: [Double] { base.state }
}
