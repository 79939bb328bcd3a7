// Breakout's rule book, line by line.
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@Suite struct PixelBreakoutTests {
    private static let fullWall = (UInt128(1) << 108) - 1
    private func brick(_ row: Int, _ column: Int) -> UInt128 { UInt128(1) << (row * 18 + column) }

    /// A game in a state of our choosing: the ball's upper left corner, its velocity and the paddle's left edge in pixels.
    private func game(
        ball: (x: Double, y: Double), velocity: (Double, Double), paddle: Double = 68, points: Int = 0, lives: Int = 5,
        wait: Int = 0,
        hits: Int = 0, wasHigh: Bool = false, bricks: UInt128 = fullWall
    ) throws -> PixelBreakout {
        var archive = Archive()
        let lengths = [ball.x, ball.y, velocity.0, velocity.1, paddle].map { Int64($0 * 64) }
        archive.store(lengths + [points, lives, wait, hits, wasHigh ? 1 : 0].map { Int64($0) }, as: "breakout")
        archive.store([UInt64(truncatingIfNeeded: bricks >> 64), UInt64(truncatingIfNeeded: bricks)], as: "bricks")
        var game = PixelBreakout()
        try game.load(from: archive)
        return game
    }
    /// The ball's upper left corner and velocity.
    private func ball(_ game: PixelBreakout) -> [Double] { [game.state[0] - 2, game.state[1] - 2, game.state[2], game.state[3]] }
    private func bricks(_ game: PixelBreakout) throws -> UInt128 {
        var archive = Archive()
        game.save(into: &archive)
        let words = try archive.words("bricks", count: 2)
        return UInt128(words[0]) << 64 | UInt128(words[1])
    }

    @Test func aBallIsServedWhenAskedForOrInThe60thFrame() {
        var random = RandomSource(seed: 1)
        var places: Set<Double> = [], sides: Set<Double> = []
        for _ in 0..<2000 {
            var game = PixelBreakout()
            game.reset(using: &random)
            _ = game.advance(1, using: &random)
            let ball = ball(game)
            #expect(ball[1] == 100 && ball[3] == 1.5)
            places.insert(ball[0])
            sides.insert(ball[2])
        }
        #expect(places == Set((32..<125).map { Double($0) }) && sides == [-1.25, 1.25])
        var game = PixelBreakout()
        let source = random
        game.reset(using: &random)
        for _ in 0..<59 { _ = game.advance(0, using: &random) }
        #expect(game.state[8] == 1 && random == source)
        _ = game.advance(0, using: &random)
        #expect(game.state[8] == 0 && random != source)
        let still = ball(game)
        _ = game.advance(0, using: &random)
        #expect(ball(game)[1] == still[1] + still[3])
    }

    @Test func thePaddleMovesBetweenTheWalls() {
        var random = RandomSource(seed: 1)
        var game = PixelBreakout()
        game.reset(using: &random)
        #expect(game.state[4] == 80)
        _ = game.advance(2, using: &random)
        #expect(game.state[4] == 83)
        for _ in 0..<40 { _ = game.advance(3, using: &random) }
        #expect(game.state[4] == 20)
        for _ in 0..<60 { _ = game.advance(2, using: &random) }
        #expect(game.state[4] == 140)
    }

    @Test func wallsMirrorTheBall() throws {
        var random = RandomSource(seed: 1)
        for (x, across, after) in [(9.0, -2.0, 9.0), (8, -1, 9), (147, 2, 147), (148, 1, 147)] {
            var game = try game(ball: (x, 120), velocity: (across, 0))
            _ = game.advance(0, using: &random)
            #expect(ball(game) == [after, 120, -across, 0])
        }
        var game = try game(ball: (80, 33), velocity: (0, -2), bricks: 0)
        _ = game.advance(0, using: &random)
        #expect(ball(game) == [80, 33, 0, 2])
    }

    /// From below: the brick under the centre goes, the ball stays where it was and turns; a row pays its height.
    @Test(arguments: 0..<6) func aBrickPaysItsRow(_ row: Int) throws {
        var random = RandomSource(seed: 1)
        // Only this row stands, so that the ball can reach it from below.
        let wall = ((UInt128(1) << 18) - 1) << (row * 18)
        var game = try game(ball: (33, Double(56 + 6 * row + 6)), velocity: (0, -2), bricks: wall)
        #expect(game.advance(0, using: &random) == Float(6 - row))
        #expect(ball(game) == [33, Double(56 + 6 * row + 6), 0, 2])
        // 33 ..< 37 lies in the column 32 ..< 40.
        #expect(try bricks(game) == wall & ~brick(row, 3))
        #expect(game.points == 6 - row && game.state[10] == (row < 2 ? 1 : 0))
    }

    @Test func theBrickUnderTheCentreGoesFirst() throws {
        var random = RandomSource(seed: 1)
        // The ball's columns are 29 ..< 33 and 31 ..< 35: mostly in column 2 (24 ..< 32), mostly in column 3.
        for (x, near, far) in [(29.0, 2, 3), (31, 3, 2)] {
            var both = try game(ball: (x, 92), velocity: (0, -2))
            #expect(both.advance(0, using: &random) == 1)
            #expect(try bricks(both) == Self.fullWall & ~brick(5, near))
            var one = try game(ball: (x, 92), velocity: (0, -2), bricks: Self.fullWall & ~brick(5, near))
            #expect(one.advance(0, using: &random) == 1)
            #expect(try bricks(one) == Self.fullWall & ~brick(5, near) & ~brick(5, far))
        }
    }

    @Test func fromTheSideABrickTurnsTheBallAcross() throws {
        var random = RandomSource(seed: 1)
        // A hole one brick wide in the lowest row, columns 40 ..< 48; the ball inside it at line 87.
        var game = try game(ball: (43.5, 87), velocity: (2, 0), bricks: Self.fullWall & ~brick(5, 4))
        #expect(game.advance(0, using: &random) == 1)
        #expect(ball(game) == [43.5, 87, -2, 0])
        #expect(try bricks(game) == Self.fullWall & ~brick(5, 4) & ~brick(5, 5))
    }

    /// Of the 14 pixels on each side, thirds; speeds 2, 2½, 3¼ and 4.
    @Test(arguments: [
        (0.0, 5.0, -15.0), (4.5, 5, -15), (4.75, 10, -12), (9.25, 10, -12), (9.5, 14, -8), (13.75, 14, -8), (-4.5, -5, -15),
        (-5, -10, -12),
        (-13.75, -14, -8),
    ])
    func theAngleGrowsFromThePaddlesCentre(_ offset: Double, _ across: Double, _ down: Double) throws {
        var random = RandomSource(seed: 1)
        for (hits, wasHigh, speed) in [
            (0, false, 2.0), (2, false, 2), (3, false, 2.5), (10, false, 2.5), (11, false, 3.25), (50, false, 3.25), (0, true, 4),
            (20, true, 4),
        ] {
            var game = try game(ball: (78 + offset, 185), velocity: (0, 2), hits: hits, wasHigh: wasHigh)
            #expect(game.advance(0, using: &random) == 0)
            #expect(ball(game) == [78 + offset, 186, across * speed / 16, down * speed / 16])
            #expect(game.state[9] == Double(hits + 1))
        }
    }

    @Test func aBallBesideThePaddleIsLost() throws {
        var random = RandomSource(seed: 1)
        for offset in [-14.0, 14] {
            var game = try game(ball: (78 + offset, 185), velocity: (0, 2), hits: 7, wasHigh: true)
            while game.lives == 5 { _ = game.advance(0, using: &random) }
            #expect(game.lives == 4 && game.state[8] == 60)
            _ = game.advance(1, using: &random)
            #expect(game.state[9] == 0 && game.state[10] == 0 && ball(game)[3] == 1.5)
        }
    }

    @Test func theLastLifeEndsTheGame() throws {
        var random = RandomSource(seed: 1)
        var game = try game(ball: (20, 209), velocity: (0, 2), lives: 1)
        _ = game.advance(0, using: &random)
        #expect(game.isOver && game.lives == 0)
        let end = game, source = random
        #expect(game.advance(1, using: &random) == 0 && game == end && random == source)
    }

    @Test func aNewWallStandsWhenTheBallMeetsThePaddle() throws {
        var random = RandomSource(seed: 1)
        var game = try game(ball: (33, 92), velocity: (0, -2), bricks: brick(5, 3))
        _ = game.advance(0, using: &random)
        #expect(try bricks(game) == 0)
        var next = try self.game(ball: (78, 185), velocity: (0, 2), points: 378, bricks: 0)
        _ = next.advance(0, using: &random)
        #expect(try bricks(next) == Self.fullWall && next.points == 378)
    }

    /// The ball never overlaps a brick, whatever it does.
    @Test func theBallStaysOutOfTheWall() throws {
        var random = RandomSource(seed: 8)
        var game = PixelBreakout()
        game.reset(using: &random)
        for frame in 0..<6000 {
            let aim = game.state[0] + Double(frame / 50 % 5 - 2) * 5 - game.state[4]
            _ = game.advance(game.isOver ? 0 : aim > 2 ? 2 : aim < -2 ? 3 : 1, using: &random)
            if game.isOver { game.reset(using: &random) }
            let wall = try bricks(game), corner = ball(game)
            for (x, y) in [
                (corner[0], corner[1]), (corner[0] + 3.9, corner[1]), (corner[0], corner[1] + 3.9),
                (corner[0] + 3.9, corner[1] + 3.9),
            ]
            where (56..<92).contains(y) {
                #expect(wall & brick(Int(y - 56) / 6, Int(x - 8) / 8) == 0, "frame \(frame)")
            }
        }
        #expect(game.points > 20)
    }

    @Test func whatNoGameLeadsToIsRefused() throws {
        var archive = Archive()
        archive.store([Int64](repeating: 600, count: 4) + [600, 0, 6, 0, 0, 0], as: "breakout")
        archive.store([0, 0] as [UInt64], as: "bricks")
        var game = PixelBreakout()
        #expect(throws: ArchiveError.self) { try game.load(from: archive) }
        #expect(throws: ArchiveError.self) { _ = try self.game(ball: (33, 92), velocity: (0, 0), bricks: Self.fullWall + 1) }
        #expect(throws: ArchiveError.self) { _ = try self.game(ball: (2, 92), velocity: (0, 0)) }
    }

    @Test func thePicture() throws {
        let game = try game(ball: (40, 120), velocity: (1, 1), points: 24, lives: 2, bricks: Self.fullWall & ~brick(2, 5))
        let picture = PixelFrames(game, isGrey: true).seen
        func isAlike(_ x: Range<Int>, _ y: Range<Int>) -> UInt8? {
            let found = Set(y.flatMap { line in x.map { picture[line * 160 + $0] } })
            return found.count == 1 ? found.first : nil
        }
        let ground = picture[140 * 160 + 80]
        #expect(isAlike(40..<44, 120..<124) == 255 && isAlike(44..<60, 110..<130) == ground)
        #expect(isAlike(48..<56, 68..<74) == ground && isAlike(40..<47, 68..<73) != ground)
        #expect(Set((0..<6).map { isAlike(8..<15, 56 + 6 * $0..<61 + 6 * $0) }).count == 6)
        #expect(isAlike(15..<16, 32..<190) == ground && isAlike(8..<152, 61..<62) == ground)
        #expect(isAlike(68..<92, 190..<194) != ground && isAlike(92..<100, 190..<194) == ground)
        #expect(isAlike(112..<116, 8..<16) == 255 && isAlike(120..<124, 8..<16) == 255 && isAlike(128..<132, 8..<16) == ground)
    }

    @Test func golden() throws {
        let fingerprint = try PixelGolden.fingerprint(of: PixelBreakout.specification, steps: 60)
        #expect(fingerprint == 1_487_608_593_354_018_146)
    }
}
