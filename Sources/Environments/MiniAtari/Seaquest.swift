// Mini-Seaquest: a submarine brings divers to the surface, shoots fish and enemy submarines, and must come up for air.
//
// Start: the submarine is at (5, 0), at the surface, facing left, with 200 acts of oxygen and no divers; the sea, rows 1 to 8, is empty.
// Row 9 shows gauges. An enemy comes every `spawn speed` acts, 20 at first, and moves every `move speed` + 1, 6 at first; a diver comes
// every 30.
//
// An act, in order:
// 1. If it is time, an enemy: to the right from x = 0 or to the left from x = 9, one half each; a submarine with probability 1/3, else a
//    fish; in one of the rows 1 to 8. If an enemy in that row goes the other way, nobody comes. It moves every `move speed` + 1 acts; a
//    submarine shoots every 11.
// 2. If it is time, a diver, likewise; divers move every 6 acts.
// 3. Fire sends a bullet from the submarine's cell where it faces, if the last is at least 5 acts ago. Left and right move it a cell and
//    turn it, up and down move it a cell, within the rows 0 to 8.
// 4. Its bullets fly a cell. One that meets a fish, or else an enemy submarine, is gone with it: +1.
// 5. A diver in the submarine's cell is taken aboard if there are fewer than 6; else, if it is time, the diver swims a cell, which may
//    be out of the screen, or into the submarine's cell and aboard.
// 6. An enemy submarine in the submarine's cell ends the game. If it is time it moves a cell, which may be out of the screen; into the
//    submarine's cell, which ends the game; or into a bullet, with which it is gone: +1. Then it shoots, if it is time, even when it is
//    just gone.
// 7. Enemy bullets: one in the submarine's cell ends the game; it flies a cell, and again.
// 8. Fish, as in 6, but they do not shoot.
// 9. Timers run. Without oxygen the game ends.
// 10. Below row 0 the submarine breathes an act of oxygen. Arriving in row 0 without a diver ends the game; with divers it surfaces:
//    six pay a twentieth of the acts that the oxygen would last, rounded down, and are set ashore; one more goes ashore in any case; the
//    oxygen is full. With ramping, enemies come an act sooner (down to every act) and every other time move an act sooner (down to
//    every 3).
//
// Lists are walked from the newest to the oldest. An ending cuts no act short. As in the reference, surfacing with six divers leaves −1
// of them, and −1 is not "without a diver" at the next surfacing.
import RLCore

public struct Seaquest: MiniGame {
    public static let name = "seaquest"
    public static let summary = "rescue divers, shoot fish and submarines, come up for air, on 10 by 10 cells (mini-Atari)"
    public static let planes = [
        Plane("sub_front", .yellow), Plane("sub_back", .orange), Plane("friendly_bullet", .snow, inset: 0.34),
        Plane("trail", .slate, inset: 0.34), Plane("enemy_bullet", .vermilion, inset: 0.36),
        Plane("enemy_fish", .rose, inset: 0.14),
        Plane("enemy_sub", .vermilion), Plane("oxygen_gauge", .blue, inset: 0.02), Plane("diver_gauge", .green, inset: 0.02),
        Plane("diver", .green, inset: 0.2),
    ]
    public static let usefulActions = GameAction.all

    private static let oxygen = 200
    private static let firstSpawnSpeed = 20
    private static let diverInterval = 30
    private static let firstMoveSpeed = 5
    private static let diverMoveSpeed = 5
    private static let reload = 5
    private static let enemyReload = 10
    private static let seats = 6

    private let ramps: Bool
    private var x = 5
    private var y = 0
    /// 1 to the right, −1 to the left.
    private var facing = -1
    private var oxygen = Seaquest.oxygen
    private var divers = 0
    private var isSurfaced = true
    private var spawnSpeed = Seaquest.firstSpawnSpeed
    private var moveSpeed = Seaquest.firstMoveSpeed
    private var rampIndex = 0
    private var spawnTimer = Seaquest.firstSpawnSpeed
    private var diverTimer = Seaquest.diverInterval
    private var shotTimer = 0
    // Room for more than can be alive at once: when an enemy comes every act, each has left after 30, and a bullet after 10.
    private var bullets = FixedList<Drifter, 4>(filler: Drifter())
    private var enemyBullets = FixedList<Drifter, 64>(filler: Drifter())
    private var fish = FixedList<Drifter, 48>(filler: Drifter())
    private var submarines = FixedList<Drifter, 48>(filler: Drifter())
    private var swimmers = FixedList<Drifter, 4>(filler: Drifter())

    public init(rules: GameRules) { ramps = rules.ramps }

