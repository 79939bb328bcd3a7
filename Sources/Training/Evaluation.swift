// Episodes on fixed seeds in fresh worlds: what a policy is worth, whoever trained it and whatever trains beside it.
import Basics
import Kernels
public import RLCore

/// Returns and lengths of evaluated episodes; episode i used seed `firstSeed + i`.
public struct Evaluation: Hashable, Sendable {
    public let firstSeed: UInt64
    public let returns: [Double]
    public let lengths: [Int]

    public init(firstSeed: UInt64, returns: [Double], lengths: [Int]) {
        self.firstSeed = firstSeed
        self.returns = returns
        self.lengths = lengths
    }

    public var mean: Double { returns.reduce(0, +) / Double(returns.count) }
    /// Of the episodes themselves: divided by n, as NumPy and Stable-Baselines3 do.
    public var standardDeviation: Double {
        let mean = mean
        return (returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(returns.count)).squareRoot()
    }
    public var minimum: Double { returns.min() ?? .nan }
    public var maximum: Double { returns.max() ?? .nan }
    public var median: Double {
        let sorted = returns.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
    public var meanLength: Double { Double(lengths.reduce(0, +)) / Double(lengths.count) }
}

/// The seed ranges of the house: what chooses weights never reports them.
public enum SeedRange {
    /// Keep-best evaluates episodes from here on.
    public static let selection: UInt64 = 1_000_000
    /// A sweep judges its trials by episodes from here on: others than those that chose each trial's weights.
    public static let tuning: UInt64 = 1_500_000
    /// Every published figure comes from here on.
    public static let report: UInt64 = 2_000_000
}

/// Plays `episodes` episodes of `policy` in `vector`, whose lanes are restarted with each episode's own seed.
///
/// The result does not depend on the number of lanes. In modes that draw, episode i acts by stream (1) of its seed.
///
/// - Parameter recorder: takes down the first episode.
public func evaluate(
    _ policy: any Policy, in vector: any VectorEnvironment, episodes: Int, firstSeed: UInt64, mode: Mode = .greedy,
    recorder: EpisodeRecorder? = nil
) -> Evaluation {
    evaluate(policy, in: vector, episodes: episodes, firstSeed: firstSeed, mode: mode, recorder: recorder, attend: {})
}

/// The same, with somebody who is asked once a step and may throw to give up.
func evaluate(
    _ policy: any Policy, in vector: any VectorEnvironment, episodes: Int, firstSeed: UInt64, mode: Mode = .greedy,
    recorder: EpisodeRecorder? = nil, attend: () throws -> Void
) rethrows -> Evaluation {
    precondition(episodes > 0, "an evaluation of \(episodes) episodes")
    let lanes = vector.lanes
    func world(_ episode: Int) -> RandomSource { RandomSource(seed: firstSeed + UInt64(episode)) }
    func acting(_ episode: Int) -> RandomSource { RandomSource(seed: firstSeed + UInt64(episode), key: [1]) }

    // The lanes beyond the last episode run idle on its seed; nobody counts them.
    var playing = (0..<lanes).map { $0 < episodes ? $0 : -1 }
    var sources = (0..<lanes).map { acting(min($0, episodes - 1)) }
    var next = min(lanes, episodes)
    var running = (0..<lanes).map { _ in Episode() }
    var finished = [Episode](repeating: Episode(), count: episodes)
    var left = episodes

    policy.begin(lanes: lanes)
    let actions = Actions(lanes: lanes, space: vector.actionSpace)
    var step = vector.reset(using: (0..<lanes).map { world(min($0, episodes - 1)) })
    recorder?.begin(step.observations.slice(0, 1))
    while left > 0 {
        try attend()
        policy.act(on: step.observations, into: actions, mode: mode, using: &sources)
        step = vector.step(actions)
        if playing[0] == 0 { recorder?.add(actions, step, lane: 0) }
        for lane in 0..<lanes where playing[lane] >= 0 {
            running[lane].total += Double(step.rewards[lane])
            running[lane].length += 1
            guard step.ending(of: lane) != .running else { continue }
            finished[playing[lane]] = running[lane]
            running[lane] = Episode()
            left -= 1
            policy.ended(lane: lane)
            if next < episodes {
                playing[lane] = next
                sources[lane] = acting(next)
                vector.restart(lane, using: world(next))
                next += 1
            } else {
                playing[lane] = -1
            }
        }
    }
    return Evaluation(firstSeed: firstSeed, returns: finished.map(\.total), lengths: finished.map(\.length))
}
