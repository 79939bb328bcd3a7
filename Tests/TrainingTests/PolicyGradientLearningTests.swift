// Every learner of a policy on the probe worlds, beside the same learner without the ability that a probe asks for.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct PolicyGradientLearningTests {
    /// A learner, its lanes, and hyperparameters that suit worlds of a few states.
    struct Pupil: CustomTestStringConvertible, Sendable {
        let algorithm: AlgorithmSpecification
        let lanes: Int
        let settings: [String: String]
        var testDescription: String { algorithm.name }

        static let all = [
            Pupil(
                algorithm: PPO.specification, lanes: 8,
                settings: ["n_steps": "32", "batch_size": "64", "learning_rate": "0.003", "net_arch": "16"]),
            Pupil(algorithm: A2C.specification, lanes: 8, settings: ["learning_rate": "0.003", "net_arch": "16"]),
            Pupil(algorithm: REINFORCE.specification, lanes: 8, settings: ["learning_rate": "0.01", "net_arch": "16"]),
            Pupil(algorithm: ActorCritic.specification, lanes: 8, settings: ["learning_rate": "0.003", "net_arch": "16"]),
            Pupil(algorithm: ActorCriticLambda.specification, lanes: 1, settings: ["learning_rate": "0.002", "net_arch": "16"]),
            Pupil(
                algorithm: PQN.specification, lanes: 8,
                settings: ["n_steps": "16", "batch_size": "64", "learning_rate": "0.003", "net_arch": "16,16"]),
        ]
    }

    private func plan(
        _ pupil: Pupil, in world: EnvironmentSpecification, steps: Int, seed: UInt64, _ more: [String: String]
    ) throws -> TrainingPlan {
        var plan = TrainingPlan(pupil.algorithm, in: world)
        plan.setBudget(steps: steps, lanes: pupil.lanes)
        plan.evaluationInterval = steps
        plan.seed = seed
        for (key, text) in pupil.settings.merging(more, uniquingKeysWith: { $1 }) {
            try plan.hyperparameters.set(key, parsing: text, from: "the test")
        }
        return plan
    }

    /// The mean return of the last policy's greedy play, over 100 fresh episodes.
    private func reached(
        _ pupil: Pupil, in world: EnvironmentSpecification, steps: Int, seed: UInt64, without: [String: String] = [:]
    ) throws -> Double {
        let run = try TrainingRun(plan(pupil, in: world, steps: steps, seed: seed, without))
        while !run.isFinished { try run.advance() }
        let vector = try world.makeVector(world.settings, lanes: 100)
        return evaluate(run.agent.makePolicy(), in: vector, episodes: 100, firstSeed: SeedRange.report).mean
    }

    /// Random play gets ¼, and so does who never learns.
    @Test(arguments: Pupil.all) func namesWhatItSees(_ pupil: Pupil) throws {
        for seed in 0..<UInt64(2) {
            #expect(try reached(pupil, in: IdentityProbe.specification, steps: 20_000, seed: seed) == 1)
        }
        #expect(
            try reached(pupil, in: IdentityProbe.specification, steps: 2000, seed: 0, without: ["learning_rate": "0"]) < 0.6)
    }

    /// With γ = 0 nobody credits the first action with the second step's reward: some seeds then choose wrongly.
    @Test(arguments: Pupil.all) func creditsTheStepBefore(_ pupil: Pupil) throws {
        let world = TwoStepProbe.specification
        var shortSighted: [Double] = []
        for seed in 0..<UInt64(6) {
            #expect(try reached(pupil, in: world, steps: 20_000, seed: seed) == 1)
            shortSighted.append(try reached(pupil, in: world, steps: 20_000, seed: seed, without: ["gamma": "0"]))
        }
        #expect(shortSighted.contains { $0 < 0.5 }, "\(shortSighted)")
    }

    /// The same learner where being cut short is taken for an end leaves at once. REINFORCE never bootstraps.
    @Test(arguments: Pupil.all.filter { $0.algorithm.name != "reinforce" })
    func whatIsCutShortStillHasAFuture(_ pupil: Pupil) throws {
        for cut in [Ending.truncated, .terminated] {
            let plan = try plan(pupil, in: StayOrLeave.specification(cut), steps: 30_000, seed: 0, ["gamma": "0.9"])
            let run = try TrainingRun(plan)
            while !run.isFinished { try run.advance() }
            #expect(StayOrLeave.choice(of: run.agent.makePolicy()) == (cut == .truncated ? 0 : 1), "\(cut)")
        }
    }

    /// Keeps the cue of each lane until the question, which no learner here can.
    private final class Rememberer: Policy {
        private var cues: [Int32] = []
        func begin(lanes: Int) { cues = Array(repeating: 0, count: lanes) }
        func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
            for lane in 0..<actions.count {
                let seen = Int32(observations.floats[lane])
                if seen == 1 || seen == 2 { cues[lane] = seen - 1 }
                actions.indices[lane] = cues[lane]
            }
        }
        func save(into archive: inout Archive) {}
        func load(from archive: Archive) throws(ArchiveError) {}
    }

    /// The cue is gone when the question comes: without a memory the answer is a guess, with one it is known.
    @Test(arguments: Pupil.all) func nobodyRemembersWithoutAMemory(_ pupil: Pupil) throws {
        #expect(try reached(pupil, in: MemoryProbe.specification, steps: 20_000, seed: 0) < 0.75)
    }
    @Test func whoRemembersKnows() throws {
        let world = MemoryProbe.specification, vector = try world.makeVector(world.settings, lanes: 100)
        #expect(evaluate(Rememberer(), in: vector, episodes: 100, firstSeed: SeedRange.report).mean == 1)
    }

    @Test func theRandomControlFails() throws {
        let random = Pupil(algorithm: RandomAgent.specification, lanes: 1, settings: [:])
        #expect(try reached(random, in: IdentityProbe.specification, steps: 100, seed: 0) < 0.5)
        #expect(try reached(random, in: TwoStepProbe.specification, steps: 100, seed: 0) < 0.75)
    }

    private static let target = EnvironmentSpecification(
        "target", version: 1, summary: "tell the number back", timeLimit: 10, threshold: nil, observationNames: ["shown"],
        actionNames: ["told"]
    ) { (_) throws(SettingError) in TargetWorld() }

    /// Who tells 0 whatever is shown loses 0.16 / 3 in the mean.
    @Test(arguments: Pupil.all.filter { ["ppo", "a2c"].contains($0.algorithm.name) })
    func tellsNumbersToo(_ pupil: Pupil) throws {
        #expect(try reached(pupil, in: Self.target, steps: 60_000, seed: 0) > -0.01)
        #expect(try reached(pupil, in: Self.target, steps: 2000, seed: 0, without: ["learning_rate": "0"]) < -0.04)
    }

    /// The presets that are shipped, as `rl train ALGORITHM cartpole` uses them; more seeds are in each preset's `expected`.
    @Test(arguments: ["ppo", "a2c", "pqn", "reinforce", "actor-critic", "ac-lambda"])
    func thePresetSolvesCartPole(_ algorithm: String) throws {
        var plan = try TrainingRunLearningTests.presetPlan("\(algorithm)-cartpole")
        plan.seed = 7
        let run = try TrainingRun(plan)
        while !run.isFinished { try run.advance() }
        #expect(try run.finish().final.mean >= 475)
    }
}
