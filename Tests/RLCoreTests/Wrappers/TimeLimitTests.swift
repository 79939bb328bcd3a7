// A limit of time stops watching; it never says that the future is worth nothing.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct TimeLimitTests {
    private func endings(_ actions: [Int], limit: Int) -> [Ending] {
        var random = RandomSource(seed: 0)
        var world = TimeLimit(CountingWorld(), limit: limit)
        world.reset(using: &random)
        return actions.map { world.step(.discrete($0), using: &random).ending }
    }

    @Test func truncatesOnItsLastStepAndStaysSo() {
        #expect(endings([0, 0, 0, 0], limit: 3) == [.running, .running, .truncated, .truncated])
    }
    @Test func aTerminationOnTheLastStepIsATermination() { #expect(endings([0, 0, 1], limit: 3).last == .terminated) }
    @Test func anEarlierEndIsTheWorldsOwn() {
        #expect(endings([1], limit: 3) == [.terminated])
        #expect(endings([2], limit: 3) == [.truncated])
    }
    @Test func aResetBeginsTheCountAnew() {
        var random = RandomSource(seed: 0)
        var world = TimeLimit(CountingWorld(), limit: 2)
        for _ in 0..<3 {
            world.reset(using: &random)
            #expect(world.step(.discrete(0), using: &random).ending == .running)
            #expect(world.step(.discrete(0), using: &random).ending == .truncated)
        }
    }
    @Test func anImpossibleCountIsRefused() {
        var archive = Archive()
        archive.store(-1, as: "elapsed")
        CountingWorld().save(into: &archive)
        var world = TimeLimit(CountingWorld(), limit: 2)
        #expect(throws: ArchiveError.self) { try world.load(from: archive) }
    }
}
