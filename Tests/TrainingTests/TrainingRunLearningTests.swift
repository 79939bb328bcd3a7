// Runs that learn: DQN solves Cart-Pole, and what learns nothing does not.
import Agents
import Basics
import Environments
import RLCore
import Testing
import Training

@Suite struct TrainingRunLearningTests {
    /// Mean return of the kept weights on the report seeds.
    private func final(_ algorithm: AlgorithmSpecification, seed: UInt64, _ values: [String: SettingValue]) throws -> Double {
        var plan = TrainingPlan(algorithm, in: CartPole.specification)
        for (key, value) in values { try plan.hyperparameters.set(key, to: value, from: "the test") }
        plan.seed = seed
        plan.steps = 50_000
        plan.evaluationInterval = 1000
        plan.untilReturn = 490
        let run = try TrainingRun(plan)
        while !run.isFinished { try run.advance() }
        return try run.finalEvaluation().mean
    }

    /// Two of three: these plain values do not carry every seed over the threshold.
    @Test func dqnSolvesCartPole() throws {
        let values: [String: SettingValue] = [
            "learning_rate": .number(2.5e-3), "train_freq": .integer(2), "batch_size": .integer(64),
            "target_update_interval": .integer(200), "exploration_fraction": .number(0.1),
        ]
        var means: [Double] = []
        for seed in UInt64(0)..<3 { means.append(try final(DQN.specification, seed: seed, values)) }
        #expect(means.filter { $0 >= 475 }.count >= 2, "\(means)")
    }

    @Test func theControlFails() throws {
        let mean = try final(RandomAgent.specification, seed: 0, [:])
        #expect(mean < 100)
    }

    /// Without steps of the optimizer nothing is learned either: it is the update that solves it.
    @Test func withoutUpdatesItFails() throws {
        let mean = try final(DQN.specification, seed: 0, ["learning_starts": .integer(1_000_000)])
        #expect(mean < 475)
    }
}
