import Basics
import Kernels
import Testing

@Suite("Bellman sweeps")
struct BellmanSweepTests {
    /// A random model; its arrays live as long as it does.
    struct RandomModel {
        let offsets: Storage<Int32>, next: Storage<Int32>, weights: Storage<Double>, rewards: Storage<Double>
        let flat: SweepModel

        /// Up to `outcomes` of each pair; exactly one where that is 1.
        init(states: Int, actions: Int, outcomes: Int, seed: UInt64) {
            var random = RandomSource(seed: seed)
            let counts = (0..<states * actions).map { _ in outcomes == 1 ? 1 : random.below(outcomes + 1) }
            offsets = Storage(count: states * actions + 1)
            next = Storage(count: counts.reduce(0, +))
            weights = Storage(count: next.all.count)
            rewards = Storage(count: states * actions)
            for (pair, count) in counts.enumerated() {
                offsets.all[pair + 1] = offsets.all[pair] + Int32(count)
                rewards.all[pair] = random.unit() - 0.5
            }
            for t in 0..<next.all.count {
                next.all[t] = Int32(random.below(states))
                weights.all[t] = random.unit()
            }
            flat = SweepModel(
                stateCount: states, actionCount: actions, offsets: offsets.all, next: next.all, weights: weights.all,
                rewards: rewards.all)
        }
        /// The value of one pair, as the formula reads.
        func value(_ state: Int, _ action: Int, _ values: [Double], discount: Double) -> Double {
            let pair = state * flat.actionCount + action
            return rewards.all[pair]
                + discount
                * (Int(offsets.all[pair])..<Int(offsets.all[pair + 1])).reduce(0) {
                    $0 + weights.all[$1] * values[Int(next.all[$1])]
                }
        }
    }

    @Test("a sweep equals the formula, synchronous and in place", arguments: [1, 3, 4, 6], [1, 5])
    func optimal(actions: Int, outcomes: Int) {
        let model = RandomModel(states: 37, actions: actions, outcomes: outcomes, seed: UInt64(actions))
        #expect(model.flat.isSingle == (outcomes == 1))
        var random = RandomSource(seed: 9)
        let start = (0..<37).map { _ in random.unit() }
        let values = Storage<Double>(count: 37), new = Storage<Double>(count: 37)
        values.all.copy(from: start)

        let expected = (0..<37).map { state in (0..<actions).map { model.value(state, $0, start, discount: 0.9) }.max()! }
        let residual = BellmanSweep.optimal(model.flat, discount: 0.9, from: values.all, into: new.all)
        #expect(new.all.array == expected)
        #expect(residual == zip(expected, start).map { ($0 - $1).magnitude }.max())
        #expect(values.all.array == start)

        var newest = start
        for state in 0..<37 { newest[state] = (0..<actions).map { model.value(state, $0, newest, discount: 0.9) }.max()! }
        _ = BellmanSweep.optimal(model.flat, discount: 0.9, from: values.all, into: values.all)
        #expect(values.all.array == newest && newest != expected)
    }

    @Test("following a policy takes its action alone")
    func following() {
        let model = RandomModel(states: 20, actions: 3, outcomes: 4, seed: 2)
        let start = (0..<20).map { Double($0) }
        let values = Storage<Double>(count: 20), new = Storage<Double>(count: 20)
        let actions = Storage<Int32>(count: 20)
        values.all.copy(from: start)
        for state in 0..<20 { actions.all[state] = Int32(state % 3) }
        let residual = BellmanSweep.following(actions.all, model.flat, discount: 0.5, from: values.all, into: new.all)
        let expected = (0..<20).map { model.value($0, $0 % 3, start, discount: 0.5) }
        #expect(new.all.array == expected)
        #expect(residual == zip(expected, start).map { ($0 - $1).magnitude }.max())
    }
}
