// Whole runs: for each alarm one that is ill in that way and must ring it, and presets that are well and must ring none.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct AlarmLearningTests {
    private let folder = TemporaryFolder()

    private func alarms(_ plan: TrainingPlan) throws -> [Alarm] {
        let run = try TrainingRun(plan)
        let files = try RunFolder(new: Folders.claim(folder("run")), for: run)
        run.observers = [files]
        while !run.isFinished { try run.advance() }
        return files.alarms
    }

    private func ill(_ algorithm: String, steps: Int, _ values: [String: String], seed: UInt64) throws -> Set<Alarm.Kind> {
        let preset = try? Preset(Self.presets + "/\(algorithm)-cartpole.json")
        var plan =
            try preset?.plan(Catalogues(), steps: steps)
            ?? TrainingPlan(Catalogues().algorithms[algorithm], in: CartPole.specification)
        plan.setBudget(steps: steps, lanes: plan.lanes)
        plan.untilReturn = nil
        plan.seed = seed
        for (key, value) in values { try plan.hyperparameters.set(key, parsing: value, from: "the test") }
        return Set(try alarms(plan).map(\.kind))
    }

    private static let presets = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/agents"

    @Test(arguments: [1, 2] as [UInt64]) func eachIllnessRingsItsAlarm(_ seed: UInt64) throws {
        #expect(
            try ill("dqn", steps: 6000, ["learning_rate": "0.3", "net_arch": "32"], seed: seed).contains(.deadUnits))
        #expect(
            try ill("ppo", steps: 20_000, ["learning_rate": "0.1", "ent_coef": "0"], seed: seed).contains(.entropyCollapsed))
        #expect(
            try ill(
                "dqn", steps: 6000,
                [
                    "gamma": "1", "double": "false", "target_update_interval": "1", "learning_rate": "0.01", "train_freq": "1",
                ], seed: seed
            ).contains(.valuesAboveReturns))
        #expect(
            try ill(
                "dqn", steps: 6000, ["max_grad_norm": "1e-3", "optimizer": "sgd", "learning_rate": "0.01"], seed: seed
            ).contains(.gradientClipped))
        #expect(try ill("random", steps: 3000, [:], seed: seed) == [.noImprovement])
    }

    @Test(arguments: ["dqn-cartpole", "ppo-cartpole", "a2c-cartpole", "dqn-acrobot"])
    func presetsRingNone(_ name: String) throws {
        for seed: UInt64 in [1, 2] {
            var plan = try Preset(Self.presets + "/\(name).json").plan(Catalogues())
            plan.seed = seed
            #expect(try alarms(plan).isEmpty)
        }
    }
}
