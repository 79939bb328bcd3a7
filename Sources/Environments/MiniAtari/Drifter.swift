// What crosses the sea of mini-Seaquest by itself, row by row: fish, submarines, divers, bullets.

struct Drifter: Hashable, BitwiseCopyable, Sendable {
    /// Between −1 and 10; beyond 0...9 it is off the screen.
    var x: Int8 = 0
    var y: Int8 = 0
    /// 1 to the right, −1 to the left.
    var across: Int8 = 1
    /// Acts until the act in which it moves; 0 throughout for bullets, which always do.
    var timer: Int8 = 0
    /// Acts until the act in which it shoots; submarines only.
    var shotTimer: Int8 = 0

    var isOnScreen: Bool { x >= 0 && x <= 9 }
    func meets(_ other: Drifter) -> Bool { x == other.x && y == other.y }
    mutating func move() { x &+= across }
    /// Runs the timer; it starts again from `interval` in the act in which it is time.
    mutating func isTime(every interval: Int) -> Bool {
        if timer == 0 {
            timer = Int8(truncatingIfNeeded: interval)
            return true
        }
        timer &-= 1
        return false
    }

    /// x, y, direction, timer, shot timer.
    var numbers: [Int] { [x, y, across, timer, shotTimer].map(Int.init) }

    init(x: Int8 = 0, y: Int8 = 0, across: Int8 = 1, timer: Int8 = 0) {
        self.x = x
        self.y = y
        self.across = across
        self.timer = timer
    }
    init(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        x = Int8(try numbers.place())
        y = Int8(try numbers.place())
        across = Int8(try numbers.direction())
        timer = Int8(try numbers.next(0...5))
        shotTimer = Int8(try numbers.next(0...10))
    }
}

extension FixedList where Element == Drifter {
    /// The count, then five numbers for each place; zeros where nobody is.
    var numbers: [Int] {
        [count] + (0..<capacity).flatMap { $0 < count ? self[$0].numbers : [0, 0, 0, 0, 0] }
    }
    mutating func load(_ numbers: inout GameNumbers) throws(GameNumbers.Nonsense) {
        removeAll()
        let found = try numbers.next(0...capacity)
        for _ in 0..<found { append(try Drifter(&numbers)) }
        for _ in found..<capacity { for _ in 0..<5 { _ = try numbers.next(0...0) } }
    }
}

extension MutableSpan<UInt8> {
    @inline(__always) mutating func mark(_ drifter: Drifter, _ channel: Int, of channels: Int) {
        mark(Int(drifter.x), Int(drifter.y), channel, of: channels)
    }
    /// The cell behind is marked in the channel `trail`, if it is on the screen.
    @inline(__always) mutating func mark(_ drifter: Drifter, _ channel: Int, trail: Int, of channels: Int) {
        mark(drifter, channel, of: channels)
        let behind = Int(drifter.x) &- Int(drifter.across)
        if behind >= 0 && behind <= 9 { mark(behind, Int(drifter.y), trail, of: channels) }
    }
}
