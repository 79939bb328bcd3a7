// A number that is not finite stops the run at once, is named, and finds the state before it saved.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

/// A world of three numbers that pays infinity once: for the 200th step that it has ever been asked for.
private struct PoisonedWorld: Environment {
    private var base = CountingWorld()
    private var steps = 0.0

    var observationSpace: Space { base.observationSpace }
    var actionSpace: Space { base.actionSpace }
    mutating func reset(using random: inout RandomSource) { base.reset(using: &random) }
    mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        steps += 1
        var outcome = base.step(action, using: &random)
        outcome.reward = steps == 200 ? .infinity : 1
        return outcome
    }
    func observe(into row: inout MutableSpan<Float>) {
        base.observe(into: &row)
        row[0] = min(row[0], 10)
    }
    var state: [Double] { base.state + [steps] }
    func save(into archive: inout Archive) {
        base.save(into: &archive)
        archive.store([steps], as: "steps")
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        try base.load(from: archive)
        steps = try archive.doubles("steps", count: 1)[0]
    }
    static let specification = EnvironmentSpecification(
        "poisoned", version: 1, summary: "pays infinity once", timeLimit: 50, threshold: nil,
        observationNames: ["time", "mark", "draw"], actionNames: ["go on", "terminate", "truncate"]
    ) { (_) throws(SettingError) in PoisonedWorld() }
}

@Suite struct DivergenceTests {
    private let folder = TemporaryFolder()

    private func parts(_ archive: Archive, _ prefixes: String...) throws -> [[Float]] {
        try archive.names.filter { name in
            prefixes.contains { name.hasPrefix($0) } && archive[name]?.values.typeName == "float32"
        }.map { try archive.floats($0) }
    }

    @Test func aBoldLearningRateIsStoppedBeforeItsStepAndNamed() throws {
        var plan = try shortPlan()
        for (key, value) in [("optimizer", "sgd"), ("learning_rate", "10"), ("max_grad_norm", "1e300"), ("loss", "mse")] {
            try plan.hyperparameters.set(key, parsing: value, from: "the test")
        }
        let found = #expect(throws: Divergence.self) { try train(plan, in: folder("run")) }
        let divergence = try #require(found), fault = try #require(divergence.fault)
        // Where it begins depends on the first weights: a value, a gradient, or only the sum of the gradients' squares.
        #expect(!fault.place.isEmpty && !fault.number.isFinite && fault.step > 100)
        #expect(
            divergence.description.hasPrefix("training diverged at step \(fault.step): the ")
                && divergence.description.contains("learning_rate (now 10.0) or max_grad_norm (now 1e+300)"))

        // What was saved loads, is finite, and one update short of harm: the step has been taken, the update has not.
        let (state, _) = try SafetensorsFile.read(folder("run/\(RunFolder.divergedName)"))
        let numbers = try parts(state, "agent/descent/parameters/", "agent/descent/optimizer/")
        #expect(numbers.count >= 4 && numbers.joined().allSatisfy { $0.isFinite })
        let again = try TrainingRun(plan)
        try again.load(from: LogFile.joined(state, [state]))
        #expect(again.step == fault.step && again.agent.updates > 0)
        let document = try JSONReader.read(folder("run/run.json")).json
        #expect(document["status"] == "diverged" && document["results"]?["step"] == JSON(fault.step))

        // The same run, held just before: its parameters are what was saved.
        let twin = try TrainingRun(plan)
        while twin.step < fault.step - 1 { try twin.advance() }
        var before = Archive()
        twin.save(into: &before)
        #expect(try parts(before, "agent/descent/parameters/", "agent/descent/optimizer/") == numbers)
    }

    @Test func anInfiniteRewardIsNamedAsWhatTheUpdateWasGiven() throws {
        var plan = TrainingPlan(DQN.specification, in: PoisonedWorld.specification)
        plan.setBudget(steps: 2000, lanes: 1)
        for (key, value) in [("learning_starts", "100"), ("buffer_size", "300"), ("net_arch", "16"), ("batch_size", "16")] {
            try plan.hyperparameters.set(key, parsing: value, from: "the test")
        }
        let found = #expect(throws: Divergence.self) { try train(plan, in: folder("poisoned")) }
        let fault = try #require(found?.fault)
        #expect(fault.quantity == .input && fault.layer == "\"target\"" && fault.number == .infinity && fault.step >= 200)
        #expect(!fault.rows.isEmpty && fault.rows.allSatisfy { (0..<16).contains($0) })
        #expect(found?.description.contains("look at the rewards and observations of poisoned") == true)
        let (state, _) = try SafetensorsFile.read(folder("poisoned/\(RunFolder.divergedName)"))
        #expect(try parts(state, "agent/descent/parameters/", "agent/descent/optimizer/").joined().allSatisfy { $0.isFinite })
    }

    @Test(
        arguments: [
            ("reinforce", ["n_episodes": "2", "baseline": "value"]), ("actor-critic", [:]), ("ac-lambda", [:]),
            ("a2c", ["n_steps": "8"]), ("ppo", ["n_steps": "64", "batch_size": "32"]),
            ("pqn", ["n_steps": "16", "batch_size": "16"]),
        ])
    func everyLearnerIsStoppedBeforeItsParametersAreSpoiled(_ algorithm: String, _ settings: [String: String]) throws {
        let specification = try AlgorithmCatalogue.builtIn[algorithm]
        var plan = TrainingPlan(specification, in: PoisonedWorld.specification)
        plan.setBudget(steps: 2000, lanes: 1)
        for (key, value) in settings.merging(["net_arch": "16"], uniquingKeysWith: { $1 }) {
            try plan.hyperparameters.set(key, parsing: value, from: "the test")
        }
        let found = #expect(throws: Divergence.self) { try train(plan, in: folder(algorithm)) }
        let fault = try #require(found?.fault)
        #expect(fault.quantity == .input && !fault.number.isFinite && !fault.rows.isEmpty && fault.step >= 200)
        #expect(found?.description.contains("look at the rewards and observations of poisoned") == true)
        let (state, _) = try SafetensorsFile.read(folder("\(algorithm)/\(RunFolder.divergedName)"))
        let numbers = try parts(state, "agent/descent/parameters/", "agent/parameters/")
        #expect(!numbers.isEmpty && numbers.joined().allSatisfy { $0.isFinite })
    }

    /// A stop between checkpoints leaves them as they are: the run can be looked at as it was long before, too.
    @Test func checkpointsStay() throws {
        var plan = TrainingPlan(DQN.specification, in: PoisonedWorld.specification)
        plan.setBudget(steps: 2000, lanes: 1)
        plan.checkpointInterval = 50
        for (key, value) in [("learning_starts", "100"), ("buffer_size", "300"), ("net_arch", "16"), ("batch_size", "16")] {
            try plan.hyperparameters.set(key, parsing: value, from: "the test")
        }
        let found = #expect(throws: Divergence.self) { try train(plan, in: folder("run")) }
        let step = try #require(found?.step)
        #expect(try checkpoints(of: folder("run")).steps() == [(step - 1) / 50 * 50 - 50, (step - 1) / 50 * 50])
        // Resumed, the run meets the same number at the same step.
        #expect(throws: Divergence.self) {
            let stopped = try StoppedRun(
                folder("run"), Catalogues(environments: EnvironmentCatalogue([PoisonedWorld.specification]))
            ) { _ in }
            while !stopped.run.isFinished { try stopped.run.advance() }
        }
    }
}
