// An evaluation depends on the policy and the seeds, and on nothing else.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing
import Training

/// Goes on until the mark of its world exceeds a bound that grows with the steps; draws where it is told to.
private final class MarkPolicy: Policy {
    func begin(lanes: Int) {}
    func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        for lane in 0..<actions.count {
            let time = observations.floats[3 * lane], mark = observations.floats[3 * lane + 1]
            let draw = mode == .sampled ? Float(sources[lane].unit()) : 0.5
            actions.indices[lane] = time * draw > 10 * mark ? 1 : 0
        }
    }
    func save(into archive: inout Archive) {}
    func load(from archive: Archive) throws(ArchiveError) {}
}

@Suite struct EvaluationTests {
    @Test(arguments: [Mode.greedy, .sampled], [1, 2, 7, 40]) func theNumberOfLanesDoesNotMatter(_ mode: Mode, _ lanes: Int) {
        let alone = evaluate(MarkPolicy(), in: Vector(CountingWorld(), lanes: 1), episodes: 23, firstSeed: 100, mode: mode)
        let together = evaluate(MarkPolicy(), in: Vector(CountingWorld(), lanes: lanes), episodes: 23, firstSeed: 100, mode: mode)
        #expect(together == alone)
        #expect(Set(alone.lengths).count > 5)
    }

    /// Episode i is that of seed first + i: greedy, it ends after the first step whose number exceeds 20 times the mark.
    @Test func episodesHaveTheirOwnSeeds() {
        let result = evaluate(MarkPolicy(), in: Vector(CountingWorld(), lanes: 4), episodes: 9, firstSeed: 5)
        for i in 0..<9 {
            var random = RandomSource(seed: UInt64(5 + i))
            let mark = Float(random.unit())
            var time: Float = 0
            while !(time * 0.5 > 10 * mark) { time += 1 }
            let length = Int(time) + 1
            #expect(result.lengths[i] == length)
            #expect(result.returns[i] == Double(length * (length + 1) / 2))
        }
        let later = evaluate(MarkPolicy(), in: Vector(CountingWorld(), lanes: 4), episodes: 4, firstSeed: 10)
        #expect(later.returns == Array(result.returns[5...]))
    }

    @Test func aVectorThatWasUsedServesAgain() {
        let vector = Vector(CountingWorld(), lanes: 3)
        let first = evaluate(MarkPolicy(), in: vector, episodes: 8, firstSeed: 0, mode: .sampled)
        #expect(evaluate(MarkPolicy(), in: vector, episodes: 8, firstSeed: 0, mode: .sampled) == first)
    }

    @Test func statisticsByHand() {
        let result = Evaluation(firstSeed: 0, returns: [1, 5, 3, 7], lengths: [2, 4, 6, 9])
        #expect(result.mean == 4 && result.median == 4 && result.minimum == 1 && result.maximum == 7)
        #expect(result.standardDeviation == 5.0.squareRoot() && result.meanLength == 5.25)
        #expect(Evaluation(firstSeed: 0, returns: [3, 1, 2], lengths: [1, 1, 1]).median == 2)
    }
}
