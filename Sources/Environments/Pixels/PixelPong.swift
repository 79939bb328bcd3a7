// Pong at full size: two paddles, one ball, the first to 21.
public import Basics
public import RLCore

/// The player is on the right, the opponent on the left. A picture is 160 by 210 pixels, the field its lines 34 ..< 194; lengths are
/// whole sixteenths of a pixel here, times are frames.
///
/// Of a frame, in this order:
/// 1. The player's paddle moves 3.75 pixels up or down, or stays.
/// 2. The opponent's moves at most 2.25 (0.6 of that) so that its centre comes nearer to the ball's, if the ball's centre is left of
///    midcourt; otherwise nearer to the middle of the field: it sees the ball only after midcourt.
/// 3. The ball waits for its serve, or moves. At the upper and lower wall it is mirrored. Where its leading edge passes the face of a
///    paddle that it overlaps after the move, it is put against that face and leaves it.
/// 4. A ball that has left the picture is a point: +1 behind the opponent, −1 behind the player. The first to 21 wins; else the ball
///    is served again, towards whoever lost the point.
///
/// The ball flies at 2 pixels a frame across, and ¼ faster after every hit of a rally, up to 4. It leaves a paddle with the slope of
/// the segment it hit: ¼, ½, 1 or 2 down (or up) for each pixel across, as its centre is less than 2½, 5, 7½ or 10 pixels below (or
/// above) the paddle's.
/// A serve waits 32 frames at midcourt, its height one of the middle 101 lines, its slope ¼ or ½ up or down; the first of a game flies
/// to either side. All of these are drawn uniformly, and nothing else is drawn.
public struct PixelPong: PixelWorld {
    /// Points that win the game.
    public static let goal = 21
    private static let pixel = 16
    private static let top = 34 * pixel, bottom = 194 * pixel, middle = (top + bottom) / 2
    private static let paddleHeight = 16 * pixel, ballSide = 4 * pixel
    /// From the centre of a paddle to that of a ball that just misses it.
    private static let reach = (paddleHeight + ballSide) / 2
    /// The sides of the paddles that the ball meets.
    private static let playerFace = 144 * pixel, opponentFace = 16 * pixel
    private static let right = 160 * pixel, midcourt = 80 * pixel
    private static let playerSpeed = 60, opponentSpeed = 36
    private static let slowest = 2 * pixel, fastest = 4 * pixel, gain = pixel / 4
    private static let pause = 32

    /// The ball's upper left corner and velocity; the centres of the paddles.
    private var x = midcourt - ballSide / 2, y = middle - ballSide / 2, across = 0, down = 0
    private var player = middle, opponent = middle
    public private(set) var playerPoints = 0, opponentPoints = 0
    /// Frames until the ball is served; hits of this rally.
    private var wait = 0, hits = 0

    public init() {}

    /// Stay, up, down.
    public static let actionCount = 3
    public var isOver: Bool { max(playerPoints, opponentPoints) == PixelPong.goal }

    public mutating func reset(using random: inout RandomSource) {
        self = PixelPong()
        serve(toPlayer: random.below(2) == 0, using: &random)
    }

    public mutating func advance(_ action: Int, using random: inout RandomSource) -> Float {
        if isOver { return 0 }
        movePaddles(action)
        if wait > 0 {
            wait -= 1
            return 0
        }
        moveBall()
        let isPoint = x + PixelPong.ballSide <= 0, isLost = x >= PixelPong.right
        if !isPoint && !isLost { return 0 }
        if isPoint { playerPoints += 1 } else { opponentPoints += 1 }
        if !isOver { serve(toPlayer: isLost, using: &random) }
        return isPoint ? 1 : -1
    }

    private mutating func serve(toPlayer: Bool, using random: inout RandomSource) {
        hits = 0
        wait = PixelPong.pause
        x = PixelPong.midcourt - PixelPong.ballSide / 2
        y = PixelPong.middle - PixelPong.ballSide / 2 + (random.below(101) - 50) * PixelPong.pixel
        across = toPlayer ? PixelPong.slowest : -PixelPong.slowest
        down = (PixelPong.slowest << random.below(2)) / 4
        if random.below(2) == 0 { down = -down }
    }

