// What policies say when they are asked: the numbers they decide by, what they see, what they look at; and that asking changes nothing.
import Basics
import Environments
import Kernels
import Neural
import RLCore
import TestSupport
import Testing

@testable import Agents

@Suite struct InsightTests {
    private static func world(_ name: String, lanes: Int = 1) throws -> any VectorEnvironment {
        let specification = try EnvironmentCatalogue.builtIn[name]
        return try specification.makeVector(specification.settings, lanes: lanes)
    }
    /// With first weights; planners as they solve `name`.
    private static func policy(
        _ algorithm: String, in name: String, _ settings: [String: String] = [:], lanes: Int = 1
    ) throws -> any Policy {
        let specification = try AlgorithmCatalogue.builtIn[algorithm], vector = try world(name)
        var chosen = specification.settings
        for (key, text) in settings { try chosen.set(key, parsing: text, from: "the test") }
        let environment = try EnvironmentCatalogue.builtIn[name]
        let context = AgentContext(
            observationSpace: vector.observationSpace, actionSpace: vector.actionSpace, lanes: lanes, steps: 1000,
            random: RandomSource(seed: 3), model: try environment.makeModel(environment.settings))
        return specification.needsModel
            ? try specification.makeAgent(context, chosen).makePolicy() : try specification.makePolicy(context, chosen)
    }
    /// Rows that chance led to.
    private static func rows(of name: String, lanes: Int = 3, after steps: Int = 6) throws -> RowStorage {
        let vector = try world(name, lanes: lanes), actions = Actions(lanes: lanes, space: try world(name).actionSpace)
        var random = RandomSource(seed: 8), batch = vector.reset(seed: 8)
        for _ in 0..<steps {
            actions.drawAll(from: vector.actionSpace, using: &random)
            batch = vector.step(actions)
        }
        let storage = RowStorage(count: lanes, space: vector.observationSpace)
        storage.rows.copy(from: batch.observations)
        return storage
    }

    @Test(
        arguments: [
            ("dqn", "cartpole", [:]), ("rainbow", "cartpole", ["atoms": "7"]), ("dqn", "breakout", ["distribution": "quantile"]),
            ("pqn", "breakout", [:]), ("dqn", "frozenlake", [:]), ("q-learning", "frozenlake", [:]),
            ("value-iteration", "frozenlake", [:]),
        ] as [(String, String, [String: String])])
    func actionValues(_ algorithm: String, _ world: String, _ settings: [String: String]) throws {
        let policy = try Self.policy(algorithm, in: world, settings), storage = try Self.rows(of: world)
        let all = try #require(policy as? any ActionValuing).actionValues(of: storage.rows)
        let count = all.count / 3
        for row in 0..<3 {
            let insight = try #require(policy.insight(into: storage.rows, row: row, attention: false))
            let own = Array(all[row * count..<(row + 1) * count])
            #expect(insight.scores == .values(own) && insight.value == own.max())
        }
    }

