// A pixel world as an environment of single frames.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct PixelFramesTests {
    @Test func obeysTheLaws() {
        #expect(brokenEnvironmentLaws(of: PixelFrames(DotWorld(), isGrey: true), episodes: 3, steps: 40) == [])
        #expect(brokenEnvironmentLaws(of: PixelFrames(DotWorld(), isGrey: false), episodes: 3, steps: 40) == [])
    }

    @Test func oneStepIsOneFrame() {
        var random = RandomSource(seed: 0)
        var world = PixelFrames(DotWorld(), isGrey: true)
        world.reset(using: &random)
        #expect(world.step(.discrete(1), using: &random) == Outcome(reward: 3, ending: .running))
        #expect(world.world.time == 1)
        for _ in 0..<2 { #expect(world.step(.discrete(3), using: &random).ending == .running) }
        #expect(world.step(.discrete(3), using: &random).ending == .terminated)
        #expect(world.lives == 0)
    }

    @Test func seenInGreyOrInColourAndDrawnInColour() throws {
        var random = RandomSource(seed: 0)
        var world = PixelFrames(DotWorld(), isGrey: false)
        world.reset(using: &random)
        #expect(world.observationSpace == .bytes(.image(height: 10, width: 12, channels: 3), stack: 1))
        let grey = PixelFrames(world.world, isGrey: true)
        #expect(grey.observationSpace == .bytes(.image(height: 10, width: 12, channels: 1), stack: 1))
        let colours = world.seen
        #expect(grey.seen == (0..<120).map { Colour(colours[3 * $0], colours[3 * $0 + 1], colours[3 * $0 + 2]).grey })
        #expect(grey.seen[world.world.line * 12] == Colour(250, 200, 150).grey)
        var scene = Scene()
        grey.draw(on: &scene)
        #expect(scene.elements == [.pixels(colours, width: 12, height: 10, Rectangle(x: 0, y: 0, width: 12, height: 10))])
        #expect(scene.bounds == Rectangle(x: 0, y: 0, width: 12, height: 10))
    }
}
