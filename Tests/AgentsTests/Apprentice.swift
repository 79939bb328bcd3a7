// An agent in its world, stepped by hand.
import Agents
import Basics
import Kernels
import RLCore
import TestSupport

struct Apprentice {
    let vector: any VectorEnvironment
    let agent: any Agent
    let actions: Actions
    var acting: [RandomSource]
    var sampling: RandomSource
    var batch: StepBatch

    /// - Parameter settings: in place of the algorithm's defaults, as they are typed.
    init(
        _ algorithm: AlgorithmSpecification = DQN.specification, in vector: any VectorEnvironment, steps: Int = 1000,
        seed: UInt64 = 0,
        _ settings: [String: String] = [:]
    ) throws {
        var chosen = algorithm.settings
        for (key, text) in settings { try chosen.set(key, parsing: text, from: "the test") }
        self.vector = vector
        agent = try algorithm.makeAgent(
            AgentContext(
                observationSpace: vector.observationSpace, actionSpace: vector.actionSpace, lanes: vector.lanes, steps: steps,
                random: RandomSource(seed: seed, key: [3])), chosen)
        actions = Actions(lanes: vector.lanes, space: vector.actionSpace)
        acting = (0..<vector.lanes).map { RandomSource(seed: seed, key: [1, UInt32($0)]) }
        sampling = RandomSource(seed: seed, key: [2])
        batch = vector.reset(seed: seed)
        agent.begin(batch)
    }

    /// - Parameter choice: what every lane does instead of what the agent would.
    @discardableResult mutating func step(doing choice: Int32? = nil) -> Metrics? {
        agent.act(into: actions, using: &acting)
        if let choice { actions.indices.fill(choice) }
        batch = vector.step(actions)
        agent.remember(actions, batch)
        return try! agent.learn(using: &sampling)
    }
    mutating func steps(_ count: Int) { for _ in 0..<count { step() } }

    var archive: Archive {
        var archive = Archive()
        agent.save(into: &archive)
        return archive
    }
    /// Gives the agent these numbers in place of its own.
    func replace(_ tensors: [String: [Float]]) throws {
        let old = archive
        var new = Archive()
        for name in old.names {
            guard let tensor = old[name] else { continue }
            if let numbers = tensors[name] {
                new.store(numbers, shape: tensor.shape, as: name)
            } else if let stretch = old.stretch(name) {
                new.store(tensor, of: stretch, as: name)
            } else {
                new.store(tensor, as: name)
            }
        }
        try agent.load(from: new)
    }
    func numbers(_ name: String) throws -> [Float] { try archive.floats(name) }
}
