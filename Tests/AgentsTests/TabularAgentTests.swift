import Basics
import Environments
import Kernels
import RLCore
import Testing

@testable import Agents

@Suite("Tabular agents")
struct TabularAgentTests {
    static let names = [
        "q-learning", "double-q-learning", "sarsa", "expected-sarsa", "n-step-sarsa", "sarsa-lambda", "q-lambda", "dyna-q",
        "monte-carlo",
    ]

    /// An agent and the worlds that it is in, stepped as training does.
    final class Play {
        let agent: any Agent
        let vector: any VectorEnvironment
        var acting: [RandomSource]
        var sampling: RandomSource
        let actions: Actions

        init(_ name: String, world: String = "frozenlake", lanes: Int = 2, steps: Int = 2000, seed: UInt64 = 7) throws {
            let algorithm = try AlgorithmCatalogue.builtIn[name]
            let specification = try EnvironmentCatalogue.builtIn[world]
            vector = try specification.makeVector(specification.settings, lanes: lanes)
            agent = try algorithm.makeAgent(
                AgentContext(
                    observationSpace: vector.observationSpace, actionSpace: vector.actionSpace, lanes: lanes, steps: steps,
                    random: RandomSource(seed: seed, key: [3]), model: try specification.makeModel(specification.settings)),
                algorithm.settings)
            acting = (0..<lanes).map { RandomSource(seed: seed, key: [1, UInt32($0)]) }
            sampling = RandomSource(seed: seed, key: [2])
            actions = Actions(lanes: lanes, space: vector.actionSpace)
            agent.begin(vector.reset(seed: seed))
        }
        func advance(_ count: Int) {
            for _ in 0..<count {
                agent.act(into: actions, using: &acting)
                agent.remember(actions, vector.step(actions))
                _ = try! agent.learn(using: &sampling)
            }
        }
        var archive: Archive {
            var archive = Archive()
            agent.save(into: &archive)
            return archive
        }
    }

    @Test("one seed, one table; another seed, another", arguments: names)
    func reproducible(name: String) throws {
        let first = try Play(name), second = try Play(name), other = try Play(name, seed: 8)
        for play in [first, second, other] { play.advance(1000) }
        #expect(first.archive == second.archive)
        #expect(first.archive != other.archive)
        #expect(first.agent.updates > 500)
    }

    @Test("saved in mid-episode and loaded elsewhere it goes on the same", arguments: names)
    func resumes(name: String) throws {
        let whole = try Play(name, world: "cliffwalking"), again = try Play(name, world: "cliffwalking")
        whole.advance(777)
        var worlds = Archive()
        whole.vector.save(into: &worlds)
        try again.vector.load(from: worlds)
        try again.agent.load(from: whole.archive)
        again.acting = whole.acting
        again.sampling = whole.sampling
        #expect(again.archive == whole.archive)
        whole.advance(777)
        again.advance(777)
        #expect(again.archive == whole.archive)
    }

    @Test("an archive of another world is refused", arguments: names)
    func refusesOthers(name: String) throws {
        let lake = try Play(name), cliff = try Play(name, world: "cliffwalking")
        cliff.advance(10)
        #expect(throws: ArchiveError.self) { try lake.agent.load(from: cliff.archive) }
    }

    @Test("a snapshot is not touched by further training", arguments: names)
    func snapshots(name: String) throws {
        let play = try Play(name, world: "cliffwalking")
        play.advance(2000)
        let policy = try #require(play.agent.makePolicy() as? TabularPolicy)
        let values = policy.values
        play.advance(2000)
        #expect(policy.values == values)
        #expect((play.agent.makePolicy() as? TabularPolicy)?.values != values)
    }

    @Test("a world that shows numbers is refused, with a word on what fits", arguments: names)
    func objections(name: String) throws {
        let cart = try EnvironmentCatalogue.builtIn["cartpole"]
        let vector = try cart.makeVector(cart.settings, lanes: 1)
        let algorithm = try AlgorithmCatalogue.builtIn[name]
        let objection = try #require(algorithm.objection(observations: vector.observationSpace, actions: vector.actionSpace))
        #expect(objection == "\(name) needs a discrete observation space, this world shows Box[4]; dqn fits")
        #expect(algorithm.objection(observations: .discrete(16), actions: .discrete(4)) == nil)
    }
}
