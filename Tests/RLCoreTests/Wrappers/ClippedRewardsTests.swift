// Rewards become their signs, or stay.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct ClippedRewardsTests {
    @Test func obeysTheLaws() { #expect(brokenEnvironmentLaws(of: ClippedRewards(CountingWorld()), steps: 50) == []) }

    @Test func aRewardIsItsSign() {
        var random = RandomSource(seed: 0)
        for isOn in [true, false] {
            var world = ClippedRewards(FrameSkip(PixelFrames(DotWorld(), isGrey: true), count: 2), isOn: isOn)
            world.reset(using: &random)
            let rewards = [1, 2, 0].map { world.step(.discrete($0), using: &random).reward }
            #expect(rewards == (isOn ? [1, -1, 0] : [6, -4, 0]))
        }
    }

    @Test func endingsStayWhatTheyAre() {
        var random = RandomSource(seed: 0)
        var world = ClippedRewards(CountingWorld())
        world.reset(using: &random)
        #expect([0, 1, 2].map { world.step(.discrete($0), using: &random).ending } == [.running, .terminated, .truncated])
    }
}
