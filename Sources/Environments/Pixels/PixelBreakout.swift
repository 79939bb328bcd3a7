// Breakout at full size: a ball, a paddle, and a wall of bricks to take down.
public import Basics
public import RLCore

/// A picture is 160 by 210 pixels; the field is the columns 8 ..< 152 below line 32. Lengths are whole sixty-fourths of a pixel here,
/// times are frames.
///
/// The wall is 6 rows of 18 bricks, each 8 pixels wide and 6 high, the lines 56 ..< 92. A brick pays 1 in the lowest row, 2 in the next,
/// 6 in the highest: 378 the wall. When all are gone a new wall stands as soon as the ball meets the paddle.
///
/// Of a frame, in this order:
/// 1. The paddle, 24 by 4 pixels at line 190, moves 3 pixels to the right or to the left, or stays.
/// 2. A ball that waits is served when it is asked for, or by itself in the 60th frame: at line 100, its left edge at one of the
///    columns 32 ..< 125, down to the left or to the right, drawn uniformly. Nothing else is drawn.
/// 3. A ball in play, 4 by 4 pixels, moves across, then down. At the sides and at the top it is mirrored. Where it would overlap
///    bricks it stays, turns round, and takes one away: that under its centre, or else its neighbour, before those of the other row.
/// 4. Where its lower edge passes the paddle's upper one and it overlaps the paddle, it is put upon it and leaves it, by sixths of the
///    28 pixels on which they can meet: the outer sixths 14 across and 8 up for each 16 that it flies, the next ones 10 and 12, the
///    inner ones 5 and 15, away from the paddle's centre.
/// 5. A ball below the picture is a life. There are five; the next ball waits.
///
/// The ball flies at 2 pixels a frame; at 2½ after 4 hits of the paddle, at 3¼ after 12; at 4 once it has taken a brick of the upper two
/// rows. It keeps its speed until the next hit of the paddle, and every ball begins slowly.
public struct PixelBreakout: PixelWorld {
    private static let pixel = 64
    private static let left = 8 * pixel, right = 152 * pixel, top = 32 * pixel, bottom = 210 * pixel
    private static let rows = 6, columns = 18
    private static let brickWidth = 8 * pixel, brickHeight = 6 * pixel, wallTop = 56 * pixel
    private static let wallBottom = wallTop + rows * brickHeight
    private static let fullWall = (UInt128(1) << (rows * columns)) - 1
    private static let paddleTop = 190 * pixel, paddleWidth = 24 * pixel, paddleSpeed = 3 * pixel
    private static let ballSide = 4 * pixel
    private static let patience = 60
    /// Quarters of a pixel a frame.
    private static let speeds: [4 of Int] = [8, 10, 13, 16]

    /// One bit a brick, rows from the top, in each the leftmost brick first.
    private var bricks = fullWall
    /// The ball's upper left corner and velocity.
    private var x = 80 * pixel, y = 100 * pixel, across = 0, down = 0
    /// The left edge of the paddle.
    private var paddle = 68 * pixel
    public private(set) var lives = 5, points = 0
    /// Frames that the ball still waits; 0 while it is in play.
    private var wait = patience
    /// Of the paddle by this ball; whether it has been in the upper rows.
    private var hits = 0, wasHigh = false

    public init() {}

    /// Stay, serve, right, left.
    public static let actionCount = 4
    public var isOver: Bool { lives == 0 }

    public mutating func reset(using random: inout RandomSource) { self = PixelBreakout() }

    public mutating func advance(_ action: Int, using random: inout RandomSource) -> Float {
        if isOver { return 0 }
        let move = action == 2 ? PixelBreakout.paddleSpeed : action == 3 ? -PixelBreakout.paddleSpeed : 0
        paddle = max(PixelBreakout.left, min(PixelBreakout.right - PixelBreakout.paddleWidth, paddle + move))
        if wait > 0 {
            wait = action == 1 ? 0 : wait - 1
            if wait == 0 { serve(using: &random) }
            return 0
        }
        let before = points
        moveAcross()
        moveDown()
        if y >= PixelBreakout.bottom {
            lives -= 1
            wait = PixelBreakout.patience
        }
        return Float(points - before)
    }