    private mutating func movePaddles(_ action: Int) {
        func inside(_ centre: Int) -> Int {
            max(PixelPong.top + PixelPong.paddleHeight / 2, min(PixelPong.bottom - PixelPong.paddleHeight / 2, centre))
        }
        player = inside(player + (action == 1 ? -PixelPong.playerSpeed : action == 2 ? PixelPong.playerSpeed : 0))
        let sees = x + PixelPong.ballSide / 2 < PixelPong.midcourt
        let aim = sees ? y + PixelPong.ballSide / 2 : PixelPong.middle
        opponent = inside(opponent + max(-PixelPong.opponentSpeed, min(PixelPong.opponentSpeed, aim - opponent)))
    }

    private mutating func moveBall() {
        let side = PixelPong.ballSide
        let before = x
        x += across
        y += down
        if y < PixelPong.top || y > PixelPong.bottom - side {
            y = 2 * (y < PixelPong.top ? PixelPong.top : PixelPong.bottom - side) - y
            down = -down
        }
        let centre = y + side / 2
        if before + side <= PixelPong.playerFace && x + side > PixelPong.playerFace && abs(centre - player) < PixelPong.reach {
            x = PixelPong.playerFace - side
            rebound(offset: centre - player, direction: -1)
        } else if before >= PixelPong.opponentFace && x < PixelPong.opponentFace && abs(centre - opponent) < PixelPong.reach {
            x = PixelPong.opponentFace
            rebound(offset: centre - opponent, direction: 1)
        }
    }

    /// - Parameter offset: of the ball's centre below the paddle's.
    private mutating func rebound(offset: Int, direction: Int) {
        hits += 1
        let speed = min(PixelPong.fastest, PixelPong.slowest + hits * PixelPong.gain)
        across = direction * speed
        // Four segments a side, each with twice the slope of the one before, from a quarter on.
        down = (speed << (abs(offset) * 4 / PixelPong.reach)) / 4
        if offset < 0 { down = -down }
    }

    public func paint(on raster: Raster) {
        let light = Colour(214, 214, 206), dim = Colour(70, 84, 104)
        raster.fill(Colour(24, 30, 44))
        raster.number(opponentPoints, right: 64, y: 2, scale: 4, PixelPong.opponentColour)
        raster.number(playerPoints, right: 124, y: 2, scale: 4, PixelPong.playerColour)
        raster.rectangle(x: 0, y: 26, width: 160, height: 8, light)
        raster.rectangle(x: 0, y: 194, width: 160, height: 8, light)
        for dash in 0..<10 { raster.rectangle(x: 79, y: 38 + 16 * dash, width: 2, height: 8, dim) }
        let half = PixelPong.paddleHeight / 2
        raster.rectangle(x: 12, y: (opponent - half) / 16, width: 4, height: 16, PixelPong.opponentColour)
        raster.rectangle(x: 144, y: (player - half) / 16, width: 4, height: 16, PixelPong.playerColour)
        // Shifted, not divided: a ball that leaves to the left has a negative x, and division would round it to the right.
        raster.rectangle(x: x >> 4, y: y >> 4, width: 4, height: 4, .white)
    }
    private static let playerColour = Colour(96, 208, 128), opponentColour = Colour(236, 150, 76)

    /// The ball's centre (pixels) and velocity (pixels a frame), across and down; the centres of the player's and the opponent's
    /// paddle; their points; frames until the serve; hits of the rally.
    public var state: [Double] {
        let half = PixelPong.ballSide / 2
        return [x + half, y + half, across, down, player, opponent].map { Double($0) / Double(PixelPong.pixel) }
            + [playerPoints, opponentPoints, wait, hits].map { Double($0) }
    }

    public func save(into archive: inout Archive) {
        archive.store(
            [x, y, across, down, player, opponent, playerPoints, opponentPoints, wait, hits].map { Int64($0) }, as: "pong")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.int64s("pong", count: 10).map { Int($0) }
        guard found.allSatisfy({ (-1 << 20...1 << 20).contains($0) }), found[6...].allSatisfy({ $0 >= 0 }),
            max(found[6], found[7]) <= PixelPong.goal
        else { throw ArchiveError("\"pong\" is \(found), which no game leads to") }
        (x, y, across, down) = (found[0], found[1], found[2], found[3])
        (player, opponent) = (found[4], found[5])
        (playerPoints, opponentPoints, wait, hits) = (found[6], found[7], found[8], found[9])
    }
}

extension PixelPong {
    public static let specification = EnvironmentSpecification(
        pixels: "pixel-pong", version: 1, summary: "Pong from pixels: the first to 21, behind the standard Atari preprocessing",
        threshold: nil, actionNames: ["stay", "up", "down"]
    ) { PixelPong() }
}
