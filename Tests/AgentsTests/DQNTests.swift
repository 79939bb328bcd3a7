// DQN around its update: when it learns, how it explores, and that a saved agent is the same agent.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct DQNTests {
    private func cartpole(lanes: Int = 1) throws -> any VectorEnvironment {
        try CartPole.specification.makeVector(CartPole.specification.settings, lanes: lanes)
    }
    private static let eager = [
        "net_arch": "16", "learning_starts": "20", "train_freq": "2", "batch_size": "16", "buffer_size": "90",
        "target_update_interval": "30",
    ]

    /// Rounds fall on multiples of train_freq beyond learning_starts; a step of many lanes that passes a multiple counts, once.
    @Test(arguments: [
        (frequency: 4, gradients: 1, starts: 0, lanes: 1, updates: 25), (4, 3, 50, 1, 39), (1, 1, 99, 1, 1), (4, 1, 100, 1, 0),
        (10, 2, 0, 4, 20), (4, 1, 50, 10, 5), (30, 1, 0, 20, 3),
    ])
    func learnsWhenItIsTime(_ plan: (frequency: Int, gradients: Int, starts: Int, lanes: Int, updates: Int)) throws {
        var apprentice = try Apprentice(
            in: Vector(CountingWorld(), lanes: plan.lanes),
            [
                "net_arch": "4", "batch_size": "2", "train_freq": "\(plan.frequency)", "gradient_steps": "\(plan.gradients)",
                "learning_starts": "\(plan.starts)",
            ])
        var rounds = 0
        for _ in 0..<100 / plan.lanes where apprentice.step() != nil { rounds += 1 }
        #expect(apprentice.agent.updates == plan.updates)
        #expect(rounds * plan.gradients == plan.updates)
    }

    @Test func theMetricsFollowTheSchedules() throws {
        var apprentice = try Apprentice(
            in: cartpole(), steps: 1000,
            [
                "exploration_initial_eps": "0.8", "exploration_final_eps": "0.2", "exploration_fraction": "0.5",
                "learning_rate": "0.1",
                "learning_rate_final": "0", "train_freq": "1", "learning_starts": "0", "batch_size": "1", "net_arch": "2",
            ])
        #expect(apprentice.agent.metricNames == ["loss", "gradient_norm", "q_mean", "epsilon", "learning_rate"])
        for step in 1...1000 {
            let result = apprentice.step()
            let metrics = try #require(result)
            let epsilon = step < 500 ? 0.8 - 0.6 * Double(step) / 500 : 0.2
            let rate = 0.1 * (1 - Double(step) / 1000)
            #expect(abs(Double(metrics.values[3]) - epsilon) < 1e-6)
            #expect(abs(Double(metrics.values[4]) - rate) < 1e-7)
        }
    }

    /// Uniform while ε is 1, half uniform where ε passes ½, greedy when it has reached 0.
    @Test func exploresAsScheduled() throws {
        var apprentice = try Apprentice(
            in: Vector(CountingWorld(), lanes: 50), steps: 20_000,
            ["learning_starts": "1000000", "exploration_fraction": "0.5", "exploration_final_eps": "0", "net_arch": "8"])
        let policy = apprentice.agent.makePolicy()
        policy.begin(lanes: 50)
        let greedy = Actions(lanes: 50, space: apprentice.vector.actionSpace)
        var differing = [0, 0, 0]
        for step in 0..<400 {
            policy.act(on: apprentice.batch.observations, into: greedy, mode: .greedy, using: &apprentice.acting)
            apprentice.step()
            let phase = step < 20 ? 0 : (90..<110).contains(step) ? 1 : step >= 200 ? 2 : nil
            if let phase {
                for lane in 0..<50 where apprentice.actions.indices[lane] != greedy.indices[lane] { differing[phase] += 1 }
            }
        }
        // Of 1,000 draws 2/3 · 0.95 and 2/3 · 0.5 differ from the greedy action, with standard deviations of 15.
        #expect(abs(differing[0] - 633) < 60)
        #expect(abs(differing[1] - 333) < 60)
        #expect(differing[2] == 0)
    }

    private static func eager(_ variant: String) -> [String: String] {
        eager.merging(DQNVariants.all[variant] ?? [:]) { $1 }
    }

    @Test(arguments: DQNVariants.names) func equalSeedsGiveEqualAgents(_ variant: String) throws {
        let settings = Self.eager(variant)
        var a = try Apprentice(in: cartpole(lanes: 2), seed: 4, settings)
        var b = try Apprentice(in: cartpole(lanes: 2), seed: 4, settings)
        var other = try Apprentice(in: cartpole(lanes: 2), seed: 5, settings)
        a.steps(200)
        b.steps(200)
        other.steps(200)
        #expect(a.agent.updates > 100 && a.archive == b.archive)
        #expect(a.archive != other.archive)
    }

    @Test(arguments: ["adam", "rmsprop", "sgd"]) func aLoadedOptimizerGoesOn(_ optimizer: String) throws {
        try goesOn(Self.eager.merging(["optimizer": optimizer, "double": "true"]) { $1 })
    }
    @Test(arguments: DQNVariants.names) func aLoadedAgentLearnsOnAsTheSavedOne(_ variant: String) throws {
        try goesOn(Self.eager(variant))
    }
    private func goesOn(_ settings: [String: String]) throws {
        var saved = try Apprentice(in: cartpole(lanes: 3), seed: 1, settings)
        saved.steps(70)
        var world = Archive()
        saved.vector.save(into: &world)

        var loaded = try Apprentice(in: cartpole(lanes: 3), seed: 2, settings)
        loaded.steps(11)
        try loaded.agent.load(from: saved.archive)
        try loaded.vector.load(from: world)
        loaded.acting = saved.acting
        loaded.sampling = saved.sampling
        #expect(loaded.archive == saved.archive)
        saved.steps(80)
        loaded.steps(80)
        #expect(saved.agent.updates > 140 && loaded.agent.updates == saved.agent.updates)
        #expect(loaded.archive == saved.archive)
    }

    @Test func anotherAgentsArchiveIsRefused() throws {
        let large = try Apprentice(in: cartpole(), Self.eager.merging(["net_arch": "17"]) { $1 })
        let small = try Apprentice(in: cartpole(), Self.eager)
        #expect(throws: ArchiveError.self) { try small.agent.load(from: large.archive) }
        #expect(throws: ArchiveError.self) { try small.agent.load(from: Archive()) }
    }

    /// 500 states that lean every way.
    private static let states = {
        let seen = RowStorage(count: 500, space: CartPole().observationSpace)
        var random = RandomSource(seed: 7)
        for i in 0..<seen.rows.floats.count { seen.rows.floats[i] = Float(random.uniform(-2, 2)) }
        return seen
    }()
    /// What a policy does there, and why.
    private func decisions(_ policy: any Policy) -> [Int32] {
        let seen = Self.states
        let actions = Actions(lanes: 500, space: CartPole().actionSpace)
        var sources = (0..<500).map { RandomSource(seed: UInt64($0)) }
        policy.begin(lanes: 500)
        policy.act(on: seen.rows, into: actions, mode: .greedy, using: &sources)
        return actions.indices.array
    }

    private func opinions(_ policy: any Policy) throws -> [Double] {
        try #require(policy as? any ActionValuing).actionValues(of: Self.states.rows)
    }

    @Test(arguments: DQNVariants.names) func aPolicyIsASnapshotAndCanBeStored(_ variant: String) throws {
        var apprentice = try Apprentice(in: cartpole(), seed: 3, Self.eager(variant))
        apprentice.steps(60)
        let policy = apprentice.agent.makePolicy()
        var before = Archive(), after = Archive(), now = Archive()
        policy.save(into: &before)
        let decided = decisions(policy)
        apprentice.steps(60)
        policy.save(into: &after)
        apprentice.agent.makePolicy().save(into: &now)
        #expect(before == after && before != now)
        let thought = try opinions(policy)
        #expect(Set(thought).count > 900, "a policy that thinks the same everywhere shows nothing")

        var settings = DQN.specification.settings
        for (key, text) in Self.eager(variant) { try settings.set(key, parsing: text, from: "the test") }
        let context = AgentContext(
            observationSpace: apprentice.vector.observationSpace, actionSpace: apprentice.vector.actionSpace, lanes: 1, steps: 1,
            random: RandomSource(seed: 99))
        let restored = try DQN.specification.makePolicy(context, settings)
        #expect(try opinions(restored) != thought)
        try restored.load(from: before)
        #expect(try decisions(restored) == decided && opinions(restored) == thought)
    }

    @Test func saysWhichWorldsItFits() {
        let vector = Space.box(.vector(2), low: [0, 0], high: [1, 1])
        #expect(DQN.specification.objection(observations: vector, actions: .discrete(2)) == nil)
        #expect(DQN.specification.objection(observations: vector, actions: vector)?.contains("discrete action") == true)
        let pictures = Space.bytes(.image(height: 2, width: 2, channels: 1), stack: 1)
        #expect(DQN.specification.objection(observations: pictures, actions: .discrete(2))?.contains("vectors") == true)
    }
}
