// One-step actor-critic and AC(λ) by hand, in a world of one state and two actions.
import Agents
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct ActorCriticTests {
    private func bandit(
        _ algorithm: AlgorithmSpecification, _ more: [String: String], length: Int = 1, ending: Ending = .terminated
    ) throws -> Apprentice {
        let settings = ["net_arch": "", "learning_rate": "0.1", "gamma": "0.5"]
        let apprentice = try Apprentice(
            algorithm, in: Vector(PayingWorld([1, 0], length: length, ending: ending), lanes: 1), settings.merging(more) { $1 })
        // AC(λ) takes its own steps, without an optimizer.
        let place = algorithm.name == "ac-lambda" ? "parameters" : "descent/parameters"
        try apprentice.replace(["\(place)/policy.states.table": [0, 0], "\(place)/value.states.table": [0.4]])
        return apprentice
    }
    private static let descent = ["optimizer": "sgd", "max_grad_norm": "1000"]

    /// δ = 1 − 0.4, or 1 + ½ · 0.4 − 0.4 while the episode goes on or is cut: logits move by α·δ·(½, −½), the value by α·δ.
    @Test(arguments: [(1, .terminated, 0.6), (1, .truncated, 0.8), (2, .terminated, 0.8)] as [(Int, Ending, Double)])
    func oneStepByHand(_ length: Int, _ ending: Ending, _ error: Double) throws {
        var apprentice = try bandit(ActorCritic.specification, Self.descent, length: length, ending: ending)
        let metrics = try apprentice.learn(doing: 0)
        expectClose([metrics.values[2]], [error * error], absolute: 1e-6)
        expectClose(
            try apprentice.numbers("descent/parameters/policy.states.table"), [0.05 * error, -0.05 * error], absolute: 1e-7)
        expectClose(try apprentice.numbers("descent/parameters/value.states.table"), [0.4 + 0.1 * error], absolute: 1e-7)
    }

    /// e = ∇V + ½·∇log(π + 10⁻⁴): 1 for the value, ½·(½/0.5001)·½ for the chosen logit; then γλ = ¼ of it stays. The learning rate is
    /// 0, so that both steps see the same policy.
    @Test func tracesByHand() throws {
        var apprentice = try bandit(
            ActorCriticLambda.specification, ["lambda": "0.5", "learning_rate": "0"], length: 3)
        apprentice.step(doing: 0)
        let logit = 0.5 * 0.5 / 0.5001 * 0.5
        expectClose(try traces(apprentice), [logit, -logit, 1], absolute: 1e-6)
        apprentice.step(doing: 1)
        expectClose(try traces(apprentice), [logit / 4 - logit, logit - logit / 4, 1.25], absolute: 1e-6)
        apprentice.step(doing: 0)
        expectClose(try traces(apprentice), [0, 0, 0], absolute: 0, "an episode ends, and with it what was eligible")
    }
    /// Of the two logits and the value, which begin at multiples of sixteen.
    private func traces(_ apprentice: Apprentice) throws -> [Float] {
        let all = try apprentice.numbers("traces")
        return [all[0], all[1], all[16]]
    }

    /// With ρ = 0 a step is α·u/√(u² + ε); u = δ·e. For the value: δ = 0.6, e = 1, ε = 1.
    @Test func theNormalisedStepByHand() throws {
        var apprentice = try bandit(
            ActorCriticLambda.specification, ["rms_decay": "0", "rms_epsilon": "1", "ent_coef": "0"])
        let metrics = try apprentice.learn(doing: 0)
        expectClose([metrics.values[1]], [0.6], absolute: 1e-6)
        expectClose(
            try apprentice.numbers("parameters/value.states.table"), [0.4 + 0.1 * 0.6 / 1.36.squareRoot()], absolute: 1e-6)
    }

    /// An average that has seen one number is that number: the first step does not depend on ρ.
    @Test func theAverageIsCorrectedForItsYouth() throws {
        var quick = try bandit(ActorCriticLambda.specification, ["rms_decay": "0", "rms_epsilon": "1"])
        var slow = try bandit(ActorCriticLambda.specification, ["rms_decay": "0.9", "rms_epsilon": "1"])
        quick.step(doing: 0)
        slow.step(doing: 0)
        let expected = try quick.numbers("parameters/value.states.table").map { Double($0) }
        expectClose(try slow.numbers("parameters/value.states.table"), expected, absolute: 1e-6)
    }

    /// The entropy of uneven choices grows though nothing is paid: β·∂H/∂l = ±0.1966119 at logits 1 and 0.
    @Test func theEntropyTakesPart() throws {
        var apprentice = try bandit(
            ActorCriticLambda.specification, ["rms_decay": "0", "rms_epsilon": "1", "ent_coef": "1"])
        try apprentice.replace(["parameters/policy.states.table": [1, 0], "parameters/value.states.table": [0]])
        // Arm 1 pays nothing, and V is 0: δ = 0.
        apprentice.step(doing: 1)
        let step = 0.1 * 0.1966119 / (1 + 0.1966119 * 0.1966119).squareRoot()
        expectClose(try apprentice.numbers("parameters/policy.states.table"), [1 - step, step], absolute: 1e-6)
    }
}
