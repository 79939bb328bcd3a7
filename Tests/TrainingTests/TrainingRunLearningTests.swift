// Runs that learn: the preset solves Cart-Pole, and what learns nothing does not.
import Agents
import Basics
import Environments
import RLCore
import Testing

@testable import Training

@Suite struct TrainingRunLearningTests {
    /// The preset that is shipped, as `rl train dqn cartpole` uses it.
    static func presetPlan(_ name: String = "dqn-cartpole") throws -> TrainingPlan {
        let root = Paths.folder(of: Paths.folder(of: Paths.folder(of: #filePath)))
        return try Preset(Paths.join(root, "agents/\(name).json")).plan(Catalogues())
    }
    private func reached(_ plan: TrainingPlan) throws -> Double {
        let run = try TrainingRun(plan)
        while !run.isFinished { try run.advance() }
        return try run.finish().final.mean
    }

    @Test(arguments: [UInt64(0), 1, 2]) func thePresetSolvesCartPole(_ seed: UInt64) throws {
        var plan = try Self.presetPlan()
        plan.seed = seed
        #expect(try reached(plan) >= 475)
    }

    @Test func theControlFails() throws {
        #expect(try reached(TrainingPlan(RandomAgent.specification, in: CartPole.specification)) < 100)
    }

    /// Without steps of the optimizer nothing is learned either: it is the update that solves it.
    @Test func withoutUpdatesItFails() throws {
        var plan = try Self.presetPlan()
        try plan.hyperparameters.set("learning_starts", to: .integer(1_000_000), from: "the test")
        #expect(try reached(plan) < 475)
    }
}
