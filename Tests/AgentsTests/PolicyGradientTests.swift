// Laws of every learner that improves a policy: equal seeds, saving, resuming, snapshots, and the worlds that do not fit.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

/// An algorithm with hyperparameters that make it learn within some dozens of steps.
struct EagerLearner: CustomTestStringConvertible, Sendable {
    let algorithm: AlgorithmSpecification
    let lanes: Int
    let settings: [String: String]
    var testDescription: String { "\(algorithm.name) \(settings.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })" }

    static let all = [
        EagerLearner(
            algorithm: PPO.specification, lanes: 2,
            settings: ["n_steps": "8", "batch_size": "8", "n_epochs": "2", "net_arch": "8", "clip_range_vf": "0.2"]),
        EagerLearner(algorithm: A2C.specification, lanes: 3, settings: ["net_arch": "8", "ent_coef": "0.01"]),
        EagerLearner(algorithm: ActorCritic.specification, lanes: 2, settings: ["net_arch": "8"]),
        EagerLearner(
            algorithm: ActorCriticLambda.specification, lanes: 1, settings: ["net_arch": "8", "learning_rate": "0.00001"]),
        EagerLearner(algorithm: REINFORCE.specification, lanes: 2, settings: ["net_arch": "8", "n_episodes": "4"]),
        EagerLearner(
            algorithm: REINFORCE.specification, lanes: 2,
            settings: ["net_arch": "8", "n_episodes": "2", "baseline": "moving_average"]),
        EagerLearner(
            algorithm: PQN.specification, lanes: 2,
            settings: ["n_steps": "8", "batch_size": "8", "n_epochs": "2", "net_arch": "8,8"]),
    ]
}

@Suite struct PolicyGradientTests {
    private func cartpole(lanes: Int) throws -> any VectorEnvironment {
        try CartPole.specification.makeVector(CartPole.specification.settings, lanes: lanes)
    }
    private func apprentice(_ learner: EagerLearner, seed: UInt64) throws -> Apprentice {
        try Apprentice(learner.algorithm, in: cartpole(lanes: learner.lanes), seed: seed, learner.settings)
    }

    @Test(arguments: EagerLearner.all) func equalSeedsGiveEqualAgents(_ learner: EagerLearner) throws {
        var a = try apprentice(learner, seed: 4), b = try apprentice(learner, seed: 4), other = try apprentice(learner, seed: 5)
        a.steps(150)
        b.steps(150)
        other.steps(150)
        #expect(a.agent.updates > 0 && a.archive == b.archive)
        #expect(a.archive != other.archive)
    }

    /// Saved in the middle of a rollout or an episode, of which the loaded agent knows everything.
    @Test(arguments: EagerLearner.all) func aLoadedAgentLearnsOnAsTheSavedOne(_ learner: EagerLearner) throws {
        var saved = try apprentice(learner, seed: 1)
        saved.steps(101)
        var world = Archive()
        saved.vector.save(into: &world)
        var loaded = try apprentice(learner, seed: 2)
        loaded.steps(17)
        try loaded.agent.load(from: saved.archive)
        try loaded.vector.load(from: world)
        loaded.acting = saved.acting
        loaded.sampling = saved.sampling
        #expect(loaded.archive == saved.archive)
        let updates = saved.agent.updates
        saved.steps(150)
        loaded.steps(150)
        #expect(saved.agent.updates > updates && loaded.agent.updates == saved.agent.updates)
        #expect(loaded.archive == saved.archive)
    }

    @Test(arguments: EagerLearner.all) func anotherAgentsArchiveIsRefused(_ learner: EagerLearner) throws {
        let large = try Apprentice(
            learner.algorithm, in: cartpole(lanes: learner.lanes), learner.settings.merging(["net_arch": "9,9"]) { $1 })
        let small = try apprentice(learner, seed: 0)
        #expect(throws: ArchiveError.self) { try small.agent.load(from: large.archive) }
        #expect(throws: ArchiveError.self) { try small.agent.load(from: Archive()) }
    }

    /// What it does in 500 states that lean every way.
    private func decisions(_ policy: any Policy, _ mode: Mode) -> [Int32] {
        let seen = RowStorage(count: 500, space: CartPole().observationSpace)
        var random = RandomSource(seed: 7)
        for i in 0..<seen.rows.floats.count { seen.rows.floats[i] = Float(random.uniform(-2, 2)) }
        let actions = Actions(lanes: 500, space: CartPole().actionSpace)
        var sources = (0..<500).map { RandomSource(seed: UInt64($0)) }
        policy.begin(lanes: 500)
        policy.act(on: seen.rows, into: actions, mode: mode, using: &sources)
        return actions.indices.array
    }