    /// Logits log 3 and 0 are ¾ and ¼.
    @Test(arguments: ["a2c", "ppo", "actor-critic", "ac-lambda", "reinforce"])
    func probabilitiesAndTheValue(_ algorithm: String) throws {
        let specification = try AlgorithmCatalogue.builtIn[algorithm]
        let lanes = specification.defaultLanes
        let settings = ["net_arch": ""]
        let apprentice = try Apprentice(
            specification, in: Vector(PayingWorld([1, 0], length: 1, ending: .terminated), lanes: lanes), settings)
        // AC(λ) takes its own steps, without an optimizer.
        let place = algorithm == "ac-lambda" ? "parameters" : "descent/parameters"
        try apprentice.replace(["\(place)/policy.states.table": [1.0986123, 0], "\(place)/value.states.table": [0.4]])
        let insight = try #require(
            apprentice.agent.makePolicy().insight(into: apprentice.batch.observations, row: 0, attention: true))
        guard case .probabilities(let found) = insight.scores else { throw Unexpected(insight: insight) }
        expectClose(found.map { Float($0) }, [0.75, 0.25], absolute: 1e-6)
        expectClose([Float(insight.value ?? .nan)], [0.4], absolute: 1e-6)
        #expect(insight.planes.isEmpty && insight.attention == nil)
    }
    private struct Unexpected: Error { let insight: Insight? }

    @Test func aPolicyWithoutAValueTellsNone() throws {
        let policy = try Self.policy("reinforce", in: "cartpole", ["baseline": "none"]), storage = try Self.rows(of: "cartpole")
        let insight = try #require(policy.insight(into: storage.rows, row: 0, attention: false))
        guard case .probabilities(let found) = insight.scores else { throw Unexpected(insight: insight) }
        #expect(insight.value == nil && abs(found.reduce(0, +) - 1) < 1e-12)
    }

    /// The greedy action is the mean, and a Gaussian's deviation begins at 1.
    @Test func meansAndDeviations() throws {
        let policy = try Self.policy("ppo", in: "pendulum"), storage = try Self.rows(of: "pendulum")
        let actions = Actions(lanes: 3, space: try Self.world("pendulum").actionSpace)
        var sources = [RandomSource](repeating: RandomSource(seed: 0), count: 3)
        policy.begin(lanes: 3)
        policy.act(on: storage.rows, into: actions, mode: .greedy, using: &sources)
        for row in 0..<3 {
            let insight = try #require(policy.insight(into: storage.rows, row: row, attention: true))
            #expect(insight.scores == .normal(means: [Double(actions.values[row])], deviations: [1]))
            #expect(insight.value != nil)
        }
    }

    @Test func controlsAreSureOrUniform() throws {
        let space = Space.discrete(4), storage = RowStorage(count: 2, space: .discrete(3))
        let scripted = try ScriptedPolicy([1, 3], actionCount: 4)
        let actions = Actions(lanes: 2, space: space)
        var sources = [RandomSource](repeating: RandomSource(seed: 0), count: 2)
        scripted.begin(lanes: 2)
        func scores(_ policy: any Policy, row: Int = 1) -> Insight.Scores? {
            policy.insight(into: storage.rows, row: row, attention: false)?.scores
        }
        #expect(scores(scripted) == .probabilities([0, 1, 0, 0]))
        scripted.act(on: storage.rows, into: actions, mode: .greedy, using: &sources)
        scripted.ended(lane: 0)
        #expect(scores(scripted) == .probabilities([0, 0, 0, 1]) && scores(scripted, row: 0) == .probabilities([0, 1, 0, 0]))
        #expect(scores(try ConstantPolicy(action: 2, actionSpace: space)) == .probabilities([0, 0, 1, 0]))
        #expect(scores(RandomPolicy(actionSpace: space)) == .probabilities([0.25, 0.25, 0.25, 0.25]))
        let box = Space.box(.vector(1), low: [-1], high: [1])
        #expect(scores(RandomPolicy(actionSpace: box)) == nil)
        #expect(scores(try ConstantPolicy(action: 0.5, actionSpace: box)) == nil)
    }

    /// Every algorithm in every kind of world that it fits: the same actions whether it is asked at each step or never.
    @Test(arguments: AlgorithmCatalogue.builtIn.all.map(\.name), ["frozenlake", "cartpole", "breakout", "pendulum"])
    func askingChangesNothing(_ algorithm: String, _ name: String) throws {
        let specification = try AlgorithmCatalogue.builtIn[algorithm], vector = try Self.world(name, lanes: 2)
        let hasModel = try EnvironmentCatalogue.builtIn[name].hasModel
        guard
            specification.objection(observations: vector.observationSpace, actions: vector.actionSpace, hasModel: hasModel) == nil
        else { return }
        var drawn: [[UInt64]] = []
        func play(asking: Bool, _ mode: Mode) throws -> [Float] {
            let settings = algorithm == "scripted" ? ["script": "0,1,1"] : [:]
            let policy = try Self.policy(algorithm, in: name, settings), actions = Actions(lanes: 2, space: vector.actionSpace)
            var sources = [RandomSource(seed: 1), RandomSource(seed: 2)], taken: [Float] = []
            policy.begin(lanes: 2)
            var batch = vector.reset(seed: 4)
            for step in 0..<12 {
                if asking {
                    for row in 0..<2 { _ = policy.insight(into: batch.observations, row: row, attention: step % 2 == 0) }
                }
                policy.act(on: batch.observations, into: actions, mode: mode, using: &sources)
                taken += actions.indices.array.map { Float($0) } + actions.values.array
                if asking { _ = policy.insight(into: batch.observations, row: 1, attention: true) }
                batch = vector.step(actions)
                for lane in 0..<2 where batch.ending(of: lane) != .running { policy.ended(lane: lane) }
            }
            drawn = sources.map(\.words)
            return taken
        }
        for mode in [Mode.sampled, .epsilon(0.5)] {
            let asked = try play(asking: true, mode), sources = drawn
            #expect(try asked == play(asking: false, mode) && sources == drawn)
        }
    }

    /// While the network learns, a lens follows its weights, leaves its gradients alone, and draws no noise.
    @Test func aLensOnALearningNetworkSeesItsWeightsAndNothingElse() throws {
        let space = Space.box(.vector(3), low: [-1, -1, -1], high: [1, 1, 1]), store = ParameterStore()
        var random = RandomSource(seed: 5)
        let network = QNetwork("q", space, .init(hidden: [6], actions: 2, noise: 0.5), in: store, using: &random)
        let policy = QPolicy(
            network, store, returns: .mean, observationSpace: space, actionCount: 2, lanes: 1, mode: .training)
        let storage = RowStorage(count: 1, space: space)
        storage.rows.floats.copy(from: [0.3, -0.2, 0.9])
        store.gradients.fill(7)
        let before = try #require(policy.insight(into: storage.rows, row: 0, attention: true))
        let lens = policy.makeLens()
        lens.show(storage.rows, row: 0)
        #expect(lens.gradient(ofScores: [1, 0]).contains { $0 != 0 })
        #expect(store.gradients.array.allSatisfy { $0 == 7 })
        for i in 0..<store.count { store.values[i] *= 1.5 }
        let after = try #require(policy.insight(into: storage.rows, row: 0, attention: false))
        #expect(after.scores != before.scores)
        #expect(after == policy.insight(into: storage.rows, row: 0, attention: false), "without noise it says the same twice")
    }

    @Test func planesAreWhatEntersTheNetwork() throws {
        let storage = try Self.rows(of: "breakout"), policy = try Self.policy("dqn", in: "breakout")
        let insight = try #require(policy.insight(into: storage.rows, row: 2, attention: true))
        #expect(insight.planes.map(\.name) == (0..<4).map { "channel \($0)" })
        for (channel, plane) in insight.planes.enumerated() {
            #expect(plane.width == 10 && plane.height == 10)
            #expect(plane.values == (0..<100).map { Float(storage.rows.bytes[800 + $0 * 4 + channel]) })
        }
        #expect(insight.planes.contains { $0.values.contains(1) })
        let names = try EnvironmentCatalogue.builtIn["breakout"].channelNames
        #expect(insight.naming(channels: names).planes.map(\.name) == names && insight.naming(channels: ["one"]) == insight)
    }

    /// Four frames of 256 levels: the oldest first, as numbers up to 1.
    @Test func framesOfAStackAreNamedByTheirAge() throws {
        let space = Space.bytes(.image(height: 40, width: 36, channels: 4), stack: 4), store = ParameterStore()
        var random = RandomSource(seed: 5)
        let network = QNetwork("q", space, .init(hidden: [8], actions: 2), in: store, using: &random)
        let policy = QPolicy(network, store, observationSpace: space, actionCount: 2, lanes: 1)
        let storage = RowStorage(count: 1, space: space)
        for i in 0..<space.shape.count { storage.rows.bytes[i] = UInt8(i % 4 * 51) }
        let insight = try #require(policy.insight(into: storage.rows, row: 0, attention: true))
        #expect(insight.planes.map(\.name) == ["3 steps ago", "2 steps ago", "1 step ago", "now"])
        for (age, plane) in insight.planes.enumerated() {
            #expect(plane.height == 40 && plane.width == 36 && plane.values.allSatisfy { abs($0 - Float(age) * 0.2) < 1e-6 })
        }
        #expect(insight.attention?.values.count == 40 * 36 && insight.attention?.values.contains { $0 > 0 } == true)
    }

    /// Attention is the gradient of the score that is told: by central differences at some inputs, and its largest over the channels.
    @Test(
        arguments: [
            ("dqn", ["activation_fn": "tanh"]), ("dqn", ["activation_fn": "tanh", "dueling": "true"]),
            ("dqn", ["activation_fn": "tanh", "distribution": "c51", "atoms": "5"]),
            ("dqn", ["activation_fn": "tanh", "distribution": "quantile", "atoms": "5"]), ("a2c", [:]),
        ] as [(String, [String: String])])
    func attentionIsTheGradientOfTheChosenScore(_ algorithm: String, _ settings: [String: String]) throws {
        let policy = try Self.policy(algorithm, in: "breakout", settings), storage = try Self.rows(of: "breakout")
        let lens = try #require(policy as? any LensProviding).makeLens()
        let insight = try #require(policy.insight(into: storage.rows, row: 1, attention: true))
        lens.show(storage.rows, row: 1)
        let input = lens.input, chosen = lens.chosen
        func told(_ input: [Float]) -> Double {
            lens.show(input)
            switch lens.insight.scores {
            case .values(let all), .probabilities(let all): return all[chosen]
            default: return .nan
            }
        }
        var slopes: [Int: Double] = [:]
        let step: Float = 1.0 / 16
        for place in stride(from: 3, to: 400, by: 37) {
            var above = input, below = input
            above[place] += step
            below[place] -= step
            slopes[place] = (told(above) - told(below)) / Double(2 * step)
        }
        lens.show(input)
        let gradient = lens.gradient(ofScores: lens.chosenSlopes)
        let size = gradient.map { Double(abs($0)) }.max() ?? 0
        for (place, slope) in slopes { expectClose([gradient[place]], [slope], absolute: 0.02 * size, "at \(place)") }
        #expect(size > 0)
        let attention = try #require(insight.attention)
        #expect(attention.width == 10 && attention.height == 10)
        #expect(attention.values == (0..<100).map { place in (0..<4).map { abs(gradient[place * 4 + $0]) }.max() })
    }

    /// Certain of an action to the last bit of a float, a policy still looks somewhere.
    @Test func certaintyDoesNotBlind() throws {
        let sure = NetworkAnswer.preferences.shownSlopes(of: 0, [60, 0])
        #expect(sure[0] > 0 && sure[1] == -sure[0])
        let even = NetworkAnswer.preferences.shownSlopes(of: 1, [1, 1])
        #expect(even == [-0.25, 0.25])
    }

    @Test func aPreprocessedPolicyThinksOfWhatItIsShown() throws {
        let rules = ["normalize_observation": "true", "net_arch": ""]
        var apprentice = try Apprentice(
            try AlgorithmCatalogue.builtIn["dqn"], in: try Self.world("cartpole"),
            rules.merging(["learning_starts": "1000"]) { $1 })
        apprentice.steps(30)
        let policy = try #require(apprentice.agent.makePolicy() as? PreprocessedPolicy)
        let seen = apprentice.batch.observations
        let shown = policy.shown(seen, row: 0)
        #expect(shown.rows.floats.array != seen.floats.array)
        let base = try #require(policy.base as? any ActionValuing)
        #expect(
            policy.insight(into: seen, row: 0, attention: false)?.scores == .values(base.actionValues(of: shown.rows)))
    }
}

extension NetworkLens {
    fileprivate var insight: Insight { Insight(scores: answer.shown(scores), value: value) }
}
