// DQN's update by hand: linear networks of known numbers, one transition in memory, one update.
import Agents
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

extension DQNTests {
    @Suite struct Targets {
        /// Q(s) = s₀ · (1, 2, 3) + (½, ¼, −1) and Q⁻(s) = s₀ · (10, −20, 5) + (0, 0, 1), s₀ the number of steps.
        private static let tensors: [String: [Float]] = [
            "descent/parameters/q.0.weight": [1, 2, 3, 0, 0, 0, 0, 0, 0], "descent/parameters/q.0.bias": [0.5, 0.25, -1],
            "target/q.0.weight": [10, -20, 5, 0, 0, 0, 0, 0, 0], "target/q.0.bias": [0, 0, 1],
        ]
        private func apprentice(_ more: [String: String] = [:]) throws -> Apprentice {
            var settings = [
                "net_arch": "", "buffer_size": "1", "batch_size": "1", "train_freq": "1", "learning_starts": "0",
                "optimizer": "sgd",
                "learning_rate": "0.1", "loss": "mse", "gamma": "0.5", "target_update_interval": "1000000",
                "max_grad_norm": "1000",
            ]
            settings.merge(more) { $1 }
            let apprentice = try Apprentice(in: Vector(CountingWorld(), lanes: 1), settings)
            try apprentice.replace(Self.tensors)
            return apprentice
        }

        /// The first step pays 1 and leads to s₀ = 1, where Q⁻ = (10, −20, 6) and Q = (1½, 2¼, 2).
        ///
        /// y = 1 + ½ · 10 = 6 going on and truncated, 1 terminated; the double variant values action 1: y = 1 − ½ · 20 = −9.
        @Test(arguments: [
            (Int32(0), false, Float(0.5), Float(6)), (1, false, 0.25, 1), (2, false, -1, 6), (0, true, 0.5, -9),
            (1, true, 0.25, 1),
            (2, true, -1, -9),
        ])
        func targetsByHand(_ action: Int32, _ isDouble: Bool, _ value: Float, _ target: Float) throws {
            var apprentice = try apprentice(["double": "\(isDouble)"])
            let mark = apprentice.batch.observations.floats[1]
            let result = apprentice.step(doing: action)
            let metrics = try #require(result)
            #expect(metrics.values[0] == (value - target) * (value - target))
            // |∇| = 2 |Q − y| · |(s, 1)|, and the first s is (0, mark, 0).
            #expect(abs(metrics.values[1] - 2 * abs(value - target) * (1 + mark * mark).squareRoot()) < 1e-4)
            #expect(metrics.values[2] == value)
            #expect(metrics.values[4] == 0.1)
            // s₀ = 0: the bias of the chosen action moves by −α · 2(Q − y), no other does.
            var expected = try #require(Self.tensors["descent/parameters/q.0.bias"])
            expected[Int(action)] -= 0.1 * 2 * (value - target)
            let found = try apprentice.numbers("descent/parameters/q.0.bias")
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
            #expect(try apprentice.numbers("target/q.0.bias") == Self.tensors["target/q.0.bias"])
        }

        /// |x| − ½ outside of [−1, 1], with slope ±1.
        @Test func hubersLossByHand() throws {
            var apprentice = try apprentice(["loss": "huber"])
            let result = apprentice.step(doing: 0)
            let metrics = try #require(result)
            #expect(metrics.values[0] == 5)
            #expect(abs(try apprentice.numbers("descent/parameters/q.0.bias")[0] - 0.6) < 1e-6)
        }

        @Test func gradientsAreClippedAndTheirNormIsTheUnclipped() throws {
            var free = try apprentice(), clipped = try apprentice(["max_grad_norm": "2"])
            let freely = free.step(doing: 0), scaled = clipped.step(doing: 0)
            let norm = try #require(freely).values[1]
            #expect(try #require(scaled).values[1] == norm)
            let long = try free.numbers("descent/parameters/q.0.bias")[0] - 0.5,
                short = try clipped.numbers("descent/parameters/q.0.bias")[0] - 0.5
            #expect(abs(short - long * 2 / norm) < 1e-6)
        }

        @Test(arguments: [(1.0, [Float(0.5), 0.25, -1]), (0.25, [Float(0.125), 0.0625, 0.5])] as [(Double, [Float])])
        func theTargetFollows(_ tau: Double, _ expected: [Float]) throws {
            var apprentice = try apprentice(
                ["tau": "\(tau)", "target_update_interval": "3", "learning_starts": "1000"])
            for step in 1...3 {
                let before = try #require(Self.tensors["target/q.0.bias"])
                #expect(try apprentice.numbers("target/q.0.bias") == before, "before step \(step)")
                apprentice.step(doing: 0)
            }
            #expect(try apprentice.numbers("target/q.0.bias") == expected)
            #expect(try apprentice.numbers("descent/parameters/q.0.bias") == Self.tensors["descent/parameters/q.0.bias"])
        }
    }
}
