import Basics
import Kernels
import RLCore
import Testing

@testable import Agents

@Suite("Tabular policy")
struct TabularPolicyTests {
    static var policy: TabularPolicy { TabularPolicy(values: [1, 3, 3, 5, 5, 4, 0, 0, 0], actionCount: 3) }

    func actions(of policy: TabularPolicy, on states: [Float], mode: Mode = .greedy, seed: UInt64 = 1) -> [Int32] {
        let rows = RowStorage(count: states.count, space: .discrete(policy.stateCount))
        rows.rows.floats.copy(from: states)
        let actions = Actions(lanes: states.count, space: .discrete(policy.actionCount))
        var sources = states.indices.map { RandomSource(seed: seed, key: [UInt32($0)]) }
        policy.begin(lanes: states.count)
        policy.act(on: rows.rows, into: actions, mode: mode, using: &sources)
        return actions.indices.array
    }

    @Test("the first of the best, whatever the draw", arguments: [Mode.greedy, .sampled, .epsilon(0)])
    func greedy(mode: Mode) {
        #expect(actions(of: Self.policy, on: [0, 1, 2, 0], mode: mode) == [1, 0, 0, 1])
    }

    @Test("ε of the actions are drawn from all")
    func epsilon() {
        let drawn = actions(of: Self.policy, on: Array(repeating: 0, count: 3000), mode: .epsilon(0.6))
        // Action 1 by greed (0.4) and by chance (0.2), the others by chance (0.2 each).
        for (action, share) in [0.2, 0.6, 0.2].enumerated() {
            #expect((Double(drawn.filter { $0 == Int32(action) }.count) / 3000 - share).magnitude < 0.04)
        }
    }

    @Test("saved and loaded it decides and values alike; where nothing can be done it does 0")
    func archive() throws {
        var archive = Archive()
        TabularPolicy(values: [1, 3, 3, 5], actionCount: 2, actions: [0, -1]).save(into: &archive)
        let loaded = TabularPolicy(states: 2, actions: 2)
        try loaded.load(from: archive)
        #expect(loaded.actions == [0, -1] && loaded.values == [1, 3, 3, 5])
        #expect(actions(of: loaded, on: [0, 1]) == [0, 0])
        #expect(archive["action_values"]?.shape == [2, 2])
    }

    @Test("an archive of another world, or with actions there are none of, is refused and changes nothing")
    func wrongArchive() throws {
        var archive = Archive()
        Self.policy.save(into: &archive)
        let other = TabularPolicy(states: 2, actions: 3)
        #expect(throws: ArchiveError.self) { try other.load(from: archive) }
        var wrong = Archive()
        wrong.store([Double](repeating: 1, count: 6), as: "action_values")
        wrong.store([Int32(3), 0], as: "policy")
        #expect(throws: ArchiveError.self) { try other.load(from: wrong) }
        #expect(other.values == [0, 0, 0, 0, 0, 0] && other.actions == [0, 0])
    }
}
