// DQN's additions by hand: one transition or two in memory, one update, numbers that can be checked on paper.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@testable import Agents

extension DQNTests {
    @Suite struct Additions {
        private static let plain = [
            "net_arch": "", "buffer_size": "1", "batch_size": "1", "train_freq": "1", "learning_starts": "0", "optimizer": "sgd",
            "learning_rate": "0.1", "gamma": "0.5", "target_update_interval": "1000000", "max_grad_norm": "1000",
        ]
        private func apprentice(
            _ settings: [String: String], _ tensors: [String: [Float]], seed: UInt64 = 0
        ) throws -> Apprentice {
            let all = Self.plain.merging(settings) { $1 }
            let apprentice = try Apprentice(in: Vector(CountingWorld(), lanes: 1), seed: seed, all)
            try apprentice.replace(tensors)
            return apprentice
        }
        private func close(_ a: [Float], _ b: [Float]) -> Bool {
            a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 }
        }

        /// Rewards are 1, 2, 3, Q(s)₀ = s₀ + ½ and Q(s)₁ = 2s₀ + ¼, Q⁻(s) = (10, −20, 5)·s₀ + (0, 0, 1), γ = ½, three steps.
        ///
        /// Going on: 1 + 2/2 + 3/4 + 30/8. Ended at the second step: 1 + 2/2 and 2; cut short there, each with γᵏ · 20 more.
        @Test(arguments: [
            ([Int32(0), 0, 0], [Float(0.5): Float(6.5)]), ([0, 1], [0.5: 2, 2.25: 2]), ([0, 2], [0.5: 7, 0: 12]),
        ])
        func severalSteps(_ doing: [Int32], _ targets: [Float: Float]) throws {
            var met: Set<Float> = []
            for seed in 0..<20 as Range<UInt64> {
                var apprentice = try apprentice(
                    ["n_steps": "3", "loss": "mse", "learning_rate": "0"],
                    [
                        "descent/parameters/q.0.weight": [1, 2, 0, 0, 0, 0, 0, 0, 0],
                        "descent/parameters/q.0.bias": [0.5, 0.25, 0],
                        "target/q.0.weight": [10, -20, 5, 0, 0, 0, 0, 0, 0], "target/q.0.bias": [0, 0, 1],
                    ], seed: seed)
                var metrics: Metrics?
                for (step, action) in doing.enumerated() {
                    metrics = apprentice.step(doing: action)
                    #expect((metrics != nil) == (step == doing.count - 1), "step \(step) of \(doing)")
                }
                let found = try #require(metrics)
                let value = found.values[2]
                let target = try #require(targets[value])
                #expect(found.values[0] == (value - target) * (value - target))
                met.insert(value)
            }
            #expect(met == Set(targets.keys))
        }

