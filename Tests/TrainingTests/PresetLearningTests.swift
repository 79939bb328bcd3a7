// Tabular presets against the exact optimum, and what must not reach it.

import Agents
import Basics
import Environments
import RLCore
import Testing

@testable import Training

/// Every tabular preset, trained as it stands, on seeds that nothing was tuned on.
@Suite("Tabular presets")
struct PresetLearningTests {
    static let algorithms = [
        "q-learning", "double-q-learning", "sarsa", "expected-sarsa", "n-step-sarsa", "sarsa-lambda", "q-lambda", "dyna-q",
        "monte-carlo", "value-iteration", "policy-iteration", "modified-policy-iteration",
    ]
    static let presets: [String] = {
        let folder = Paths.join(String(#filePath.dropLast("Tests/TrainingTests/PresetLearningTests.swift".count)), "agents")
        let names = (try? Folders.names(in: folder)) ?? []
        return names.filter { name in name.hasSuffix(".json") && algorithms.contains { name.hasPrefix("\($0)-") } }.sorted()
            .map { Paths.join(folder, $0) }
    }()

    /// The greedy policy's shortfall from the optimum as a share of it, exact.
    func shortfall(_ plan: TrainingPlan) throws -> Double {
        let world = try #require(try plan.environment.makeModel(plan.environmentSettings))
        let run = try TrainingRun(plan)
        while !run.isFinished { try run.advance() }
        let discount =
            plan.hyperparameters.declarations.contains { $0.key == "gamma" } ? plan.hyperparameters.number("gamma") : 0.99
        return try Regret(of: run.agent.makePolicy(), in: PlanningModel(world), discount: discount).relative
    }

    static let planners = ["value-iteration", "policy-iteration", "modified-policy-iteration"]
    /// The worlds in which a player sees the whole state.
    static let worlds = [
        "gridworld", "gridworld-lecture", "frozenlake", "frozenlake-8x8", "cliffwalking", "taxi", "windygrid", "maze",
        "blackjack",
        "probe-constant", "probe-identity", "probe-two-step", "probe-delayed", "probe-exploration", "probe-bandit",
    ]

    @Test("there is a preset for every learner on every world", arguments: algorithms)
    func complete(algorithm: String) {
        for world in Self.planners.contains(algorithm) ? ["frozenlake", "cliffwalking"] : Self.worlds {
            #expect(Self.presets.contains { $0.hasSuffix("/\(algorithm)-\(world).json") }, "\(algorithm)-\(world)")
        }
    }

    /// Above so many steps one seed must do; `Benchmarks/tabular/measure.py` trains ten of every preset.
    static let stepsForTwoSeeds = 1_000_000

    @Test("the greedy policy is within 1 % of the optimum", arguments: presets)
    func learns(path: String) throws {
        var plan = try Preset(path).plan(Catalogues())
        for seed in plan.steps > Self.stepsForTwoSeeds ? [UInt64(11)] : [11, 12] {
            plan.seed = seed
            let shortfall = try shortfall(plan)
            #expect(shortfall < 0.01, "seed \(seed)")
        }
    }

    @Test(
        "the random agent's greedy play, and a table that learned nothing, are not",
        arguments: ["frozenlake", "cliffwalking", "taxi"])
    func control(world: String) throws {
        let catalogues = Catalogues()
        var random = TrainingPlan(try catalogues.algorithms["random"], in: try catalogues.environments[world])
        random.setBudget(steps: 1000, lanes: 1)
        #expect(try shortfall(random) > 0.1)
        var untrained = TrainingPlan(try catalogues.algorithms["q-learning"], in: try catalogues.environments[world])
        try untrained.hyperparameters.set("learning_rate", to: .number(0), from: "test")
        untrained.setBudget(steps: 1000, lanes: 1)
        #expect(try shortfall(untrained) > 0.1)
    }
}
