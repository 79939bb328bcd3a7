// REINFORCE's gradient by hand on a bandit of two arms, its baselines, and which episodes it learns from.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct REINFORCETests {
    private static let plain = [
        "net_arch": "", "n_episodes": "1", "optimizer": "sgd", "learning_rate": "0.1", "max_grad_norm": "1000", "gamma": "0.5",
        "baseline": "none",
    ]
    private func bandit(
        _ more: [String: String] = [:], pay: [Float] = [1, 0], length: Int = 1, ending: Ending = .terminated
    ) throws -> Apprentice {
        let apprentice = try Apprentice(
            REINFORCE.specification, in: Vector(PayingWorld(pay, length: length, ending: ending), lanes: 1),
            Self.plain.merging(more) { $1 })
        try apprentice.replace([
            "descent/parameters/policy.states.table": [0, 0], "descent/parameters/value.states.table": [0.25],
        ])
        return apprentice
    }
    private func logits(_ apprentice: Apprentice) throws -> [Float] {
        try apprentice.numbers("descent/parameters/policy.states.table")
    }

    /// θ ← θ + α·R·∇log π(a), ∇log π(0) = (1 − π₀, −π₁) = (½, −½); an arm that pays nothing moves nothing.
    @Test(arguments: [(Int32(0), [0.15, -0.15]), (1, [0.0, 0.0])] as [(Int32, [Double])])
    func theGradientByHand(_ arm: Int32, _ expected: [Double]) throws {
        var apprentice = try bandit(pay: [3, 0])
        let metrics = try apprentice.learn(doing: arm)
        expectClose(try logits(apprentice), expected, absolute: 1e-7)
        expectClose([metrics.values[5]], [arm == 0 ? 3 : 0], absolute: 0, "the mean weight")
    }

    /// Three steps of which the first two pay: returns from each on are 1 + ½, 1, 0; the whole episode's is 1½ for all. The last action
    /// is the other arm, whose ∇log π has the other sign: 1½ + 1 − 0, and 1½ + 1½ − 1½.
    @Test(arguments: [(true, 2.5 / 3), (false, 1.5 / 3)] as [(Bool, Double)])
    func anActionIsCreditedWithWhatFollows(_ rewardToGo: Bool, _ sum: Double) throws {
        var apprentice = try bandit(["reward_to_go": "\(rewardToGo)"], length: 3)
        for choice: Int32 in [0, 0] { #expect(apprentice.step(doing: choice) == nil) }
        #expect(apprentice.step(doing: 1) != nil)
        expectClose(try logits(apprentice), [0.1 * 0.5 * sum, -0.1 * 0.5 * sum], absolute: 1e-6)
    }

    /// The first update has no average yet; the second takes away 3, the third ½·3 + ½·1.
    @Test func theMovingAverageByHand() throws {
        var apprentice = try bandit(["baseline": "moving_average", "baseline_decay": "0.5", "learning_rate": "0"], pay: [3, 1])
        var baselines: [Float] = []
        for arm in [Int32(0), 1, 1] { baselines.append(try apprentice.learn(doing: arm).values[6]) }
        #expect(baselines == [0, 3, 2])
    }

    /// w − V = 1 − ¼; the value moves towards the return by α·c·2·(1 − ¼).
    @Test func theLearnedBaselineByHand() throws {
        var apprentice = try bandit(["baseline": "value"])
        apprentice.step(doing: 0)
        expectClose(try logits(apprentice), [0.1 * 0.75 * 0.5, -0.1 * 0.75 * 0.5], absolute: 1e-7)
        expectClose(try apprentice.numbers("descent/parameters/value.states.table"), [0.25 + 0.1 * 0.75], absolute: 1e-7)
    }

    /// An episode that was cut goes on with the value of its last view, one that ended does not.
    @Test(arguments: [(.truncated, 1.125), (.terminated, 1)] as [(Ending, Double)])
    func aTruncatedReturnIsContinuedByTheValue(_ ending: Ending, _ weight: Double) throws {
        var apprentice = try bandit(["baseline": "value"], ending: ending)
        let metrics = try apprentice.learn(doing: 0)
        expectClose([metrics.values[5]], [weight], absolute: 1e-7)
    }

    /// Two lanes whose episodes end apart: each gives one, the quick lane's later ones are not taken.
    @Test func everyLaneGivesAsManyEpisodes() throws {
        var apprentice = try Apprentice(
            REINFORCE.specification, in: Vector(CountingWorld(), lanes: 2),
            Self.plain.merging(["n_episodes": "2", "gamma": "1"]) { $1 })
        // Lane 0 ends at steps 1 and 2, lane 1 at step 3: rewards 1 and 1 + 2 + 3, returns to go 1 and 6, 5, 3.
        var found: [Metrics?] = []
        for choices in [[Int32(1), 0], [1, 0], [0, 1]] {
            apprentice.agent.act(into: apprentice.actions, using: &apprentice.acting)
            apprentice.actions.indices.copy(from: choices)
            apprentice.batch = apprentice.vector.step(apprentice.actions)
            apprentice.agent.remember(apprentice.actions, apprentice.batch)
            found.append(try apprentice.agent.learn(using: &apprentice.sampling))
        }
        #expect(found[0] == nil && found[1] == nil)
        #expect(try #require(found[2]).values[5] == (1 + 6 + 5 + 3) / 4)
    }
}