    private mutating func serve(using random: inout RandomSource) {
        hits = 0
        wasHigh = false
        x = (32 + random.below(93)) * PixelBreakout.pixel
        y = 100 * PixelBreakout.pixel
        across = (random.below(2) == 0 ? -10 : 10) * PixelBreakout.speeds[0]
        down = 12 * PixelBreakout.speeds[0]
    }

    private mutating func moveAcross() {
        let edge = PixelBreakout.right - PixelBreakout.ballSide
        x += across
        if x < PixelBreakout.left || x > edge {
            x = 2 * (x < PixelBreakout.left ? PixelBreakout.left : edge) - x
            across = -across
        } else if takesBrick() {
            x -= across
            across = -across
        }
    }

    private mutating func moveDown() {
        let before = y + PixelBreakout.ballSide
        y += down
        if y < PixelBreakout.top {
            y = 2 * PixelBreakout.top - y
            down = -down
        } else if takesBrick() {
            y -= down
            down = -down
        } else if before <= PixelBreakout.paddleTop && y + PixelBreakout.ballSide > PixelBreakout.paddleTop {
            let offset = (x + PixelBreakout.ballSide / 2) - (paddle + PixelBreakout.paddleWidth / 2)
            if abs(offset) < (PixelBreakout.paddleWidth + PixelBreakout.ballSide) / 2 { rebound(offset: offset) }
        }
    }

    /// - Parameter offset: of the ball's centre to the right of the paddle's.
    private mutating func rebound(offset: Int) {
        y = PixelBreakout.paddleTop - PixelBreakout.ballSide
        hits += 1
        if bricks == 0 { bricks = PixelBreakout.fullWall }
        let speed = PixelBreakout.speeds[wasHigh ? 3 : hits >= 12 ? 2 : hits >= 4 ? 1 : 0]
        let third = abs(offset) * 6 / (PixelBreakout.paddleWidth + PixelBreakout.ballSide)
        across = (third == 0 ? 5 : third == 1 ? 10 : 14) * (offset < 0 ? -speed : speed)
        down = -(third == 0 ? 15 : third == 1 ? 12 : 8) * speed
    }

    /// Takes away one of the bricks that the ball overlaps, if there are any.
    private mutating func takesBrick() -> Bool {
        let side = PixelBreakout.ballSide
        guard y < PixelBreakout.wallBottom && y + side > PixelBreakout.wallTop else { return false }
        // The cells of the centre, and of the corner farthest from them. Shifted up by a whole wall, so that division rounds down.
        func cell(_ length: Int, _ size: Int) -> Int { (length + 32 * size) / size - 32 }
        let near = (
            row: cell(y + side / 2 - PixelBreakout.wallTop, PixelBreakout.brickHeight),
            column: cell(x + side / 2 - PixelBreakout.left, PixelBreakout.brickWidth)
        )
        let first = (
            row: cell(y - PixelBreakout.wallTop, PixelBreakout.brickHeight),
            column: cell(x - PixelBreakout.left, PixelBreakout.brickWidth)
        )
        let last = (
            row: cell(y + side - 1 - PixelBreakout.wallTop, PixelBreakout.brickHeight),
            column: cell(x + side - 1 - PixelBreakout.left, PixelBreakout.brickWidth)
        )
        let far = (row: first.row + last.row - near.row, column: first.column + last.column - near.column)
        return takes(near.row, near.column) || takes(near.row, far.column) || takes(far.row, near.column)
            || takes(far.row, far.column)
    }

    private mutating func takes(_ row: Int, _ column: Int) -> Bool {
        guard (0..<PixelBreakout.rows).contains(row), (0..<PixelBreakout.columns).contains(column) else { return false }
        let brick = UInt128(1) << (row * PixelBreakout.columns + column)
        guard bricks & brick != 0 else { return false }
        bricks &= ~brick
        points += PixelBreakout.rows - row
        if row < 2 { wasHigh = true }
        return true
    }

