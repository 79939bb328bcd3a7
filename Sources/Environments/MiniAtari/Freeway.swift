// Mini-Freeway: lead a chicken across eight lanes of traffic, again and again until time is up.
//
// Start: the chicken is in row 9 of column 4; a car is at x = 0 of each row from 1 to 8. A car of speed s, 1 to 5, moves a cell every
// s + 1 acts, to the right or to the left. Speeds are drawn uniformly, then directions.
//
// An act, in order:
// 1. Up or down moves the chicken a row, if it has rested: after a move it rests for two acts.
// 2. In row 0 it has arrived: +1, it starts again from row 9, and all cars draw new speeds and directions where they are.
// 3. Car by car: one that is in the chicken's cell sends it back to row 9. A car whose time has come moves, around the screen's edge,
//    and if it arrives in the chicken's cell it sends it back too.
// 4. The clock runs: 2,501 acts are a game.
//
// The reference counts the clock's end as a termination, which it is with `clock_terminates`. Here it is a time limit: what happens next
// is worth something, it is merely not played. Nothing ramps. The five channels of speeds show the cell behind each car.
import RLCore

public struct Freeway: MiniGame {
    public static let name = "freeway"
    public static let summary = "lead a chicken across eight lanes of cars, on 10 by 10 cells (mini-Atari)"
    public static let timeLimit = 2501
    public static let planes = [
        Plane("chicken", .yellow, inset: 0.1), Plane("car", .skyBlue), Plane("speed1", .vermilion, inset: 0.2),
        Plane("speed2", .orange, inset: 0.24), Plane("speed3", .rose, inset: 0.28), Plane("speed4", .green, inset: 0.32),
        Plane("speed5", .slate, inset: 0.36),
    ]
    public static let usefulActions: [GameAction] = [.noop, .up, .down]
    private static let column = 4
    private static let rest = 3

    private let clockTerminates: Bool
    private var row = 9
    private var moveTimer = Freeway.rest
    private var clock = Freeway.timeLimit - 1
    private var columns = EightNumbers(repeating: 0)
    private var timers = EightNumbers(repeating: 0)
    private var speeds = EightNumbers(repeating: 1)
    /// What a move adds to a column, modulo 10: 1 to the right, 9 to the left.
    private var strides = EightNumbers(repeating: 1)

    public init(rules: GameRules) { clockTerminates = rules.clockTerminates }

    public mutating func reset<Chance: GameChance>(using chance: inout Chance) {
        row = 9
        moveTimer = Freeway.rest
        clock = Freeway.timeLimit - 1
        columns = EightNumbers(repeating: 0)
        drawCars(using: &chance)
    }

    private mutating func drawCars<Chance: GameChance>(using chance: inout Chance) {
        for car in 0..<8 { speeds[car] = 1 &+ chance.below(5) }
        for car in 0..<8 { strides[car] = chance.happens(0.5) ? 9 : 1 }
        timers = speeds
    }

    @inline(__always)
    public mutating func act<Chance: GameChance>(_ action: GameAction, using chance: inout Chance) -> Turn {
        var turn = Turn()
        let moves = action.along
        if moveTimer == 0 && moves != 0 {
            moveTimer = Freeway.rest
            row = max(0, min(9, row &+ moves))
        }
        if row == 0 {
            turn.reward = 1
            drawCars(using: &chance)
            row = 9
        }
        // Cars do not touch each other, and at most one is in the chicken's row: all eight move at once.
        let isHit = isAtCar
        drive()
        if isHit || isAtCar { row = 9 }
        if moveTimer > 0 { moveTimer &-= 1 }
        clock &-= 1
        turn.isOver = clockTerminates && clock < 0
        return turn
    }

    private var isAtCar: Bool {
        // Row 9 has no car; index 8 would ask for a byte that is not there.
        @inline(__always) get { row < 9 && columns[row &- 1] == Freeway.column }
    }

    /// Byte by byte: a timer of 0 starts again and its car moves, any other runs down.
    @inline(__always) private mutating func drive() {
        let ones = EightNumbers.ones
        // 0 + 127 is the only sum without the byte's high bit.
        let moving = ~(timers.bits &+ 0x7f &* ones) &>> 7 & ones
        timers.bits = timers.bits &- (moving ^ ones) &+ (speeds.bits & (moving &* 0xff))
        let ahead = columns.bits &+ (strides.bits & (moving &* 0xff))
        // From 10 on, + 118 reaches the high bit.
        let beyond = (ahead &+ 118 &* ones) &>> 7 & ones
        columns.bits = ahead &- beyond &* 10
    }

    @inline(__always) public func paint(on screen: inout MutableSpan<UInt8>) {
        screen.clear(channels: 7)
        screen.mark(Freeway.column, row, 0, of: 7)
        for car in 0..<8 {
            let x = columns[car], y = car &+ 1
            screen.mark(x, y, 1, of: 7)
            let behind = x &+ 10 &- strides[car]
            screen.mark(behind > 9 ? behind &- 10 : behind, y, 1 &+ speeds[car], of: 7)
        }
    }

    /// The chicken's row, its rest, the clock; then for each car from row 1 to 8: x, acts until it moves, its speed, signed by direction.
    public var numbers: [Int] {
        [row, moveTimer, clock]
            + (0..<8).flatMap { [columns[$0], timers[$0], strides[$0] == 1 ? speeds[$0] : -speeds[$0]] }
    }
    public mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        row = try numbers.next(1...9)
        moveTimer = try numbers.next(0...Freeway.rest)
        clock = try numbers.next(-(1 << 53)...Freeway.timeLimit - 1)
        for car in 0..<8 {
            columns[car] = try numbers.place()
            timers[car] = try numbers.next(0...5)
            let speed = try numbers.next(-5...5)
            guard speed != 0 else { throw GameNumbers.Nonsense(description: "a car has speed 0") }
            speeds[car] = abs(speed)
            strides[car] = speed > 0 ? 1 : 9
        }
    }
}
