// A2C's update by hand, in a world of one state and two actions.
import Agents
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct A2CTests {
    private func bandit(_ more: [String: String] = [:], length: Int = 1, ending: Ending = .terminated) throws -> Apprentice {
        let settings = [
            "net_arch": "", "n_steps": "1", "optimizer": "sgd", "learning_rate": "0.1", "max_grad_norm": "1000", "gamma": "0.5",
        ]
        let apprentice = try Apprentice(
            A2C.specification, in: Vector(PayingWorld([1, 0], length: length, ending: ending), lanes: 1),
            settings.merging(more) { $1 })
        try apprentice.replace([
            "descent/parameters/policy.states.table": [0, 0], "descent/parameters/value.states.table": [0.2],
        ])
        return apprentice
    }

    /// A = 1 − 0.2: logits move by α·A·(½, −½), the value by α·c·2·A with c = ½.
    @Test func oneUpdateByHand() throws {
        var apprentice = try bandit()
        let metrics = try apprentice.learn(doing: 0)
        expectClose(try apprentice.numbers("descent/parameters/policy.states.table"), [0.04, -0.04], absolute: 1e-7)
        expectClose(try apprentice.numbers("descent/parameters/value.states.table"), [0.28], absolute: 1e-7)
        // −A·log ½, A², log 2, and the length of (−0.4, 0.4, −0.8).
        expectClose(
            (1..<5).map { metrics.values[$0] }, [0.8 * 0.6931472, 0.64, 0.6931472, (0.32 + 0.64).squareRoot()], absolute: 1e-6)
    }

    /// Where the episode is cut the future counts: G = 1 + ½ · 0.2; inside a longer one it does too.
    @Test(arguments: [(1, .truncated, 1.1), (1, .terminated, 1.0), (2, .terminated, 1.1)] as [(Int, Ending, Double)])
    func theFutureIsWorthNothingOnlyAfterATermination(_ length: Int, _ ending: Ending, _ target: Double) throws {
        var apprentice = try bandit(length: length, ending: ending)
        let metrics = try apprentice.learn(doing: 0)
        expectClose([metrics.values[2]], [(target - 0.2) * (target - 0.2)], absolute: 1e-6)
    }

    /// Two steps, λ = 1: G₀ = 1 + ½ · 0 + ¼ · 0.2, G₁ = 0 + ½ · 0.2.
    @Test func severalStepsAtOnce() throws {
        var apprentice = try bandit(["n_steps": "2"], length: 10)
        #expect(apprentice.step(doing: 0) == nil)
        let metrics = try apprentice.learn(doing: 1)
        let errors = [1.05 - 0.2, 0.1 - 0.2]
        expectClose([metrics.values[2]], [(errors[0] * errors[0] + errors[1] * errors[1]) / 2], absolute: 1e-6)
    }

    /// The entropy pulls uneven logits together: β·∂H/∂l with H = −Σ p·log p.
    @Test func theEntropyWidensThePolicy() throws {
        var apprentice = try bandit(["ent_coef": "1", "vf_coef": "0"])
        try apprentice.replace(["descent/parameters/policy.states.table": [1, 0], "descent/parameters/value.states.table": [1]])
        apprentice.step(doing: 0)
        // A = 0. p = 0.7310586: ∂H/∂l₀ = −p(1 − p)·log(p/(1 − p)) = −0.1966119.
        expectClose(
            try apprentice.numbers("descent/parameters/policy.states.table"), [1 - 0.01966119, 0.01966119], absolute: 1e-6)
    }
}
