// A rollout across endings: which successor's value continues each return, and that it comes back from an archive.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct RolloutTests {
    private let world = Vector(CountingWorld(), lanes: 2)

    /// Three steps of two lanes: lane 0 runs, is truncated, runs; lane 1 runs, runs, is terminated.
    private func filled(steps: Int = 3) -> (rollout: Rollout, last: StepBatch) {
        let rollout = Rollout(
            steps: 3, lanes: 2, observationSpace: world.observationSpace, actionSpace: world.actionSpace)
        var batch = world.reset(seed: 3)
        let seen = RowStorage(count: 2, space: world.observationSpace), chosen = Storage<Float>(count: 2)
        for choices in [[0, 0], [2, 0], [0, 1]].prefix(steps) {
            for lane in 0..<2 {
                seen.rows.copy(lane, from: batch.observations, lane)
                chosen.all[lane] = Float(choices[lane])
            }
            batch = world.step(.discrete(choices.map { Int32($0) }))
            rollout.append(seen.rows, chosen.all, batch, discount: 0.5)
            for lane in 0..<2 where batch.ending(of: lane) == .truncated { rollout.setSuccessorValue(40, lane: lane) }
        }
        return (rollout, batch)
    }

    @Test func remembersWhatWasSeenDoneAndPaid() {
        let (rollout, _) = filled()
        #expect(rollout.isFull && rollout.rowCount == 6)
        // Steps so far, as the world shows them: lane 0 begins anew after its second step.
        #expect((0..<6).map { rollout.observations.floats[3 * $0] } == [0, 0, 1, 1, 0, 2])
        #expect(rollout.actions.array == [0, 0, 2, 0, 0, 1])
        #expect(rollout.rewards.array == [1, 1, 2, 2, 1, 3])
        #expect(rollout.discounts.array == [0.5, 0.5, 0.5, 0.5, 0.5, 0])
    }

    @Test func theTrueSuccessorContinuesAReturn() {
        let (rollout, _) = filled()
        rollout.values.copy(from: [10, 20, 11, 21, 12, 22])
        let last = Storage<Float>(count: 2)
        last.all.copy(from: [13, 23])
        rollout.finish(lastValues: last.all, lambda: 0)
        // A half of the successor's value: 11, 21, then 40 where it was cut, 22, 13, and nothing after the termination.
        let expected: [Float] = [6.5, 11.5, 22, 13, 7.5, 3]
        #expect(rollout.returns.array == expected)
        let advantages: [Float] = [-3.5, -8.5, 11, -8, -4.5, -19]
        #expect(rollout.advantages.array == advantages)
    }

    @Test func comesBackFromAnArchive() throws {
        var archive = Archive()
        filled(steps: 2).rollout.save(into: &archive)
        let (other, _) = filled()
        try other.load(from: archive, actionCount: 3)
        #expect(other.count == 2)
        var again = Archive()
        other.save(into: &again)
        #expect(again == archive)
        #expect(throws: ArchiveError.self) { try other.load(from: archive, actionCount: 2) }
        #expect(throws: ArchiveError.self) { try other.load(from: Archive(), actionCount: 3) }
    }
}
