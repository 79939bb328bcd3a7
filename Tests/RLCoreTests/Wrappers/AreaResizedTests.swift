// A wrapped picture is its base's picture, made small.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct AreaResizedTests {
    @Test func obeysTheLaws() {
        for isGrey in [true, false] {
            #expect(
                brokenEnvironmentLaws(of: AreaResized(PixelFrames(DotWorld(), isGrey: isGrey), side: 5), episodes: 2, steps: 20)
                    == [])
        }
    }

    /// 12 by 10 onto 2 by 2: every small pixel is the average of 6 by 5 pixels.
    @Test func everyPixelIsTheAverageOfItsArea() {
        var random = RandomSource(seed: 4)
        for channels in [1, 3] {
            var world = AreaResized(PixelFrames(DotWorld(), isGrey: channels == 1), side: 2)
            #expect(world.observationSpace == .bytes(.image(height: 2, width: 2, channels: channels), stack: 1))
            world.reset(using: &random)
            for _ in 0..<12 {
                _ = world.step(.discrete(0), using: &random)
                let picture = world.base.seen, small = world.seen
                for i in small.indices {
                    let (y, x, channel) = (i / channels / 2, i / channels % 2, i % channels)
                    var sum = 0
                    for row in 5 * y..<5 * y + 5 {
                        for column in 6 * x..<6 * x + 6 { sum += Int(picture[(row * 12 + column) * channels + channel]) }
                    }
                    #expect(Int(small[i]) == (sum + 15) / 30)
                }
            }
        }
    }
}
