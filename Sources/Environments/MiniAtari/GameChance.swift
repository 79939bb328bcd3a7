// What a mini-Atari game asks of chance, so that one set of rules plays with our generator and with the reference's.
public import Basics

public protocol GameChance {
    /// Uniform in [0, 1).
    mutating func unit() -> Double
    /// Uniform in 0 ..< bound.
    mutating func below(_ bound: Int) -> Int
}

extension RandomSource: GameChance {}

extension GameChance {
    /// Whether something of this probability happens: one draw.
    @inline(__always) mutating func happens(_ probability: Double) -> Bool { unit() < probability }
}
