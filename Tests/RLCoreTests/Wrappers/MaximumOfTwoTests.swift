// What flickers is seen: the brighter of the last two views.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct MaximumOfTwoTests {
    private func world(isOn: Bool = true) -> MaximumOfTwo<PixelFrames<DotWorld>> {
        MaximumOfTwo(PixelFrames(DotWorld(), isGrey: true), isOn: isOn)
    }

    @Test func obeysTheLaws() {
        #expect(brokenEnvironmentLaws(of: world(), episodes: 3, steps: 40) == [])
        #expect(brokenEnvironmentLaws(of: FrameSkip(world(), count: 4), episodes: 3, steps: 20) == [])
    }

    @Test func theBrighterOfTheLastTwoViews() {
        var random = RandomSource(seed: 4)
        var here = world(), plain = world(isOn: false)
        here.reset(using: &random)
        plain.base = here.base
        #expect(here.seen == plain.base.seen)
        for _ in 0..<15 {
            let before = plain.base.seen
            _ = here.step(.discrete(0), using: &random)
            _ = plain.step(.discrete(0), using: &random)
            #expect(here.seen == zip(before, plain.base.seen).map { max($0, $1) })
            #expect(plain.seen == plain.base.seen && plain.seen != before)
        }
    }

    @Test func aResetShowsOneViewOnly() {
        var random = RandomSource(seed: 4)
        var here = world()
        here.reset(using: &random)
        _ = here.step(.discrete(0), using: &random)
        here.reset(using: &random)
        #expect(here.seen == here.base.seen)
    }
}
