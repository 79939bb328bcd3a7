// An episode begins with as many idle steps as were drawn.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct NoopStartTests {
    @Test func obeysTheLaws() { #expect(brokenEnvironmentLaws(of: NoopStart(CountingWorld(), most: 5), steps: 50) == []) }

    @Test func oneToMostStepsEquallyOften() {
        var counts = [Int](repeating: 0, count: 7)
        var random = RandomSource(seed: 3)
        var world = NoopStart(CountingWorld(), most: 6)
        for _ in 0..<6000 {
            world.reset(using: &random)
            counts[world.base.time] += 1
        }
        #expect(counts[0] == 0)
        #expect(counts[1...6].allSatisfy { abs($0 - 1000) < 120 })
    }

    @Test func noneMeansNoneAndNoDraw() {
        var random = RandomSource(seed: 3), plain = random
        var world = NoopStart(CountingWorld(), most: 0), bare = CountingWorld()
        world.reset(using: &random)
        bare.reset(using: &plain)
        #expect(world.base == bare && random == plain)
    }

    /// A limit of three steps ends the episode within the idle ones; it begins again.
    @Test func anEpisodeThatEndsWhileIdleBeginsAgain() {
        var random = RandomSource(seed: 3)
        var world = NoopStart(TimeLimit(CountingWorld(), limit: 3), most: 40)
        var times: Set<Int> = []
        for _ in 0..<100 {
            world.reset(using: &random)
            times.insert(world.base.base.time)
        }
        #expect(times == [0, 1, 2])
    }
}
