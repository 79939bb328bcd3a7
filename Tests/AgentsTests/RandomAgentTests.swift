// The control draws uniformly and learns nothing.
import Agents
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct RandomAgentTests {
    @Test func drawsUniformlyAndLearnsNothing() throws {
        var apprentice = try Apprentice(RandomAgent.specification, in: Vector(CountingWorld(), lanes: 3))
        var counts = [0, 0, 0]
        for _ in 0..<1000 {
            #expect(apprentice.step() == nil)
            for lane in 0..<3 { counts[Int(apprentice.actions.indices[lane])] += 1 }
        }
        // 3,000 draws of three: 1,000 ± 26.
        #expect(counts.allSatisfy { abs($0 - 1000) < 110 })
        #expect(apprentice.agent.updates == 0)
    }

    /// Each number of a box over its whole range; two wide where a side has no bound.
    @Test func fillsABox() {
        let space = Space.box(.vector(4), low: [-2, -.infinity, 0.25, 5], high: [2, .infinity, 0.5, .infinity])
        let ranges: [ClosedRange<Float>] = [-2...2, -1...1, 0.25...0.5, 5...7]
        let policy = RandomPolicy(actionSpace: space)
        let actions = Actions(lanes: 2, space: space)
        var sources = [RandomSource(seed: 0), RandomSource(seed: 1)]
        let seen = RowStorage(count: 2, space: .discrete(1))
        var sums = [Float](repeating: 0, count: 4)
        var extremes = ranges.map { ($0.upperBound, $0.lowerBound) }
        for _ in 0..<500 {
            policy.act(on: seen.rows, into: actions, mode: .greedy, using: &sources)
            for i in 0..<8 {
                let value = actions.values[i]
                #expect(ranges[i % 4].contains(value))
                sums[i % 4] += value
                extremes[i % 4] = (min(extremes[i % 4].0, value), max(extremes[i % 4].1, value))
            }
        }
        for i in 0..<4 {
            let width = ranges[i].upperBound - ranges[i].lowerBound
            #expect(abs(sums[i] / 1000 - (ranges[i].lowerBound + ranges[i].upperBound) / 2) < 0.05 * width)
            #expect(extremes[i].1 - extremes[i].0 > 0.95 * width)
        }
    }

    @Test func theCatalogueSuggestsTheNearest() {
        let error = #expect(throws: UnknownName.self) { try AlgorithmCatalogue.builtIn["dnq"] }
        #expect(error?.description == "unknown algorithm \"dnq\"; did you mean \"dqn\"?")
    }
}
