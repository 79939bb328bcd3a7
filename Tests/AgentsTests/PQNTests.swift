// PQN's λ-returns and exploration by hand: a linear network of known numbers in a world that counts.
import Agents
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct PQNTests {
    /// Q(s) = s₀ · (1, 2, 3) + (½, ¼, −1), s₀ the number of steps: the best of s₀ = 0, 1, 2 is worth ½, 2¼, 5.
    private func apprentice(_ more: [String: String] = [:]) throws -> Apprentice {
        let settings = [
            "net_arch": "", "n_steps": "2", "batch_size": "2", "n_epochs": "1", "optimizer": "sgd", "learning_rate": "0",
            "learning_rate_final": "-1", "gamma": "0.5", "q_lambda": "0.5", "max_grad_norm": "1000",
        ]
        let apprentice = try Apprentice(
            PQN.specification, in: Vector(CountingWorld(), lanes: 1), settings.merging(more) { $1 })
        try apprentice.replace([
            "descent/parameters/q.head.weight": [1, 2, 3, 0, 0, 0, 0, 0, 0], "descent/parameters/q.head.bias": [0.5, 0.25, -1],
        ])
        return apprentice
    }

    /// The second step pays 2 and leads to s₀ = 2: G₁ = 2 + ½·5 = 4½, G₀ = 1 + ½(½·2¼ + ½·4½) = 2.6875, against Q = 1½ and ½.
    /// Terminated after it: G₁ = 2, G₀ = 1 + ½(½·2¼ + ½·2), against Q(s₁, 1) = 2¼.
    @Test(arguments: [(0, 1.5, 4.5, 2.6875), (1, 2.25, 2, 2.0625), (2, 2, 4.5, 2.6875)] as [(Int32, Float, Float, Float)])
    func lambdaReturnsByHand(_ last: Int32, _ value: Float, _ second: Float, _ first: Float) throws {
        var apprentice = try apprentice()
        #expect(apprentice.step(doing: 0) == nil)
        let metrics = try apprentice.learn(doing: last)
        #expect(metrics.values[0] == ((0.5 - first) * (0.5 - first) + (value - second) * (value - second)) / 2)
        #expect(metrics.values[2] == (0.5 + value) / 2)
    }

    /// λ = 0: G₀ = 1 + ½·2¼; λ = 1: G₀ = 1 + ½·4½.
    @Test(arguments: [("0", 2.125), ("1", 3.25)] as [(String, Float)])
    func theEndsOfLambda(_ lambda: String, _ first: Float) throws {
        var apprentice = try apprentice(["q_lambda": lambda])
        apprentice.step(doing: 0)
        let metrics = try apprentice.learn(doing: 0)
        #expect(metrics.values[0] == ((0.5 - first) * (0.5 - first) + 9) / 2)
    }

    /// An update moves the chosen action's bias by −α·mean 2(Q − G), no other's.
    @Test func oneUpdateByHand() throws {
        var apprentice = try apprentice(["learning_rate": "0.1"])
        apprentice.step(doing: 0)
        apprentice.step(doing: 0)
        expectClose(
            try apprentice.numbers("descent/parameters/q.head.bias"), [0.5 - 0.1 * ((0.5 - 2.6875) + (1.5 - 4.5)), 0.25, -1],
            absolute: 1e-6)
    }

    @Test func exploresAsScheduled() throws {
        var apprentice = try apprentice([
            "exploration_initial_eps": "0.8", "exploration_final_eps": "0.2", "exploration_fraction": "0.5",
        ])
        var found: [Float] = []
        for _ in 0..<1000 { if let metrics = apprentice.step(doing: 1) { found.append(metrics.values[3]) } }
        #expect(found.count == 500)
        expectClose([found[0], found[124], found[400]], [0.8 - 0.6 * 2 / 500, 0.8 - 0.6 * 250 / 500, 0.2], absolute: 1e-6)
    }

    /// Without layer norm the hidden layer's numbers are taken as they are, so the network is another one.
    @Test func layerNormIsAnOption() throws {
        let with = try Apprentice(PQN.specification, in: Vector(CountingWorld(), lanes: 4), ["net_arch": "8"])
        let without = try Apprentice(
            PQN.specification, in: Vector(CountingWorld(), lanes: 4), ["net_arch": "8", "layer_norm": "false"])
        #expect(
            with.archive["descent/parameters/q.norm0.gain"] != nil && without.archive["descent/parameters/q.norm0.gain"] == nil)
    }
}
