// Mini-Breakout: keep the ball in play with a paddle and break three rows of bricks, which come back when all are gone.
//
// Start: the ball is in row 3, at x = 0 heading down and right or at x = 9 heading down and left, one half each; the paddle is at
// x = 4 of row 9; bricks fill rows 1 to 3.
//
// An act, in order:
// 1. The paddle moves a cell to the left or right and stays on the screen.
// 2. The ball looks one cell ahead, diagonally. Beyond a side wall it stays in its column and turns back horizontally. Then one of:
//    a. above the screen: it stays in row 0 and turns down;
//    b. a brick is there: if the ball did not touch one in the act before, the brick goes (+1), and the ball stays in its row and turns
//       vertically; otherwise it flies into the brick's cell, which stays;
//    c. row 9: if no brick is left, all come back. Then, if the paddle is in the column that the ball comes from, the ball stays in its
//       row and turns up; else if the paddle is in the column where it would arrive, it stays in its row and turns back both ways;
//       else the game is over;
//    d. nothing is there.
// 3. The ball is there; its trail is where it was.
//
// Nothing ramps, and a perfect player plays for ever.
import RLCore

public struct Breakout: MiniGame {
    public static let name = "breakout"
    public static let summary = "keep a ball in play and break bricks, on 10 by 10 cells (mini-Atari)"
    public static let planes = [
        Plane("paddle", .skyBlue, inset: 0.04), Plane("ball", .snow, inset: 0.16), Plane("trail", .slate, inset: 0.3),
        Plane("brick", .vermilion, inset: 0.03),
    ]
    public static let usefulActions: [GameAction] = [.noop, .left, .right]

    /// Rows 1 to 3; cell (x, y) is bit 10 y + x.
    private static let wall: UInt64 = 0x3fff_ffff << 10

    private var ballX = 0
    private var ballY = 3
    /// The heading: a cell to the right (1) or left (−1), and down (1) or up (−1), in every act.
    private var across = 1
    private var along = 1
    private var lastX = 0
    private var lastY = 3
    private var paddle = 4
    private var bricks = Breakout.wall
    private var touched = false

    public init(rules: GameRules) {}

    public mutating func reset<Chance: GameChance>(using chance: inout Chance) {
        self = Breakout(rules: GameRules())
        if chance.below(2) == 1 {
            ballX = 9
            lastX = 9
            across = -1
        }
    }

    @inline(__always)
    public mutating func act<Chance: GameChance>(_ action: GameAction, using chance: inout Chance) -> Turn {
        var turn = Turn()
        paddle = max(0, min(9, paddle &+ action.across))
        lastX = ballX
        lastY = ballY
        var x = ballX &+ across, y = ballY &+ along
        let isOut = UInt(bitPattern: x) > 9
        x = isOut ? ballX : x
        across = isOut ? 0 &- across : across
        var touches = false
        if y < 4 {
            // Choices that no branch can foresee are made by arithmetic: y is −1 above the screen, and no bit stands for row 0.
            let isAbove = y < 0
            y = max(0, y)
            let brick = 1 &<< UInt64(10 &* y &+ x) & bricks
            touches = brick != 0
            let breaks = touches && !touched
            turn.reward = breaks ? 1 : 0
            bricks ^= breaks ? brick : 0
            y = breaks ? ballY : y
            along = isAbove ? 1 : breaks ? 0 &- along : along
        } else if y == 9 {
            if bricks == 0 { bricks = Breakout.wall }
            if paddle == ballX || paddle == x {
                across = paddle == ballX ? across : 0 &- across
                along = -1
                y = ballY
            } else {
                turn.isOver = true
            }
        }
        touched = touches
        ballX = x
        ballY = y
        return turn
    }

    @inline(__always) public func paint(on screen: inout MutableSpan<UInt8>) {
        screen.clear(channels: 4)
        // Each brick or its absence is written: no branch depends on the wall.
        for cell in 10..<40 { screen[4 &* cell &+ 3] = UInt8(truncatingIfNeeded: bricks &>> UInt64(cell)) & 1 }
        screen.mark(paddle, 9, 0, of: 4)
        screen.mark(ballX, ballY, 1, of: 4)
        screen.mark(lastX, lastY, 2, of: 4)
    }

    /// Ball (x, y), its heading (across, along), where it was (x, y), the paddle's x, whether it touched a brick in the last act,
    /// and the 30 bricks row by row.
    public var numbers: [Int] {
        [ballX, ballY, across, along, lastX, lastY, paddle, touched.number]
            + (10..<40).map { Int(bricks >> UInt64($0) & 1) }
    }
    public mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        ballX = try numbers.place()
        ballY = try numbers.place()
        across = try numbers.direction()
        along = try numbers.direction()
        lastX = try numbers.place()
        lastY = try numbers.place()
        paddle = try numbers.place()
        touched = try numbers.truth()
        bricks = 0
        for bit in 10..<40 where try numbers.truth() { bricks |= 1 << UInt64(bit) }
    }
}
