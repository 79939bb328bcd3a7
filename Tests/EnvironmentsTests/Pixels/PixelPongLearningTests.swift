// How hard Pong is: a random player loses, one that follows the ball holds its own, a person wins. Many games: in release only.
import Basics
import Environments
import RLCore
import Testing

@Suite struct PixelPongLearningTests {
    /// Final scores (own points less the opponent's) of games behind the standard preprocessing, without its pictures; `player`
    /// chooses from the states seen so far, the newest last.
    private func scores(
        _ games: Int, sticky: Double = 0.25, _ player: ([[Double]], inout RandomSource) -> Int
    ) -> [Double] {
        var choices = PixelPreprocessing()
        choices.sticky = sticky
        var world = choices.applied(to: PixelPong()).base.base.base
        var chance = RandomSource(seed: 9, key: [1])
        return (0..<games).map { game in
            var random = RandomSource(seed: UInt64(3_000 + game))
            world.reset(using: &random)
            var seen = Array(repeating: world.state, count: 4)
            var score = 0.0
            while true {
                let outcome = world.step(.discrete(player(seen, &chance)), using: &random)
                seen.removeFirst()
                seen.append(world.state)
                score += Double(outcome.reward)
                if outcome.ending == .truncated { Issue.record("game \(game) went on for 27,000 frames") }
                if outcome.ending != .running { return score }
            }
        }
    }
    private func mean(_ scores: [Double]) -> Double { scores.reduce(0, +) / Double(scores.count) }
    /// Up, down or stay, so that the paddle's centre comes to `height`; no move for less than `slack` pixels.
    private func towards(_ height: Double, _ state: [Double], slack: Double) -> Int {
        height < state[4] - slack ? 1 : height > state[4] + slack ? 2 : 0
    }

    @Test func aRandomPlayerLoses() {
        let scores = scores(100) { _, random in random.below(3) }
        #expect(mean(scores) <= -19 && scores.allSatisfy { $0 < 0 })
    }

    @Test(arguments: [0.25, 0]) func whoFollowsTheBallHoldsItsOwn(_ sticky: Double) {
        let scores = scores(100, sticky: sticky) { seen, _ in towards(seen[3][1], seen[3], slack: 0) }
        #expect(abs(mean(scores)) < 5)
        #expect(scores.contains { $0 > 0 } && scores.contains { $0 < 0 })
    }

    /// A person sees what was 12 frames (a fifth of a second) ago, knows where the ball will come down, and turns it away from the
    /// opponent with the edge of the paddle.
    @Test func aPersonWins() {
        let scores = scores(100) { seen, _ in
            let past = seen[0]
            guard past[2] > 0 else { return towards(114, seen[3], slack: 4) }
            var (x, y, down) = (past[0], past[1], past[3])
            while x < 142 {
                x += past[2]
                y += down
                if y < 36 || y > 192 {
                    y = 2 * (y < 36 ? 36 : 192) - y
                    down = -down
                }
            }
            return towards(y + (past[5] < 114 ? -6 : 6), seen[3], slack: 4)
        }
        #expect(mean(scores) > 5)
        #expect(scores.count { $0 > 0 } > 90)
    }

    @Test func obeysTheLawsForLong() {
        #expect(brokenEnvironmentLaws(of: PixelPreprocessing().applied(to: PixelPong()), seed: 5, episodes: 2, steps: 700) == [])
    }
}