    @Test(arguments: EagerLearner.all) func aPolicyIsASnapshotAndCanBeStored(_ learner: EagerLearner) throws {
        var apprentice = try apprentice(learner, seed: 0)
        apprentice.steps(150)
        let policy = apprentice.agent.makePolicy()
        var before = Archive(), after = Archive(), now = Archive()
        policy.save(into: &before)
        let decided = decisions(policy, .greedy), drawn = decisions(policy, .sampled)
        apprentice.steps(150)
        policy.save(into: &after)
        apprentice.agent.makePolicy().save(into: &now)
        #expect(before == after && before != now)
        #expect(Set(decided).count == 2, "a constant policy shows nothing")

        var settings = learner.algorithm.settings
        for (key, text) in learner.settings { try settings.set(key, parsing: text, from: "the test") }
        let context = AgentContext(
            observationSpace: apprentice.vector.observationSpace, actionSpace: apprentice.vector.actionSpace, lanes: 1, steps: 1,
            random: RandomSource(seed: 99))
        let restored = try learner.algorithm.makePolicy(context, settings)
        #expect(decisions(restored, .greedy) != decided)
        try restored.load(from: before)
        #expect(decisions(restored, .greedy) == decided)
        #expect(decisions(restored, .sampled) == drawn)
    }

    /// Greedy and uniform actions mix by ε; of a policy that draws, `.sampled` is neither.
    @Test func modesDiffer() throws {
        let learner = EagerLearner.all[0]
        var apprentice = try apprentice(learner, seed: 0)
        apprentice.steps(150)
        let policy = apprentice.agent.makePolicy()
        let greedy = decisions(policy, .greedy)
        #expect(decisions(policy, .epsilon(0)) == greedy)
        // Half of 500 uniform draws of two differ: 250 ± 11.
        let uniform = zip(decisions(policy, .epsilon(1)), greedy).count { $0 != $1 }
        #expect(abs(uniform - 250) < 50)
        #expect(decisions(policy, .sampled) != greedy)
    }

    @Test(arguments: EagerLearner.all.filter { !["ppo", "a2c"].contains($0.algorithm.name) })
    func discreteLearnersSayWhatFitsInstead(_ learner: EagerLearner) {
        let vector = Space.box(.vector(2), low: [0, 0], high: [1, 1])
        let objection = learner.algorithm.objection(observations: vector, actions: vector)
        #expect(objection?.contains("discrete action") == true && objection?.contains("ppo and a2c fit") == true)
        #expect(learner.algorithm.objection(observations: vector, actions: .discrete(2)) == nil)
    }

    /// - Returns: the sentence that a user reads.
    private func refusal(_ algorithm: AlgorithmSpecification, lanes: Int, _ settings: [String: String]) -> String? {
        do {
            _ = try Apprentice(algorithm, in: cartpole(lanes: lanes), settings)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func valuesThatExcludeEachOtherAreRefusedWithOnesThatFit() {
        #expect(
            refusal(PPO.specification, lanes: 2, ["n_steps": "8", "batch_size": "5"])
                == "batch_size 5 does not divide a rollout of 8 steps in 2 lanes (16 rows); 4 does")
        #expect(refusal(PPO.specification, lanes: 2, ["n_steps": "8", "batch_size": "4"]) == nil)
        #expect(
            refusal(PQN.specification, lanes: 4, ["n_steps": "8", "batch_size": "64"])?.hasSuffix("(32 rows); 32 does") == true)
        #expect(
            refusal(PPO.specification, lanes: 1, ["batch_size": "1"])?.contains("normalize_advantage=false") == true)
        #expect(
            refusal(A2C.specification, lanes: 100, ["n_steps": "1000000"])?.hasSuffix("167772 fit") == true)
        #expect(
            refusal(REINFORCE.specification, lanes: 3, ["n_episodes": "8"])
                == "n_episodes 8 cannot be shared by 3 lanes; 9 can")
        #expect(
            refusal(REINFORCE.specification, lanes: 1, ["reward_to_go": "false"])?.contains("baseline=moving_average") == true)
        #expect(refusal(ActorCriticLambda.specification, lanes: 2, [:])?.contains("--lanes 1") == true)
    }
}
