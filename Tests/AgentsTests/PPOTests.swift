// PPO's update by hand in a world of one state, and that its first minibatch is on policy.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct PPOTests {
    /// A rollout of one step of one lane in one state that pays 1 for action 0 and ends; only the policy learns, by plain descent.
    private func bandit(_ more: [String: String] = [:], ending: Ending = .terminated) throws -> Apprentice {
        let settings = [
            "net_arch": "", "n_steps": "1", "batch_size": "1", "n_epochs": "1", "normalize_advantage": "false",
            "optimizer": "sgd", "learning_rate": "0.1", "vf_coef": "0", "max_grad_norm": "1000", "gamma": "0.5",
        ]
        let apprentice = try Apprentice(
            PPO.specification, in: Vector(PayingWorld([1, 0], ending: ending), lanes: 1), settings.merging(more) { $1 })
        try apprentice.replace(["descent/parameters/policy.states.table": [0, 0], "descent/parameters/value.states.table": [0]])
        return apprentice
    }

    /// A = 1, ρ = 1: the logits move by α·A·(1 − ½, −½).
    @Test func oneUpdateByHand() throws {
        var apprentice = try bandit()
        let metrics = try apprentice.learn(doing: 0)
        expectClose(try apprentice.numbers("descent/parameters/policy.states.table"), [0.05, -0.05], absolute: 1e-7)
        #expect(metrics.values[0] == -1 && metrics.values[1] == -1)
        expectClose([metrics.values[3]], [0.6931472], absolute: 1e-6, "the entropy of two equal choices")
        #expect(metrics.values[4] == 0 && metrics.values[5] == 0)
    }

    /// After one step ρ = 1.04996. Beyond 1 + ε an advantage of 1 pulls no further, inside it does.
    @Test func theSecondEpochIsClipped() throws {
        var clipped = try bandit(["n_epochs": "2", "clip_range": "0.01"])
        let metrics = try clipped.learn(doing: 0)
        expectClose(try clipped.numbers("descent/parameters/policy.states.table"), [0.05, -0.05], absolute: 1e-7)
        #expect(metrics.values[5] == 0.5, "one of two minibatches lies beyond the range")
        var free = try bandit(["n_epochs": "2", "clip_range": "0.2"])
        free.step(doing: 0)
        // ∇ρ = ρ·(1 − π₀) = 1.04996 · 0.47502 at π₀ = 0.52498.
        expectClose(
            try free.numbers("descent/parameters/policy.states.table"), [0.05 + 0.1 * 0.498752, -0.05 - 0.1 * 0.498752],
            absolute: 1e-6)
    }

    /// A range that shrinks to nothing lets nothing move once the policy has left where it began.
    @Test func theRangeFollowsItsSchedule() throws {
        var apprentice = try bandit(["n_epochs": "3", "clip_range": "0.2", "clip_range_final": "0"])
        for _ in 0..<1000 { apprentice.step(doing: 0) }
        let before = try apprentice.numbers("descent/parameters/policy.states.table")
        let metrics = try apprentice.learn(doing: 0)
        let after = try apprentice.numbers("descent/parameters/policy.states.table")
        #expect(after[0] > before[0] && metrics.values[5] > 0.6)
    }

    /// KL of the first minibatch is 0 exactly, so the limit stops the second of many; without it all are run.
    @Test func updatesStopAtTheTargetDivergence() throws {
        var stopped = try bandit(["n_epochs": "10", "target_kl": "0.0001"]), free = try bandit(["n_epochs": "10"])
        stopped.step(doing: 0)
        free.step(doing: 0)
        #expect(stopped.agent.updates == 1 && free.agent.updates == 10)
    }

    /// The value is fitted to 1 + ½V = 2 where the episode was cut, to 1 where it ended: 2 + α·2·c·(G − 2).
    @Test(arguments: [(.terminated, 1.9), (.truncated, 2)] as [(Ending, Double)])
    func valuesByHand(_ ending: Ending, _ expected: Double) throws {
        var apprentice = try bandit(["vf_coef": "0.5"], ending: ending)
        try apprentice.replace(["descent/parameters/value.states.table": [2]])
        apprentice.step(doing: 0)
        expectClose(try apprentice.numbers("descent/parameters/value.states.table"), [expected], absolute: 1e-6)
    }

    /// V may move by 0.05 from where it was: the second epoch finds it there and gets no gradient.
    @Test func theValuesStepIsClipped() throws {
        var clipped = try bandit(["vf_coef": "0.5", "n_epochs": "5", "clip_range_vf": "0.05"])
        clipped.step(doing: 0)
        expectClose(try clipped.numbers("descent/parameters/value.states.table"), [0.1], absolute: 1e-6)
        var free = try bandit(["vf_coef": "0.5", "n_epochs": "5"])
        free.step(doing: 0)
        expectClose(try free.numbers("descent/parameters/value.states.table"), [1 - 0.59049], absolute: 1e-6)
    }

    /// In Cart-Pole, with networks and all: before the first step of the optimizer every ratio is 1 to the last bit.
    @Test(arguments: [1, 2]) func theFirstMinibatchIsOnPolicy(_ epochs: Int) throws {
        let world = try CartPole.specification.makeVector(CartPole.specification.settings, lanes: 4)
        var apprentice = try Apprentice(
            PPO.specification, in: world,
            ["n_steps": "32", "batch_size": "128", "n_epochs": "\(epochs)", "learning_rate": "0.01"])
        var found: [Metrics] = []
        for _ in 0..<128 { if let metrics = apprentice.step() { found.append(metrics) } }
        #expect(found.count == 4)
        if epochs == 1 {
            #expect(found.allSatisfy { $0.values[4] == 0 && $0.values[5] == 0 && abs($0.values[1]) < 1e-6 })
        } else {
            #expect(found.allSatisfy { $0.values[4] > 0 }, "the second epoch is not")
        }
    }

    @Test func numbersAreDrawnAndHeldWithinTheirBounds() throws {
        var apprentice = try Apprentice(
            PPO.specification, in: Vector(TargetWorld(), lanes: 4),
            ["n_steps": "16", "batch_size": "64", "n_epochs": "1", "net_arch": "8"])
        var extremes: (Float, Float) = (1, -1), first: Metrics?
        for _ in 0..<64 {
            let metrics = apprentice.step()
            first = first ?? metrics
            for lane in 0..<4 {
                extremes = (min(extremes.0, apprentice.actions.values[lane]), max(extremes.1, apprentice.actions.values[lane]))
            }
        }
        #expect(extremes == (-0.5, 0.5), "a deviation of 1 reaches both bounds")
        let metrics = try #require(first)
        #expect(metrics.values[4] == 0 && metrics.values[5] == 0)
        expectClose([metrics.values[3]], [1.4189385], absolute: 1e-5, "the entropy of N(0, 1)")
    }
}
