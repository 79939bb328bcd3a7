// Statistics of what an agent is shown: in its file, in a resumed run, and out of what a run reports.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct PreprocessingRunTests {
    private let folder = TemporaryFolder()

    private func plan(_ values: [String: String], lanes: Int = 1) throws -> TrainingPlan {
        var plan = try shortPlan(lanes: lanes)
        for (key, text) in values { try plan.hyperparameters.set(key, parsing: text, from: "the test") }
        return plan
    }
    private let all = [
        "normalize_observation": "true", "normalize_reward": "true", "reward_scale": "0.1", "clip_reward": "5", "clip_obs": "3",
    ]

    @Test func resumingIsExactWithThem() throws {
        let plan = try plan(all, lanes: 5)
        try train(plan, in: folder("whole"))
        try trainAndStop(plan, in: folder("stopped"), at: 555, saving: true)
        try resume(folder("stopped"))
        #expect(try comparableFiles(of: folder("stopped")) == comparableFiles(of: folder("whole")))
    }

    @Test func anAgentsFileHoldsThem() throws {
        let report = try train(plan(all), in: folder("run"))
        let path = Paths.join(folder("run"), RunFolder.bestName)
        let (weights, _) = try SafetensorsFile.read(path)
        #expect(try weights.doubles("normalization/mean", count: 4).contains { $0 != 0 })
        let agent = try AgentFile.read(path, Catalogues())
        let found = evaluate(agent.policy, in: try agent.makeWorlds(lanes: 2), episodes: 5, firstSeed: SeedRange.report)
        #expect(found == report.final)
    }

    /// Cart-Pole pays 1 a step whatever the learner is told.
    @Test func whatARunReportsIsWhatTheWorldPays() throws {
        let report = try train(plan(["reward_scale": "-3", "clip_reward": "2"]), in: folder("run"))
        #expect(report.final.returns == report.final.lengths.map { Double($0) })
    }

    @Test func whatCannotBeNormalisedIsRefused() throws {
        let world = try EnvironmentCatalogue.builtIn["frozenlake"]
        var plan = TrainingPlan(try Catalogues().algorithms["dqn"], in: world)
        try plan.hyperparameters.set("normalize_observation", to: .boolean(true), from: "the test")
        let error = #expect(throws: SettingError.self) { try TrainingRun(plan) }
        #expect(error?.description.contains("real numbers") == true)
        plan = TrainingPlan(try Catalogues().algorithms["value-iteration"], in: world)
        try plan.hyperparameters.set("reward_scale", to: .number(2), from: "the test")
        #expect(throws: SettingError.self) { try TrainingRun(plan) }
    }

    @Test func theNumberOfThreadsChangesNothing() throws {
        let plan = try plan([:], lanes: 20)
        func best(threads: Int) throws -> Archive? {
            let run = try TrainingRun(plan, threads: threads)
            while !run.isFinished { try run.advance() }
            return run.best?.weights
        }
        #expect(try best(threads: 3) == best(threads: 1))
    }
}
