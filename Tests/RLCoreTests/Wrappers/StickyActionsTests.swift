// Actions stick as often as they are said to, to the action before.
import Basics
import RLCore
import TestSupport
import Testing

@Suite struct StickyActionsTests {
    @Test func obeysTheLaws() {
        #expect(brokenEnvironmentLaws(of: StickyActions(CountingWorld(), probability: 0.25), steps: 50) == [])
        #expect(brokenEnvironmentLaws(of: StickyActions(CountingWorld(), probability: 0), steps: 50) == [])
    }

    /// The world is told what was done: the new action, or the one before where a draw was below the probability.
    @Test func aQuarterRepeatsTheActionBefore() {
        var random = RandomSource(seed: 7)
        var world = StickyActions(PixelFrames(DotWorld(), isGrey: true), probability: 0.25)
        world.reset(using: &random)
        var before = 0, repeats = 0
        for step in 0..<4000 {
            let action = 1 + step % 2
            var twin = random
            let sticks = twin.unit() < 0.25
            _ = world.step(.discrete(action), using: &random)
            let done = world.base.world.told
            #expect(done == (sticks ? before : action))
            if done != action { repeats += 1 }
            before = done
        }
        // After a repeat the world is out of step with the alternation, so that a second repeat goes unseen: 0.25 · 0.75 / … = 0.2.
        #expect((700...900).contains(repeats))
    }

    @Test func theFirstStepMayRepeatNothing() {
        var random = RandomSource(seed: 0)
        var world = StickyActions(PixelFrames(DotWorld(), isGrey: true), probability: 1)
        world.reset(using: &random)
        _ = world.step(.discrete(2), using: &random)
        #expect(world.base.world.told == 0)
    }

    @Test func withoutStickingNothingIsDrawn() {
        var random = RandomSource(seed: 0)
        var world = StickyActions(PixelFrames(DotWorld(), isGrey: true), probability: 0)
        world.reset(using: &random)
        let before = random
        _ = world.step(.discrete(2), using: &random)
        #expect(random == before && world.base.world.told == 2)
    }

    @Test func anActionThatThereIsNotIsRefused() {
        var archive = Archive()
        archive.store(3, as: "sticky_action")
        CountingWorld().save(into: &archive)
        var world = StickyActions(CountingWorld(), probability: 0.25)
        #expect(throws: ArchiveError.self) { try world.load(from: archive) }
    }
}
