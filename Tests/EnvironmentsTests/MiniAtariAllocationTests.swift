// Games keep all they have inside their values: stepping, ending and beginning anew ask for no memory.
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@Suite struct MiniAtariAllocationTests {
    /// In a process of its own, so that nothing else allocates.
    @Test func lanesAllocateNothing() async {
        await #expect(processExitsWith: .success) {
            for name in ["breakout", "asterix", "freeway", "seaquest", "space-invaders"] {
                let specification = try EnvironmentCatalogue.builtIn[name]
                let world = try specification.makeVector(specification.settings, lanes: 8)
                let actions = Actions(lanes: 8, space: world.actionSpace)
                var random = RandomSource(seed: 1)
                _ = world.reset(seed: 1)
                func play(_ steps: Int) -> Int {
                    var endings = 0
                    for _ in 0..<steps {
                        for lane in 0..<8 { actions.draw(lane, from: world.actionSpace, using: &random) }
                        let step = world.step(actions)
                        for lane in 0..<8 where step.ending(of: lane) != .running { endings += 1 }
                    }
                    return endings
                }
                _ = play(100)
                var endings = 0
                let allocations = MallocCount.during { endings = play(5000) }
                #expect(allocations == 0, "\(name)")
                #expect(endings > 7, "\(name)")
            }
        }
    }
}