        /// Returns −4, 0 and 4. θ⁻ gives action 1 the return 4 for sure, so T z = 1 + 4/2 = 3, a quarter of it at 0, the rest at 4.
        ///
        /// Q(s, 0) is uniform: the loss is log 3, its slope by the logits (1/3, 1/3 − 1/4, 1/3 − 3/4).
        @Test func probabilitiesOfReturns() throws {
            var apprentice = try apprentice(
                ["distribution": "c51", "atoms": "3", "v_min": "-4", "v_max": "4"],
                [
                    "descent/parameters/q.0.weight": Array(repeating: 0, count: 27),
                    "descent/parameters/q.0.bias": Array(repeating: 0, count: 9),
                    "target/q.0.weight": Array(repeating: 0, count: 27),
                    "target/q.0.bias": [0, 0, 0, -50, -50, 50, 50, -50, -50],
                ])
            let result = apprentice.step(doing: 0)
            let metrics = try #require(result)
            #expect(abs(metrics.values[0] - 1.0986123) < 1e-5)
            #expect(metrics.values[2] == 0)
            #expect(
                close(
                    try apprentice.numbers("descent/parameters/q.0.bias"), [-0.1 / 3, -0.1 / 12, 0.1 * 5 / 12, 0, 0, 0, 0, 0, 0]))
        }

        /// θ⁻ gives action 2 the quantiles 2 and 6, so the targets are 2 and 4; Q(s, 0) has 0 and 5, at τ̂ = ¼ and ¾.
        ///
        /// ¼ · mean(1½, 3½) + ¼ · mean(2½, ½) = 1; the lower quantile is pulled up by ¼, the upper down by as much.
        @Test func quantilesOfReturns() throws {
            var apprentice = try apprentice(
                ["distribution": "quantile", "atoms": "2"],
                [
                    "descent/parameters/q.0.weight": Array(repeating: 0, count: 18),
                    "descent/parameters/q.0.bias": [0, 5, 0, 0, 0, 0],
                    "target/q.0.weight": Array(repeating: 0, count: 18), "target/q.0.bias": [3, 3, -9, 9, 2, 6],
                ])
            let result = apprentice.step(doing: 0)
            let metrics = try #require(result)
            #expect(abs(metrics.values[0] - 1) < 1e-6 && metrics.values[2] == 2.5)
            #expect(close(try apprentice.numbers("descent/parameters/q.0.bias"), [0.025, 4.975, 0, 0, 0, 0]))
        }

        /// Q = V + A − mean A = 7 + (1, 2, 6) − 3: the target's best is 10, y = 1 + 10/2.
        @Test func duellingHeads() throws {
            var apprentice = try apprentice(
                ["dueling": "true", "loss": "mse"],
                [
                    "descent/parameters/q.advantage.weight": Array(repeating: 0, count: 9),
                    "descent/parameters/q.advantage.bias": [0, 0, 0],
                    "descent/parameters/q.value.weight": [0, 0, 0], "descent/parameters/q.value.bias": [2],
                    "target/q.advantage.weight": Array(repeating: 0, count: 9), "target/q.advantage.bias": [1, 2, 6],
                    "target/q.value.weight": [0, 0, 0], "target/q.value.bias": [7],
                ])
            let result = apprentice.step(doing: 0)
            let metrics = try #require(result)
            #expect(metrics.values[0] == 16 && metrics.values[2] == 2)
            // dL/dQ = 2 (2 − 6) = −8: all of it to V, and to the advantages as (1 − 1/3, −1/3, −1/3).
            #expect(close(try apprentice.numbers("descent/parameters/q.value.bias"), [2.8]))
            #expect(close(try apprentice.numbers("descent/parameters/q.advantage.bias"), [0.8 * 2 / 3, -0.8 / 3, -0.8 / 3]))
        }

        /// |Q − y| + ε, to the power α: ½ against 1 + 10/2.
        @Test func errorsBecomePriorities() throws {
            var apprentice = try apprentice(
                ["prioritized": "true", "priority_alpha": "0.5", "priority_epsilon": "0.75"],
                [
                    "descent/parameters/q.0.weight": Array(repeating: 0, count: 9), "descent/parameters/q.0.bias": [0.5, 0, 0],
                    "target/q.0.weight": Array(repeating: 0, count: 9), "target/q.0.bias": [10, 0, 0],
                ])
            #expect(apprentice.agent.metricNames.last == "priority_beta")
            let result = apprentice.step(doing: 0)
            #expect(abs(try #require(result).values[5] - 0.4006) < 1e-6)
            let priorities = try apprentice.archive.doubles("memory/priorities").filter { $0 > 0 }
            #expect(priorities.count == 1 && abs(priorities[0] - 2.5) < 1e-5)
        }

        /// With σ₀ = 1 and an update that changes nothing, the loss of the same transition still differs from update to update.
        @Test func noiseIsDrawnForEachUpdateAndEachStep() throws {
            let settings = [
                "noisy": "true", "noisy_sigma": "1", "learning_rate": "0", "exploration_initial_eps": "0",
                "exploration_final_eps": "0", "gradient_steps": "1",
            ]
            var apprentice = try Apprentice(in: Vector(CountingWorld(), lanes: 1), Self.plain.merging(settings) { $1 })
            var values: Set<Float> = [], chosen: Set<Int32> = []
            let policy = apprentice.agent.makePolicy()
            let greedy = Actions(lanes: 1, space: .discrete(3))
            var judged: Set<Int32> = []
            let view = RowStorage(count: 1, space: CountingWorld().observationSpace)
            for _ in 0..<60 {
                if let metrics = apprentice.step() { values.insert(metrics.values[2]) }
                chosen.insert(apprentice.actions.indices[0])
                policy.act(on: view.rows, into: greedy, mode: .greedy, using: &apprentice.acting)
                judged.insert(greedy.indices[0])
            }
            #expect(values.count == 60 && chosen.count == 3 && judged.count == 1)

            var still = try Apprentice(
                in: Vector(CountingWorld(), lanes: 1), Self.plain.merging(settings) { $1 }.merging(["noisy": "false"]) { $1 })
            still.steps(60)
            var steady: Set<Int32> = []
            for _ in 0..<20 {
                still.step()
                steady.insert(still.actions.indices[0])
            }
            #expect(steady.count == 1)
        }

        @Test func whatExcludesEachOtherIsSaid() {
            func sentence(_ settings: [String: String], seeing space: Space = CountingWorld().observationSpace) -> String {
                do {
                    var chosen = DQN.specification.settings
                    for (key, text) in settings { try chosen.set(key, parsing: text, from: "the test") }
                    let context = AgentContext(
                        observationSpace: space, actionSpace: .discrete(3), lanes: 1, steps: 100, random: RandomSource(seed: 0))
                    _ = try DQN.specification.makeAgent(context, chosen)
                    return "nothing"
                } catch {
                    return "\(error)"
                }
            }
            let screen = Space.bytes(.image(height: 84, width: 84, channels: 4), stack: 4)
            #expect(sentence(["distribution": "c51", "v_min": "3", "v_max": "3"]).contains("v_max must be above v_min"))
            #expect(sentence(["distribution": "quantile", "loss": "mse"]).contains("leave loss at huber"))
            #expect(sentence(["memory_bits": "true"]).contains("pictures"))
            #expect(sentence(["atoms": "1"]).contains("from 2 to 1000"))
            #expect(sentence(["noisy": "true", "net_arch": ""], seeing: .discrete(4)).contains("needs a hidden layer"))
            #expect(sentence(["noisy": "true", "net_arch": ""]) == "nothing")
            // 84 · 84 bytes a frame and 10 more a slot: 706,600,000,000 bytes, whatever the machine.
            let refusal = sentence(["buffer_size": "100000000"], seeing: screen)
            #expect(refusal.contains("takes 658.0 GiB") && refusal.contains("set buffer_size to"), "\(refusal)")
        }

        /// Nine tenths of the machine are the limit, and the size that is named fits.
        @Test func theMemoryThatIsNamedFits() throws {
            let space = Space.bytes(.image(height: 84, width: 84, channels: 4), stack: 4)
            func plan(_ capacity: Int) -> ReplayMemory.Plan {
                ReplayMemory.Plan(capacity: capacity, lanes: 1, space: space, discount: 1, batchSize: 32)
            }
            let bytes = plan(10_000).byteCount
            #expect(throws: Never.self) { try plan(10_000).checkFit(in: bytes / 9 * 10 + 20) }
            let error = #expect(throws: SettingError.self) { try plan(10_000).checkFit(in: bytes) }
            let number = try #require(error?.description.split(separator: " ").dropLast(2).last.flatMap { Int($0) })
            #expect(error?.key == "buffer_size" && number > 8900 && number < 9000)
            #expect(throws: Never.self) { try plan(number).checkFit(in: bytes) }
        }
    }
}