    public func paint(on raster: Raster) {
        let grey = Colour(142, 146, 152)
        raster.fill(Colour(20, 22, 30))
        raster.number(points, right: 100, y: 2, scale: 4, .white)
        for life in 0..<lives { raster.rectangle(x: 112 + 8 * life, y: 8, width: 4, height: 8, .white) }
        raster.rectangle(x: 0, y: 24, width: 160, height: 8, grey)
        raster.rectangle(x: 0, y: 32, width: 8, height: 178, grey)
        raster.rectangle(x: 152, y: 32, width: 8, height: 178, grey)
        for row in 0..<PixelBreakout.rows { paint(row: row, on: raster) }
        raster.rectangle(x: paddle / PixelBreakout.pixel, y: 190, width: 24, height: 4, Colour(112, 196, 236))
        if wait == 0 { raster.rectangle(x: x / PixelBreakout.pixel, y: y / PixelBreakout.pixel, width: 4, height: 4, .white) }
    }
    /// Bricks stand a pixel apart; the lines of a row are alike, so one is painted and repeated.
    private func paint(row: Int, on raster: Raster) {
        let standing = bricks >> (row * PixelBreakout.columns)
        let y = 56 + 6 * row
        for column in 0..<PixelBreakout.columns where standing >> column & 1 != 0 {
            raster.rectangle(x: 8 + 8 * column, y: y, width: 7, height: 1, PixelBreakout.colours[row])
        }
        raster.repeatLine(y, count: 4)
    }
    /// Of the rows, from the top.
    private static let colours: [6 of Colour] = [
        Colour(224, 76, 76), Colour(232, 128, 60), Colour(228, 180, 64), Colour(150, 190, 80), Colour(84, 168, 140),
        Colour(96, 124, 204),
    ]

    /// The ball's centre (pixels) and velocity (pixels a frame), across and down; the centre of the paddle; points; lives; bricks that
    /// stand; frames that the ball still waits; hits of the paddle by this ball; 1 once it was in the upper two rows.
    public var state: [Double] {
        let half = PixelBreakout.ballSide / 2
        return [x + half, y + half, across, down, paddle + PixelBreakout.paddleWidth / 2].map {
            Double($0) / Double(PixelBreakout.pixel)
        } + [points, lives, bricks.nonzeroBitCount, wait, hits, wasHigh ? 1 : 0].map { Double($0) }
    }

    public func save(into archive: inout Archive) {
        archive.store(
            [x, y, across, down, paddle, points, lives, wait, hits, wasHigh ? 1 : 0].map { Int64($0) }, as: "breakout")
        archive.store([UInt64(truncatingIfNeeded: bricks >> 64), UInt64(truncatingIfNeeded: bricks)], as: "bricks")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.int64s("breakout", count: 10).map { Int($0) }
        let words = try archive.words("bricks", count: 2)
        let wall = UInt128(words[0]) << 64 | UInt128(words[1])
        guard found.allSatisfy({ (-1 << 30...1 << 30).contains($0) }), found[5...].allSatisfy({ $0 >= 0 }), found[6] <= 5,
            (PixelBreakout.left...PixelBreakout.right).contains(found[0]),
            (PixelBreakout.left...PixelBreakout.right).contains(found[4]), wall & ~PixelBreakout.fullWall == 0
        else { throw ArchiveError("\"breakout\" is \(found), which no game leads to") }
        (x, y, across, down, paddle) = (found[0], found[1], found[2], found[3], found[4])
        (points, lives, wait, hits, wasHigh) = (found[5], found[6], found[7], found[8], found[9] != 0)
        bricks = wall
    }
}

extension PixelBreakout {
    public static let specification = EnvironmentSpecification(
        pixels: "pixel-breakout", version: 1,
        summary: "Breakout from pixels: five balls against a wall of bricks, behind the standard Atari preprocessing",
        threshold: nil, actionNames: ["stay", "serve", "right", "left"]
    ) { PixelBreakout() }
}
