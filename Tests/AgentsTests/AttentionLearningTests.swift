// The identity probe as a picture: a network that has learned where to look is seen looking there, and one that has not is not.
import Basics
import Kernels
import Neural
import RLCore
import Testing

@testable import Agents

@Suite struct AttentionLearningTests {
    /// 6 by 6 pixels of noise, each set or not with chance ½; the one in row 2, column 4 of channel 0 is the number to name.
    private static let space = Space.bytes(.image(height: 6, width: 6, channels: 2), stack: 1)
    private static let place = 2 * 6 + 4

    /// Mean over pictures of the share of attention that lies on the pixel that matters.
    private func share(of policy: QPolicy, pictures: Int = 50) throws -> Double {
        let storage = RowStorage(count: 1, space: Self.space)
        var random = RandomSource(seed: 99), sum = 0.0
        for _ in 0..<pictures {
            for i in 0..<72 { storage.rows.bytes[i] = UInt8(random.below(2)) }
            let attention = try #require(policy.insight(into: storage.rows, row: 0, attention: true)?.attention).values
            sum += Double(attention[Self.place] / attention.reduce(0, +))
        }
        return sum / Double(pictures)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func nineTenthsOfItLieOnTheTrueInput(_ seed: UInt64) throws {
        let store = ParameterStore()
        var random = RandomSource(seed: seed)
        let plan = QNetwork.Plan(hidden: [16], actions: 2)
        let network = QNetwork("q", Self.space, plan, in: store, using: &random)
        let policy = QPolicy(network, store, observationSpace: Self.space, actionCount: 2, lanes: 1)
        #expect(try share(of: policy) < 0.3, "first weights look everywhere")

        // Q(s, a) is what naming a pays: 1 for the number that is shown, else 0. Every batch is new.
        let rows = 64
        let learner = QLearner(network, store, plan, observationSpace: Self.space, rows: rows, huber: false, weighted: false)
        let optimizer: any Optimizer = Adam(for: store)
        let updates = 4000
        for update in 0..<updates {
            for row in 0..<rows {
                for i in 0..<72 { learner.observation.rows.bytes[row * 72 + i] = UInt8(random.next32() & 1) }
                let action = random.below(2), shown = Int(learner.observation.rows.bytes[row * 72 + Self.place * 2])
                learner.action.rows[row] = Float(action)
                learner.target.rows[row] = action == shown ? 1 : 0
            }
            _ = learner.gradients(using: &random)
            optimizer.apply(to: store, learningRate: 3e-3 * (1 - Float(update) / Float(updates)))
        }
        let found = try share(of: policy)
        #expect(found >= 0.9, "\(found) of the attention lies on the true input")
    }
}
