// What a sweep will try, known before its first run: the trials' values, the seeds, and which trials go on.

import Basics
import Training

/// Everything follows from these numbers, so a sweep that was stopped goes on with the same trials.
struct SweepPlan {
    let ranges: [SearchRange]
    let trials: Int
    /// Training seeds of the trials that go to the end, beginning at `firstSeed`.
    let seeds: Int
    let firstSeed: UInt64
    let isHalving: Bool

    /// Tuning uses these training seeds; presets report others.
    static let tuningSeeds: UInt64 = 8000
    static let trialsRange = 1...10_000
    static let seedsRange = 1...100

    /// The values of trial `number`, counted from 0: its own stream, so that more trials leave the first ones as they are.
    func assignment(of number: Int) -> [(key: String, value: String)] {
        var random = RandomSource(seed: firstSeed, key: [4, UInt32(number)])
        return ranges.map { ($0.key, $0.draw(using: &random)) }
    }

    /// What a sweep is known by: the first line of its journal. Without halving the number of trials is no part of it, since more of
    /// them leave the first ones as they are.
    ///
    /// - Parameter words: what `rl train` is told for every run.
    func description(training words: [String]) -> JSON {
        var description = JSONObject([
            ("format", 1), ("train", JSON(words)), ("over", JSON(ranges.map(\.text))), ("seeds", JSON(seeds)),
            ("first_seed", JSON(seed: firstSeed)), ("halving", JSON(isHalving)),
        ])
        if isHalving { description["trials"] = JSON(trials) }
        return .object(description)
    }

    /// How many seeds each trial has had after every rung: 1, 2, 4, … when halving, else all at once.
    var rungs: [Int] {
        guard isHalving else { return [seeds] }
        var rungs = [1]
        while let last = rungs.last, last < seeds { rungs.append(min(seeds, 2 * last)) }
        return rungs
    }

    /// Of the trials of one rung, the better half goes on to the next.
    /// - Parameter scores: the mean score of each trial so far.
    func survivors(of scores: [Int: Double]) -> [Int] {
        let ranked = Self.ranked(scores)
        return ranked.prefix(max(1, (ranked.count + 1) / 2)).sorted()
    }

    /// The best first; of equals the earlier trial.
    static func ranked(_ scores: [Int: Double]) -> [Int] {
        scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
