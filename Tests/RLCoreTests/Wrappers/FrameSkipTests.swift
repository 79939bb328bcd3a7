// One decision, several frames: rewards add up, an ending stops.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct FrameSkipTests {
    @Test func obeysTheLaws() {
        #expect(brokenEnvironmentLaws(of: FrameSkip(CountingWorld(), count: 4), steps: 50) == [])
        #expect(
            brokenEnvironmentLaws(of: FrameSkip(PixelFrames(DotWorld(), isGrey: true), count: 3), episodes: 2, steps: 20) == [])
    }

    @Test func paysWhatItsFramesPayTogether() {
        var random = RandomSource(seed: 0)
        var world = FrameSkip(CountingWorld(), count: 4)
        world.reset(using: &random)
        #expect(world.step(.discrete(0), using: &random) == Outcome(reward: 1 + 2 + 3 + 4, ending: .running))
        #expect(world.step(.discrete(0), using: &random) == Outcome(reward: 5 + 6 + 7 + 8, ending: .running))
        #expect(world.step(.discrete(1), using: &random) == Outcome(reward: 9, ending: .terminated))
    }

    @Test func aTruncationWithinAStepEndsIt() {
        var random = RandomSource(seed: 0)
        var world = FrameSkip(TimeLimit(CountingWorld(), limit: 6), count: 4)
        world.reset(using: &random)
        _ = world.step(.discrete(0), using: &random)
        #expect(world.step(.discrete(0), using: &random) == Outcome(reward: 5 + 6, ending: .truncated))
        #expect(world.base.base.time == 6)
    }
}
