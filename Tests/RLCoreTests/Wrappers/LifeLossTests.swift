// A lost life ends an episode; the next one goes on with the game, a reset does not.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct LifeLossTests {
    private typealias World = LifeLoss<TimeLimit<PixelFrames<DotWorld>>>
    private func world(isOn: Bool, limit: Int = 1000) -> World {
        LifeLoss(TimeLimit(PixelFrames(DotWorld(), isGrey: true), limit: limit), isOn: isOn)
    }

    @Test func obeysTheLaws() {
        #expect(brokenEnvironmentLaws(of: world(isOn: true), episodes: 6, steps: 40) == [])
        #expect(brokenEnvironmentLaws(of: world(isOn: false), episodes: 3, steps: 40) == [])
    }

    @Test func aLostLifeTerminatesOnlyWhereItIsOn() {
        var random = RandomSource(seed: 1)
        for isOn in [true, false] {
            var world = world(isOn: isOn)
            world.reset(using: &random)
            #expect(world.step(.discrete(1), using: &random).ending == .running)
            #expect(world.step(.discrete(3), using: &random).ending == (isOn ? .terminated : .running))
            #expect(world.step(.discrete(0), using: &random).ending == .running)
        }
    }

    @Test func theGameGoesOnAfterALifeAndBeginsAnewAfterTheLast() {
        var random = RandomSource(seed: 1)
        var here = world(isOn: true)
        here.reset(using: &random)
        let line = here.base.base.world.line
        for lives in [2, 1] {
            #expect(here.step(.discrete(3), using: &random).ending == .terminated)
            var next = world(isOn: true)
            let before = random
            next.begin(after: here, using: &random)
            #expect(next == here && random == before && next.lives == lives && next.base.base.world.line == line)
            here = next
        }
        #expect(here.step(.discrete(3), using: &random).ending == .terminated)
        here.begin(after: here, using: &random)
        #expect(here.lives == 3 && here.base.base.world.time == 0)
    }

    @Test func aResetForgetsTheGame() {
        var random = RandomSource(seed: 1)
        var here = world(isOn: true)
        here.reset(using: &random)
        _ = here.step(.discrete(3), using: &random)
        here.reset(using: &random)
        #expect(here.lives == 3 && here.base.base.world.time == 0)
        #expect(here.step(.discrete(0), using: &random).ending == .running)
    }

    @Test func afterATruncationTheGameBeginsAnew() {
        var random = RandomSource(seed: 1)
        var here = world(isOn: true, limit: 2)
        here.reset(using: &random)
        _ = here.step(.discrete(0), using: &random)
        #expect(here.step(.discrete(0), using: &random).ending == .truncated)
        here.begin(after: here, using: &random)
        #expect(here.base.base.world.time == 0)
    }

    /// In the lanes of a vector: three episodes of one game, whose clock goes on through them.
    @Test func lanesGoOnWithTheGame() {
        let vector = Vector(FrameStack(AreaResized(world(isOn: true), side: 5), count: 2), lanes: 2)
        _ = vector.reset(seed: 5)
        let actions = Actions.discrete([3, 0], of: 4)
        for time in 1...2 {
            let batch = vector.step(actions)
            #expect(batch.ending(of: 0) == .terminated && batch.ending(of: 1) == .running)
            #expect(vector.state(of: 0)[0] == Double(time) && vector.state(of: 0)[2] == Double(3 - time))
            #expect(vector.finalState(of: 0) == vector.state(of: 0))
            // The stack begins with the new life: both of its frames are the one that stands.
            let row = batch.observations.bytes.array
            #expect((0..<25).allSatisfy { row[2 * $0] == row[2 * $0 + 1] })
        }
        #expect(vector.step(actions).ending(of: 0) == .terminated)
        #expect(vector.state(of: 0)[0] == 0 && vector.state(of: 0)[2] == 3)
        #expect(vector.finalState(of: 0)[2] == 0 && vector.state(of: 1)[0] == 3)
    }
}
