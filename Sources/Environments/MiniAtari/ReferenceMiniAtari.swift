// A mini-Atari game that draws as the published package does, number for number: what `rl trace --reference-draws` steps.
public import Basics
public import RLCore

/// The game with a Mersenne Twister of its own, which serves actions that stick and the game's chance, and which no reset seeds anew.
/// As in the package, an action may stick beyond the end of an episode.
public struct ReferenceMiniAtari<Game: MiniGame>: Wrapper {
    public var base: MiniAtari<Game>
    private var twister: MersenneTwister

    /// The package's `seed(seed)`, to be followed by its `reset()`.
    public init(_ base: MiniAtari<Game>, seed: UInt32) {
        self.base = base
        twister = MersenneTwister(seed: seed)
    }

    /// Draws nothing from `random`.
    public mutating func reset(using random: inout RandomSource) { base.begin(using: &twister) }
    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        base.play(action, using: &twister)
    }

    public func save(into archive: inout Archive) {
        archive.store(twister.words.map(UInt64.init) + [UInt64(twister.position)], as: "twister")
        base.save(into: &archive)
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.words("twister", count: 625)
        let words = found.dropLast().compactMap { UInt32(exactly: $0) }
        guard let loaded = MersenneTwister(words: words, position: Int(clamping: found[624])) else {
            throw ArchiveError("\"twister\" is not the state of a Mersenne Twister")
        }
        try base.load(from: archive)
        twister = loaded
    }
}
