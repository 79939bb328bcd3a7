// Mini-Space-Invaders: shoot down the aliens before they land or hit the cannon; when all are gone the next wave comes.
//
// Start: the cannon is at x = 5 of row 9; 24 aliens fill rows 0 to 3 and columns 2 to 7 and move to the left, first after 12 acts and
// then every `interval` acts, 12 at first, or every n acts once only n < `interval` of them are left. The first alien bullet comes
// after 10 acts.
//
// An act, in order:
// 1. Fire puts a bullet into the cannon's cell, if the last was fired at least 5 acts ago; left or right moves the cannon a cell, on
//    the screen.
// 2. The cannon's bullets move up a row; those above the screen are gone.
// 3. The aliens' bullets move down a row; those below the screen are gone. One in the cannon's cell ends the game.
// 4. An alien in the cannon's cell ends the game.
// 5. If it is time, the aliens move. Is one of them at the edge they move to, they turn around and go down a row; that ends the game if
//    one is in row 9 (and shows it in row 0). Else they go a column on. One in the cannon's cell then ends the game.
// 6. Every 10 acts the column of aliens that is nearest to the cannon, the left one of two, fires from its lowest alien's cell.
// 7. Every alien in a cell with a bullet of the cannon is shot: +1, and both are gone.
// 8. If no alien is left, a new wave stands where the first stood, and with ramping the interval is one act shorter, down to 6.
//    Everything else goes on.
//
// An ending cuts no act short.
import RLCore

public struct SpaceInvaders: MiniGame {
    public static let name = "space-invaders"
    public static let summary = "shoot down waves of aliens, on 10 by 10 cells (mini-Atari)"
    public static let planes = [
        Plane("cannon", .skyBlue), Plane("alien", .yellow), Plane("alien_left", nil), Plane("alien_right", nil),
        Plane("friendly_bullet", .snow, inset: 0.34), Plane("enemy_bullet", .vermilion, inset: 0.3),
    ]
    public static let usefulActions: [GameAction] = [.noop, .left, .right, .fire]
    private static let firstInterval = 12
    private static let lastInterval = 6
    private static let reload = 5
    private static let alienReload = 10
    // Computed, for the compiler to fold.
    private static var wave: Cells { .block(rows: 4, columns: 2, 7) }

    private let ramps: Bool
    private var cannon = 5
    private var aliens = SpaceInvaders.wave
    private var bullets = Cells()
    private var alienBullets = Cells()
    private var goesLeft = true
    private var interval = SpaceInvaders.firstInterval
    private var moveTimer = SpaceInvaders.firstInterval
    private var alienShotTimer = SpaceInvaders.alienReload
    private var shotTimer = 0
    private var rampIndex = 0

    public init(rules: GameRules) { ramps = rules.ramps }

    public mutating func reset<Chance: GameChance>(using chance: inout Chance) {
        var rules = GameRules()
        rules.ramps = ramps
        self = SpaceInvaders(rules: rules)
    }

    @inline(__always)
    public mutating func act<Chance: GameChance>(_ action: GameAction, using chance: inout Chance) -> Turn {
        var turn = Turn()
        if action == .fire && shotTimer == 0 {
            bullets.insert(cannon, 9)
            shotTimer = SpaceInvaders.reload
        }
        cannon = max(0, min(9, cannon &+ action.across))
        bullets = bullets.movedUp
        alienBullets = alienBullets.movedDown
        let cell = Cells(cannon, 9)
        turn.isOver = alienBullets.meets(cell) || aliens.meets(cell)
        if moveTimer == 0 {
            moveTimer = min(aliens.count, interval)
            if aliens.meets(goesLeft ? .leftColumn : .rightColumn) {
                goesLeft.toggle()
                if aliens.meets(.bottomRow) { turn.isOver = true }
                aliens = aliens.movedDownAround
            } else {
                aliens = goesLeft ? aliens.movedLeft : aliens.movedRight
            }
            if aliens.meets(cell) { turn.isOver = true }
        }
        if alienShotTimer == 0 {
            alienShotTimer = SpaceInvaders.alienReload
            alienBullets.formUnion(aliens.lowest(inColumnNearest: cannon))
        }
        let shot = aliens.intersection(bullets)
        turn.reward = shot.count
        aliens.subtract(shot)
        bullets.subtract(shot)
        if shotTimer > 0 { shotTimer &-= 1 }
        moveTimer &-= 1
        alienShotTimer &-= 1
        if aliens.isEmpty {
            if ramps && interval > SpaceInvaders.lastInterval {
                interval &-= 1
                rampIndex &+= 1
            }
            aliens = SpaceInvaders.wave
        }
        return turn
    }

    @inline(__always) public func paint(on screen: inout MutableSpan<UInt8>) {
        screen.clear(channels: 6)
        screen.mark(cannon, 9, 0, of: 6)
        let heading = goesLeft ? 2 : 3
        aliens.forEach { cell in
            screen[6 &* cell &+ 1] = 1
            screen[6 &* cell &+ heading] = 1
        }
        bullets.forEach { screen[6 &* $0 &+ 4] = 1 }
        alienBullets.forEach { screen[6 &* $0 &+ 5] = 1 }
    }

    /// The cannon's x, whether the aliens go left, move interval and timer, alien shot timer, shot timer, ramp index; then 100 cells row
    /// by row of aliens, of the cannon's bullets and of the aliens' bullets.
    public var numbers: [Int] {
        [cannon, goesLeft.number, interval, moveTimer, alienShotTimer, shotTimer, rampIndex]
            + [aliens, bullets, alienBullets].flatMap(\.numbers)
    }
    public mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        cannon = try numbers.place()
        goesLeft = try numbers.truth()
        interval = try numbers.next(SpaceInvaders.lastInterval...SpaceInvaders.firstInterval)
        moveTimer = try numbers.next(0...SpaceInvaders.firstInterval)
        alienShotTimer = try numbers.next(0...SpaceInvaders.alienReload)
        shotTimer = try numbers.next(0...SpaceInvaders.reload)
        rampIndex = try numbers.next(0...SpaceInvaders.firstInterval - SpaceInvaders.lastInterval)
        aliens = try Cells(&numbers)
        bullets = try Cells(&numbers)
        alienBullets = try Cells(&numbers)
    }
}
