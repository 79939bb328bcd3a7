// Pong's rule book, line by line.
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct PixelPongTests {
    private var random = RandomSource(seed: 1)

    /// A game in a state of our choosing, in the order of `state`; lengths in pixels.
    private func game(
        ball: (x: Double, y: Double), velocity: (Double, Double), player: Double = 114, opponent: Double = 114,
        points: (Int, Int) = (0, 0), wait: Int = 0, hits: Int = 0
    ) throws -> PixelPong {
        var archive = Archive()
        let lengths = [ball.x - 2, ball.y - 2, velocity.0, velocity.1, player, opponent].map { Int64($0 * 16) }
        archive.store(lengths + [points.0, points.1, wait, hits].map { Int64($0) }, as: "pong")
        var game = PixelPong()
        try game.load(from: archive)
        return game
    }
    private func numbers(
        _ game: PixelPong
    ) -> (x: Double, y: Double, across: Double, down: Double, player: Double, opponent: Double) {
        let state = game.state
        return (state[0], state[1], state[2], state[3], state[4], state[5])
    }

    @Test func aServeWaits32FramesAtMidcourt() {
        var random = RandomSource(seed: 1)
        var slopes: Set<Double> = [], sides: Set<Double> = [], heights: Set<Double> = []
        for _ in 0..<2000 {
            var game = PixelPong()
            game.reset(using: &random)
            let served = numbers(game)
            #expect(served.x == 80 && abs(served.across) == 2 && abs(served.y - 114) <= 50)
            slopes.insert(served.down / 2)
            sides.insert(served.across)
            heights.insert(served.y)
        }
        #expect(slopes == [-0.5, -0.25, 0.25, 0.5] && sides == [-2, 2] && heights.count == 101)
        var game = PixelPong()
        game.reset(using: &random)
        for _ in 0..<32 { _ = game.advance(0, using: &random) }
        #expect(numbers(game).x == 80)
        _ = game.advance(0, using: &random)
        #expect(abs(numbers(game).x - 80) == 2)
    }

    @Test func thePaddleMovesAndStopsAtTheWalls() throws {
        var random = RandomSource(seed: 1)
        var game = try game(ball: (80, 114), velocity: (2, 0), wait: 200)
        for (action, place) in [(1, 110.25), (2, 114), (0, 114)] {
            _ = game.advance(action, using: &random)
            #expect(numbers(game).player == place)
        }
        for _ in 0..<40 { _ = game.advance(1, using: &random) }
        #expect(numbers(game).player == 42)
        for _ in 0..<60 { _ = game.advance(2, using: &random) }
        #expect(numbers(game).player == 186)
    }

    @Test func theOpponentSeesTheBallOnlyAfterMidcourt() throws {
        var random = RandomSource(seed: 1)
        for (x, opponent, expected) in [
            (70.0, 150.0, 147.75), (70, 101, 100), (80, 150, 147.75), (80, 100, 102.25), (80, 114, 114),
        ] {
            var game = try game(ball: (x, 100), velocity: (2, 0), opponent: opponent)
            _ = game.advance(0, using: &random)
            #expect(numbers(game).opponent == expected, "ball at \(x), opponent at \(opponent)")
        }
    }

    @Test func wallsMirrorTheBall() throws {
        var random = RandomSource(seed: 1)
        var upper = try game(ball: (80, 37), velocity: (2, -4))
        _ = upper.advance(0, using: &random)
        #expect(numbers(upper).y == 39 && numbers(upper).down == 4)
        var lower = try game(ball: (80, 191.5), velocity: (2, 1))
        _ = lower.advance(0, using: &random)
        #expect(numbers(lower).y == 191.5 && numbers(lower).down == -1)
    }

    /// The segments, two and a half pixels each, and what just misses; the first hit of a rally at 2¼ pixels a frame.
    @Test(
        arguments: [
            (0.0, 0.25), (2, 0.25), (2.5, 0.5), (-2, -0.25), (-2.5, -0.5), (5, 1), (-7, -1), (7.5, 2), (-9.9375, -2), (10, nil),
            (-10, nil),
        ] as [(Double, Double?)])
    func theSlopeGrowsFromThePaddlesCentre(_ offset: Double, _ slope: Double?) throws {
        var random = RandomSource(seed: 1)
        for isPlayer in [true, false] {
            var game = try game(
                ball: (isPlayer ? 141 : 19, 100 + offset), velocity: (isPlayer ? 2 : -2, 0), player: 100, opponent: 100)
            // The opponent moves up to 2¼ towards the ball first.
            let moved = isPlayer ? 0 : max(-2.25, min(2.25, offset))
            _ = game.advance(0, using: &random)
            if !isPlayer {
                #expect(numbers(game).opponent == 100 + moved)
                continue
            }
            guard let slope else {
                #expect(numbers(game).across == 2 && numbers(game).x == 143)
                continue
            }
            #expect(numbers(game).x == 142 && numbers(game).across == -2.25)
            // A velocity is a whole number of sixteenths, rounded towards none.
            #expect(numbers(game).down == (abs(slope) * 36).rounded(.down) / 16 * (slope < 0 ? -1 : 1))
        }
    }

    @Test func theOpponentReturnsToTheRight() throws {
        var random = RandomSource(seed: 1)
        var game = try game(ball: (19, 108.25), velocity: (-2, 0), opponent: 100, hits: 3)
        _ = game.advance(0, using: &random)
        // It has come to 102.25, so the ball is 6 below its centre: slope 1, at 2 + 4 · ¼.
        #expect(numbers(game).x == 18 && numbers(game).across == 3 && numbers(game).down == 3)
    }

    @Test func aRallySpeedsUpToFour() throws {
        var random = RandomSource(seed: 1)
        for (hits, speed) in [(0, 2.25), (1, 2.5), (6, 3.75), (7, 4), (8, 4), (30, 4)] {
            var game = try game(ball: (141, 100), velocity: (2, 0), player: 100, hits: hits)
            _ = game.advance(0, using: &random)
            #expect(numbers(game).across == -speed)
        }
    }

    @Test func aBallThatLeavesIsAPointAndIsServedToTheLoser() throws {
        var random = RandomSource(seed: 1)
        var lost = try game(ball: (160, 50), velocity: (2, 0))
        #expect(lost.advance(0, using: &random) == -1)
        #expect(lost.opponentPoints == 1 && numbers(lost).x == 80 && numbers(lost).across == 2)
        var won = try game(ball: (0, 50), velocity: (-2, 0), opponent: 180)
        #expect(won.advance(0, using: &random) == 1)
        #expect(won.playerPoints == 1 && numbers(won).across == -2)
    }

    @Test func theFirstTo21Wins() throws {
        for points in [(20, 20), (3, 20), (20, 3)] {
            var random = RandomSource(seed: 1)
            var won = try game(ball: (0, 50), velocity: (-2, 0), opponent: 180, points: points)
            #expect(won.advance(0, using: &random) == 1)
            #expect(won.isOver == (points.0 == 20))
            if won.isOver {
                let end = won, source = random
                #expect(won.advance(1, using: &random) == 0)
                #expect(won == end && random == source && random == RandomSource(seed: 1))
            }
        }
    }

    @Test func whatNoGameLeadsToIsRefused() {
        for (place, value) in [(6, 22), (7, -1), (8, -1), (0, 1 << 40), (9, Int64.min)] as [(Int, Int64)] {
            var archive = Archive(), numbers = [Int64](repeating: 0, count: 10)
            numbers[place] = value
            archive.store(numbers, as: "pong")
            var game = PixelPong()
            #expect(throws: ArchiveError.self) { try game.load(from: archive) }
        }
    }

    /// What is on the picture: ball, paddles and walls where the state says, each in its own colour.
    @Test func thePicture() throws {
        let game = try game(ball: (82, 102), velocity: (2, 0), player: 60, opponent: 150, points: (12, 7))
        let picture = PixelFrames(game, isGrey: true).seen
        func isAlike(_ x: Range<Int>, _ y: Range<Int>) -> UInt8? {
            let found = Set(y.flatMap { line in x.map { picture[line * 160 + $0] } })
            return found.count == 1 ? found.first : nil
        }
        let ground = picture[100 * 160 + 40]
        #expect(isAlike(80..<84, 100..<104) == 255)
        let player = isAlike(144..<148, 52..<68), opponent = isAlike(12..<16, 142..<158)
        #expect(player != nil && opponent != nil && player != opponent)
        #expect(isAlike(140..<144, 40..<80) == ground && isAlike(144..<148, 68..<80) == ground)
        #expect(isAlike(0..<160, 26..<34) == isAlike(0..<160, 194..<202))
        // Twelve points: the right digit is a 2, whose upper bar is whole.
        #expect(isAlike(112..<124, 2..<6) == player && isAlike(112..<120, 6..<10) == ground)
    }

    /// Equal seeds give equal pictures on every machine.
    @Test func golden() throws {
        let fingerprint = try PixelGolden.fingerprint(of: PixelPong.specification, steps: 60)
        #expect(fingerprint == 666_002_897_798_602_745)
    }
}