    public mutating func reset<Chance: GameChance>(using chance: inout Chance) {
        x = 5
        y = 0
        facing = -1
        oxygen = Seaquest.oxygen
        divers = 0
        isSurfaced = true
        spawnSpeed = Seaquest.firstSpawnSpeed
        moveSpeed = Seaquest.firstMoveSpeed
        rampIndex = 0
        spawnTimer = Seaquest.firstSpawnSpeed
        diverTimer = Seaquest.diverInterval
        shotTimer = 0
        bullets.removeAll()
        enemyBullets.removeAll()
        fish.removeAll()
        submarines.removeAll()
        swimmers.removeAll()
    }

    public mutating func act<Chance: GameChance>(_ action: GameAction, using chance: inout Chance) -> Turn {
        var turn = Turn()
        if spawnTimer == 0 {
            spawnEnemy(using: &chance)
            spawnTimer = spawnSpeed
        }
        if diverTimer == 0 {
            swimmers.append(
                newcomer(goesRight: chance.happens(1.0 / 2.0), row: 1 &+ chance.below(8), speed: Seaquest.diverMoveSpeed))
            diverTimer = Seaquest.diverInterval
        }
        steer(action)
        flyBullets(&turn)
        swim()
        driveSubmarines(&turn)
        flyEnemyBullets(&turn)
        driveFish(&turn)
        if spawnTimer > 0 { spawnTimer &-= 1 }
        if diverTimer > 0 { diverTimer &-= 1 }
        if shotTimer > 0 { shotTimer &-= 1 }
        if oxygen <= 0 { turn.isOver = true }
        breathe(&turn)
        return turn
    }

    private mutating func spawnEnemy<Chance: GameChance>(using chance: inout Chance) {
        let goesRight = chance.happens(1.0 / 2.0)
        let isSubmarine = chance.happens(1.0 / 3.0)
        var enemy = newcomer(goesRight: goesRight, row: 1 &+ chance.below(8), speed: moveSpeed)
        func isOncoming(_ other: Drifter) -> Bool { other.y == enemy.y && other.across != enemy.across }
        guard fish.firstIndex(where: isOncoming) == nil && submarines.firstIndex(where: isOncoming) == nil else { return }
        if isSubmarine {
            enemy.shotTimer = Int8(Seaquest.enemyReload)
            submarines.append(enemy)
        } else {
            fish.append(enemy)
        }
    }
    private func newcomer(goesRight: Bool, row: Int, speed: Int) -> Drifter {
        Drifter(
            x: goesRight ? 0 : 9, y: Int8(truncatingIfNeeded: row), across: goesRight ? 1 : -1,
            timer: Int8(truncatingIfNeeded: speed))
    }

    @inline(__always) private mutating func steer(_ action: GameAction) {
        if action == .fire && shotTimer == 0 {
            bullets.append(Drifter(x: Int8(x), y: Int8(y), across: Int8(facing)))
            shotTimer = Seaquest.reload
        }
        let across = action.across
        if across != 0 { facing = across }
        x = max(0, min(9, x &+ across))
        y = max(0, min(8, y &+ action.along))
    }

    private func isHere(_ drifter: Drifter) -> Bool { drifter.x == x && drifter.y == y }

    private mutating func flyBullets(_ turn: inout Turn) {
        for index in (0..<bullets.count).reversed() {
            bullets[index].move()
            let bullet = bullets[index]
            if !bullet.isOnScreen {
                bullets.remove(at: index)
            } else if let hit = fish.firstIndex(where: bullet.meets) {
                fish.remove(at: hit)
                bullets.remove(at: index)
                turn.reward &+= 1
            } else if let hit = submarines.firstIndex(where: bullet.meets) {
                submarines.remove(at: hit)
                bullets.remove(at: index)
                turn.reward &+= 1
            }
        }
    }

    private mutating func swim() {
        for index in (0..<swimmers.count).reversed() {
            if isHere(swimmers[index]) && divers < Seaquest.seats {
                swimmers.remove(at: index)
                divers &+= 1
            } else if swimmers[index].isTime(every: Seaquest.diverMoveSpeed) {
                swimmers[index].move()
                if !swimmers[index].isOnScreen {
                    swimmers.remove(at: index)
                } else if isHere(swimmers[index]) && divers < Seaquest.seats {
                    swimmers.remove(at: index)
                    divers &+= 1
                }
            }
        }
    }

    /// What fish and submarines do alike: whether the enemy is still in the sea afterwards.
    private mutating func drive(_ enemy: inout Drifter, _ turn: inout Turn) -> Bool {
        if isHere(enemy) { turn.isOver = true }
        guard enemy.isTime(every: moveSpeed) else { return true }
        enemy.move()
        guard enemy.isOnScreen else { return false }
        if isHere(enemy) {
            turn.isOver = true
        } else if let hit = bullets.firstIndex(where: enemy.meets) {
            bullets.remove(at: hit)
            turn.reward &+= 1
            return false
        }
        return true
    }

