// How hard Breakout is: chance takes a few bricks, a player that follows the ball takes walls. Many games: in release only.
import Basics
import Environments
import RLCore
import Testing

@Suite struct PixelBreakoutLearningTests {
    /// Points of games behind the standard preprocessing, without its pictures; `player` chooses from the state.
    private func points(_ games: Int, _ player: ([Double], inout RandomSource) -> Int) -> [Double] {
        var world = PixelPreprocessing().applied(to: PixelBreakout()).base.base.base
        var chance = RandomSource(seed: 9, key: [1])
        return (0..<games).map { game in
            var random = RandomSource(seed: UInt64(3_000 + game))
            world.reset(using: &random)
            var points = 0.0
            while true {
                let outcome = world.step(.discrete(player(world.state, &chance)), using: &random)
                points += Double(outcome.reward)
                if outcome.ending != .running { return points }
            }
        }
    }
    private func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

    @Test func aRandomPlayerTakesAFewBricks() {
        let points = points(100) { _, random in random.below(4) }
        #expect((1...8).contains(mean(points)))
    }

    @Test func whoFollowsTheBallTakesMany() {
        let points = points(100) { state, _ in state[0] > state[4] + 4 ? 2 : state[0] < state[4] - 4 ? 3 : 1 }
        #expect((100...800).contains(mean(points)))
    }

    /// Foretells where the ball comes down and meets it now on one side of the paddle's centre, now on the other: takes whole walls,
    /// each of which gives way to a new one.
    @Test func whoForetellsTakesWalls() {
        let points = points(100) { state, _ in
            var (x, y, across) = (state[0], state[1], state[2])
            while state[3] > 0 && y < 188 {
                x += across
                y += state[3]
                if x < 10 || x > 150 {
                    x = 2 * (x < 10 ? 10 : 150) - x
                    across = -across
                }
            }
            let aim = x + state[9].truncatingRemainder(dividingBy: 2) * 12 - 6
            return aim > state[4] + 6 ? 2 : aim < state[4] - 6 ? 3 : 1
        }
        #expect(mean(points) > 378)
    }

    @Test func obeysTheLawsForLong() {
        var choices = PixelPreprocessing()
        #expect(brokenEnvironmentLaws(of: choices.applied(to: PixelBreakout()), seed: 5, episodes: 2, steps: 400) == [])
        choices.endsWithLife = true
        #expect(brokenEnvironmentLaws(of: choices.applied(to: PixelBreakout()), seed: 6, episodes: 4, steps: 200) == [])
    }
}
