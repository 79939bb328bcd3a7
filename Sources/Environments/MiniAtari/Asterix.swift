// Mini-Asterix: enemies and treasure cross the screen in eight rows; collect the one and keep away from the other.
//
// Start: the player is at (5, 5); rows 1 to 8 are empty, and each has room for one enemy or treasure. A new one comes every 10 acts
// and all move every 5.
//
// An act, in order:
// 1. If it is time: a new one. It goes right from x = 0 or left from x = 9, one half each; it is treasure with probability 1/3, else an
//    enemy; its row is one of the free ones, all alike. If none is free there is no new one.
// 2. The player moves a cell and stays within the columns 0 to 9 and the rows 1 to 8.
// 3. Whatever is in the player's cell meets the player: treasure pays 1 and is gone, an enemy ends the game.
// 4. If it is time: all move a cell. Who leaves the screen is gone; who arrives in the player's cell meets the player as in 3.
// 5. With ramping, every 102 acts: new ones come an act sooner (down to every act), and every other time all move an act sooner
//    (likewise).
//
// An ending cuts no act short. Each leaves a trail in the cell behind it.
import RLCore

public struct Asterix: MiniGame {
    public static let name = "asterix"
    public static let summary = "collect treasure and dodge enemies, on 10 by 10 cells (mini-Atari)"
    public static let planes = [
        Plane("player", .snow, inset: 0.06), Plane("enemy", .vermilion), Plane("trail", .slate, inset: 0.32),
        Plane("gold", .yellow, inset: 0.14),
    ]
    public static let usefulActions: [GameAction] = [.noop, .left, .up, .right, .down]
    /// Acts between ramps but two.
    private static let rampInterval = 100

    private let ramps: Bool
    private var playerX = 5
    private var playerY = 5
    /// Bit k is what crosses row k + 1.
    private var present: UInt8 = 0
    private var rightward: UInt8 = 0
    private var golden: UInt8 = 0
    private var columns = EightNumbers(repeating: 0)
    private var spawnSpeed = 10
    private var spawnTimer = 10
    private var moveSpeed = 5
    private var moveTimer = 5
    private var rampTimer = Asterix.rampInterval
    private var rampIndex = 0

    public init(rules: GameRules) { ramps = rules.ramps }

    public mutating func reset<Chance: GameChance>(using chance: inout Chance) {
        var rules = GameRules()
        rules.ramps = ramps
        self = Asterix(rules: rules)
    }

    @inline(__always)
    public mutating func act<Chance: GameChance>(_ action: GameAction, using chance: inout Chance) -> Turn {
        var turn = Turn()
        if spawnTimer == 0 {
            spawn(using: &chance)
            spawnTimer = spawnSpeed
        }
        playerX = max(0, min(9, playerX &+ action.across))
        playerY = max(1, min(8, playerY &+ action.along))
        meet(&turn)
        if moveTimer == 0 {
            moveTimer = moveSpeed
            move()
            meet(&turn)
        }
        spawnTimer &-= 1
        moveTimer &-= 1
        if ramps && (spawnSpeed > 1 || moveSpeed > 1) { ramp() }
        return turn
    }

    /// Only one row can hold what meets the player.
    @inline(__always) private mutating func meet(_ turn: inout Turn) {
        let slot = playerY &- 1
        let bit = UInt8(1) &<< UInt8(slot)
        guard present & bit != 0 && columns[slot] == playerX else { return }
        if golden & bit != 0 {
            turn.reward &+= 1
            remove(slot)
        } else {
            turn.isOver = true
        }
    }

    @inline(__always) private mutating func move() {
        var rest = present
        while rest != 0 {
            let slot = rest.trailingZeroBitCount
            let bit = UInt8(1) &<< UInt8(slot)
            rest ^= bit
            let x = columns[slot] &+ (rightward & bit != 0 ? 1 : -1)
            if x < 0 || x > 9 { remove(slot) } else { columns[slot] = x }
        }
    }

    /// An empty row keeps nothing of who was there, so that equal numbers are equal games.
    @inline(__always) private mutating func remove(_ slot: Int) {
        let bit = UInt8(1) &<< UInt8(slot)
        present &= ~bit
        rightward &= ~bit
        golden &= ~bit
        columns[slot] = 0
    }

    @inline(__always) private mutating func ramp() {
        guard rampTimer < 0 else {
            rampTimer &-= 1
            return
        }
        if moveSpeed > 1 && rampIndex & 1 == 1 { moveSpeed &-= 1 }
        if spawnSpeed > 1 { spawnSpeed &-= 1 }
        rampIndex &+= 1
        rampTimer = Asterix.rampInterval
    }

    /// Direction and kind are drawn even where no row is free.
    @inline(__always) private mutating func spawn<Chance: GameChance>(using chance: inout Chance) {
        let goesRight = chance.happens(1.0 / 2.0)
        let isGold = chance.happens(1.0 / 3.0)
        var free = ~present
        guard free != 0 else { return }
        for _ in 0..<chance.below(free.nonzeroBitCount) { free &= free &- 1 }
        let bit = free & (0 &- free)
        present |= bit
        rightward = goesRight ? rightward | bit : rightward & ~bit
        golden = isGold ? golden | bit : golden & ~bit
        columns[bit.trailingZeroBitCount] = goesRight ? 0 : 9
    }

    @inline(__always) public func paint(on screen: inout MutableSpan<UInt8>) {
        screen.clear(channels: 4)
        screen.mark(playerX, playerY, 0, of: 4)
        var rest = present
        while rest != 0 {
            let slot = rest.trailingZeroBitCount
            let bit = UInt8(1) &<< UInt8(slot)
            rest ^= bit
            let x = columns[slot], y = slot &+ 1
            screen.mark(x, y, golden & bit != 0 ? 3 : 1, of: 4)
            let behind = x &+ (rightward & bit != 0 ? -1 : 1)
            if behind >= 0 && behind <= 9 { screen.mark(behind, y, 2, of: 4) }
        }
    }

    /// The player's (x, y), spawn speed and timer, move speed and timer, ramp timer and index; then for each row from 1 to 8: whether
    /// something is there, its x, whether it goes right, whether it is gold (zeros where nothing is).
    public var numbers: [Int] {
        [playerX, playerY, spawnSpeed, spawnTimer, moveSpeed, moveTimer, rampTimer, rampIndex]
            + (0..<8).flatMap { slot -> [Int] in
                func bit(_ mask: UInt8) -> Int { Int(mask >> slot & 1) }
                return bit(present) == 0 ? [0, 0, 0, 0] : [1, columns[slot], bit(rightward), bit(golden)]
            }
    }
    public mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        playerX = try numbers.place()
        playerY = try numbers.next(1...8)
        spawnSpeed = try numbers.next(1...10)
        spawnTimer = try numbers.next(0...10)
        moveSpeed = try numbers.next(1...5)
        moveTimer = try numbers.next(0...5)
        rampTimer = try numbers.next(-1...Asterix.rampInterval)
        rampIndex = try numbers.next(0...10)
        (present, rightward, golden) = (0, 0, 0)
        for slot in 0..<8 {
            let bit = UInt8(1) << slot
            if try numbers.truth() { present |= bit }
            columns[slot] = try numbers.place()
            if try numbers.truth() { rightward |= bit }
            if try numbers.truth() { golden |= bit }
        }
    }
}
