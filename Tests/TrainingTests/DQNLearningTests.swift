// Every variant of DQN on the probe worlds, each beside something that must fail there.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import Testing

@testable import Training

@Suite struct DQNLearningTests {
    /// Additions as settings, on top of a small and quick learner.
    static let variants: [String: [String: String]] = [
        "plain": [:],
        "double, squared loss": ["double": "true", "loss": "mse"],
        "dueling": ["dueling": "true"],
        "prioritized": ["prioritized": "true"],
        "n-step": ["n_steps": "3"],
        "c51": ["distribution": "c51"],
        "quantile": ["distribution": "quantile", "atoms": "20"],
        "noisy": ["noisy": "true", "exploration_initial_eps": "0", "exploration_final_eps": "0"],
    ]
    static let names = variants.keys.sorted()
    private static let quick = [
        "learning_rate": "2e-3", "learning_starts": "100", "train_freq": "1", "batch_size": "32", "target_update_interval": "50",
        "buffer_size": "2000", "net_arch": "32", "exploration_fraction": "0.5", "v_min": "-2", "v_max": "2", "gamma": "0.9",
    ]

    private func plan(
        _ world: String, _ settings: [String: String], algorithm: String = "dqn", steps: Int = 3000, env: [String: String] = [:]
    ) throws -> TrainingPlan {
        let catalogues = Catalogues()
        var plan = TrainingPlan(try catalogues.algorithms[algorithm], in: try catalogues.environments[world])
        for (key, text) in settings { try plan.hyperparameters.set(key, parsing: text, from: "the test") }
        for (key, text) in env { try plan.environmentSettings.set(key, parsing: text, from: "the test") }
        plan.setBudget(steps: steps, lanes: 1)
        plan.evaluationInterval = steps
        plan.seed = 3
        return plan
    }
    private func reached(_ plan: TrainingPlan) throws -> Double {
        let run = try TrainingRun(plan)
        while !run.isFinished { try run.advance() }
        return try run.finish().final.mean
    }
    private func reached(_ world: String, _ variant: [String: String], env: [String: String] = [:]) throws -> Double {
        try reached(plan(world, Self.quick.merging(variant) { $1 }, env: env))
    }

    @Test(arguments: names) func observationsReachDecisions(_ name: String) throws {
        #expect(try reached("probe-identity", Self.variants[name] ?? [:]) == 1)
    }
    @Test(arguments: names) func creditTravels(_ name: String) throws {
        let variant = Self.variants[name] ?? [:]
        #expect(try reached("probe-two-step", variant) == 1)
        #expect(try reached("probe-delayed", variant, env: ["delay": "5"]) == 1)
    }
    /// All of them together, as they are shipped.
    @Test(arguments: ["probe-identity", "probe-two-step", "probe-exploration"]) func rainbow(_ world: String) throws {
        let plan = try plan(
            world, Self.quick.filter { !$0.key.hasPrefix("exploration") }, algorithm: "rainbow", steps: 4000,
            env: world == "probe-exploration" ? ["length": "6"] : [:])
        #expect(try reached(plan) == 1)
    }

    @Test func theRandomAgentFails() throws {
        for (world, most) in [("probe-identity", 0.5), ("probe-two-step", 0.8), ("probe-delayed", 0.8)] {
            #expect(try reached(plan(world, [:], algorithm: "random")) < most, "\(world)")
        }
    }
    /// Without a future there is nothing to choose by in the first step; the greedy choice is right in one network of two.
    @Test func withoutDiscountedFutureItFails() throws {
        let found = try (0..<6 as Range<UInt64>).map { seed in
            var plan = try plan("probe-two-step", Self.quick.merging(["gamma": "0"]) { $1 })
            plan.seed = seed
            return try reached(plan)
        }
        #expect(found.contains(0), "\(found)")
    }
    /// Neither ε nor noise: the lure is all that is ever found.
    @Test func withoutExplorationItFails() throws {
        let settings = ["exploration_initial_eps": "0", "exploration_final_eps": "0"]
        let found = try (0..<4 as Range<UInt64>).map { seed in
            var plan = try plan("probe-exploration", Self.quick.merging(settings) { $1 }, env: ["length": "6"])
            plan.seed = seed
            return try reached(plan)
        }
        #expect(found.contains { $0 < 0.5 }, "\(found)")
    }

    /// The same learner where being cut short is taken for an end leaves at once.
    @Test(arguments: names) func whatIsCutShortStillHasAFuture(_ name: String) throws {
        for cut in [Ending.truncated, .terminated] {
            var plan = TrainingPlan(DQN.specification, in: StayOrLeave.specification(cut))
            let settings = Self.quick.merging(Self.variants[name] ?? [:]) { $1 }.merging(["v_min": "0", "v_max": "12"]) { $1 }
            for (key, text) in settings { try plan.hyperparameters.set(key, parsing: text, from: "the test") }
            plan.setBudget(steps: 4000, lanes: 1)
            let run = try TrainingRun(plan)
            while !run.isFinished { try run.advance() }
            #expect(StayOrLeave.choice(of: run.agent.makePolicy()) == (cut == .truncated ? 0 : 1), "\(name), \(cut)")
        }
    }
}
