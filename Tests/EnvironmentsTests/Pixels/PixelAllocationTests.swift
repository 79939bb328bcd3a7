// Stepping pixel games asks for no memory, also where episodes end.
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct PixelAllocationTests {
    /// Of release builds only: a debug build boxes generic values.
    @Test(arguments: [("pixel-pong", false), ("pixel-breakout", false), ("pixel-breakout", true)])
    func steppingAllocatesNothing(_ name: String, _ endsWithLife: Bool) throws {
        let world = try EnvironmentCatalogue.builtIn[name]
        var settings = world.settings
        try settings.set("time_limit", to: .integer(endsWithLife ? 5000 : 300), from: "the test")
        try settings.set("terminal_on_life_loss", to: .boolean(endsWithLife), from: "the test")
        let vector = try world.makeVector(settings, lanes: 4)
        _ = vector.reset(seed: 1)
        var random = RandomSource(seed: 2)
        let actions = (0..<16).map { _ in
            let actions = Actions(lanes: 4, space: vector.actionSpace)
            for lane in 0..<4 { actions.draw(lane, from: vector.actionSpace, using: &random) }
            return actions
        }
        var next = 0, ended = 0
        func steps(_ count: Int) {
            for _ in 0..<count {
                let batch = vector.step(actions[next])
                next = (next + 1) % 16
                for lane in 0..<4 where batch.ending(of: lane) != .running { ended += 1 }
            }
        }
        steps(500)
        ended = 0
        #expect(MallocCount.during { steps(500) } == 0)
        #expect(ended > 8)
    }
}
