// A mini-Atari game that draws as the published package does, number for number: what `rl trace --reference-draws` steps.
public import Basics
public import RLCore

/// The game with a Mersenne Twister of its own, which serves actions that stick and the game's chance, and which no reset seeds anew.
/// As in the package, an action may stick beyond the end of an episode.
public struct ReferenceMiniAtari<Game: MiniGame>: Wrapper {
    public var base: MiniAtari<Game>
    private var twister: MersenneTwister
    private let limit: Int
    private var elapsed = 0

    /// The package's `seed(seed)`, to be followed by its `reset()`.
    ///
    /// - Parameter limit: acts after which an episode is truncated. Here and not around this world, since what is around would have to
    ///   hand on the generator from episode to episode.
    public init(_ base: MiniAtari<Game>, seed: UInt32, limit: Int = .max) {
        self.base = base
        self.limit = limit
        twister = MersenneTwister(seed: seed)
    }

    /// Draws nothing from `random`.
    public mutating func reset(using random: inout RandomSource) {
        elapsed = 0
        base.begin(using: &twister)
    }
    /// Goes on with the generator of the episode before, and with the action that may stick.
    public mutating func begin(after ended: Self, using random: inout RandomSource) {
        self = ended
        reset(using: &random)
    }
    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        var outcome = base.play(action, using: &twister)
        elapsed += 1
        if outcome.ending == .running && elapsed >= limit { outcome.ending = .truncated }
        return outcome
    }

    public func save(into archive: inout Archive) {
        archive.store(twister.words.map(UInt64.init) + [UInt64(twister.position), UInt64(elapsed)], as: "twister")
        base.save(into: &archive)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.words("twister", count: 626)
        let words = found.prefix(624).compactMap { UInt32(exactly: $0) }
        guard let loaded = MersenneTwister(words: words, position: Int(clamping: found[624])), found[625] < 1 << 62 else {
            throw ArchiveError("\"twister\" is not the state of a Mersenne Twister")
        }
        try base.load(from: archive)
        twister = loaded
        elapsed = Int(found[625])
    }
}