    private mutating func driveFish(_ turn: inout Turn) {
        for index in (0..<fish.count).reversed() {
            var enemy = fish[index]
            if drive(&enemy, &turn) { fish[index] = enemy } else { fish.remove(at: index) }
        }
    }

    private mutating func driveSubmarines(_ turn: inout Turn) {
        for index in (0..<submarines.count).reversed() {
            var enemy = submarines[index]
            let stays = drive(&enemy, &turn)
            if enemy.shotTimer == 0 {
                enemy.shotTimer = Int8(Seaquest.enemyReload)
                enemyBullets.append(Drifter(x: enemy.x, y: enemy.y, across: enemy.across))
            } else {
                enemy.shotTimer &-= 1
            }
            if stays { submarines[index] = enemy } else { submarines.remove(at: index) }
        }
    }

    private mutating func flyEnemyBullets(_ turn: inout Turn) {
        for index in (0..<enemyBullets.count).reversed() {
            if isHere(enemyBullets[index]) { turn.isOver = true }
            enemyBullets[index].move()
            if !enemyBullets[index].isOnScreen {
                enemyBullets.remove(at: index)
            } else if isHere(enemyBullets[index]) {
                turn.isOver = true
            }
        }
    }

    @inline(__always) private mutating func breathe(_ turn: inout Turn) {
        if y > 0 {
            oxygen &-= 1
            isSurfaced = false
        } else if !isSurfaced {
            if divers == 0 { turn.isOver = true } else { surface(&turn) }
        }
    }

    private mutating func surface(_ turn: inout Turn) {
        isSurfaced = true
        if divers == Seaquest.seats {
            divers = 0
            turn.reward &+= max(0, oxygen) &* 10 / Seaquest.oxygen
        }
        oxygen = Seaquest.oxygen
        divers &-= 1
        guard ramps && (spawnSpeed > 1 || moveSpeed > 2) else { return }
        if moveSpeed > 2 && rampIndex & 1 == 1 { moveSpeed &-= 1 }
        if spawnSpeed > 1 { spawnSpeed &-= 1 }
        rampIndex &+= 1
    }

    public func paint(on screen: inout MutableSpan<UInt8>) {
        screen.clear(channels: 10)
        screen.mark(x, y, 0, of: 10)
        let back = x &- facing
        if back >= 0 && back <= 9 { screen.mark(back, y, 1, of: 10) }
        for index in 0..<bullets.count { screen.mark(bullets[index], 2, of: 10) }
        for index in 0..<enemyBullets.count { screen.mark(enemyBullets[index], 4, of: 10) }
        for index in 0..<fish.count { screen.mark(fish[index], 5, trail: 3, of: 10) }
        for index in 0..<submarines.count { screen.mark(submarines[index], 6, trail: 3, of: 10) }
        for index in 0..<swimmers.count { screen.mark(swimmers[index], 9, trail: 3, of: 10) }
        for column in 0..<max(0, oxygen) &* 10 / Seaquest.oxygen { screen.mark(column, 9, 7, of: 10) }
        for column in 9 &- max(0, divers)..<9 { screen.mark(column, 9, 8, of: 10) }
    }

    /// The submarine's (x, y), where it faces, oxygen, divers, whether it is surfaced, spawn speed, move speed, ramp index, the timers
    /// of enemies, divers and shots; then the lists of its bullets, enemy bullets, fish, enemy submarines and divers, oldest first.
    public var numbers: [Int] {
        [x, y, facing, oxygen, divers, isSurfaced.number, spawnSpeed, moveSpeed, rampIndex, spawnTimer, diverTimer, shotTimer]
            + bullets.numbers + enemyBullets.numbers + fish.numbers + submarines.numbers + swimmers.numbers
    }
    public mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        x = try numbers.place()
        y = try numbers.next(0...8)
        facing = try numbers.direction()
        oxygen = try numbers.next(-1...Seaquest.oxygen)
        divers = try numbers.next(-(1 << 53)...Seaquest.seats)
        isSurfaced = try numbers.truth()
        spawnSpeed = try numbers.next(1...Seaquest.firstSpawnSpeed)
        moveSpeed = try numbers.next(2...Seaquest.firstMoveSpeed)
        rampIndex = try numbers.next(0...Seaquest.firstSpawnSpeed)
        spawnTimer = try numbers.next(0...Seaquest.firstSpawnSpeed)
        diverTimer = try numbers.next(0...Seaquest.diverInterval)
        shotTimer = try numbers.next(0...Seaquest.reload)
        try bullets.load(&numbers)
        try enemyBullets.load(&numbers)
        try fish.load(&numbers)
        try submarines.load(&numbers)
        try swimmers.load(&numbers)
    }
}
