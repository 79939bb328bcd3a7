// Random search for hyperparameters in log space, coarse to fine, and when to give up on a trial early.
public import Basics

/// Says when a run has gone wrong: a loss that is not finite or has passed three times its start.
public struct EarlyBreak: Hashable, Sendable {
    private var limit: Float?
    public init() {}

    /// Whether to stop at this loss; the first loss sets the limit.
    public mutating func breaks(at loss: Float) -> Bool {
        guard loss.isFinite else { return true }
        if let limit { return loss > limit }
        limit = loss + 2 * abs(loss)
        return false
    }
}

/// What is searched in, one range for each hyperparameter; all positive, drawn uniformly in the logarithm (Bergstra & Bengio 2012).
public struct RandomSearch: Hashable, Sendable {
    public struct Range: Hashable, Sendable {
        public let low: Double
        public let high: Double
        public init(_ low: Double, _ high: Double) {
            guard low > 0 && low <= high && high.isFinite else {
                fatalError("a search from \(low) to \(high); both must be positive")
            }
            self.low = low
            self.high = high
        }
    }
    public struct Trial: Hashable, Sendable {
        public let round: Int
        public let settings: [Double]
        /// Lower is better.
        public let score: Double
    }

    public let ranges: [Range]
    public let trials: Int
    public let rounds: Int

    /// - Parameters:
    ///   - trials: in each round.
    ///   - rounds: after each, every range shrinks to the square root of its ratio, around the best trial so far and within the range
    ///     it was.
    public init(_ ranges: [Range], trials: Int, rounds: Int = 2) {
        guard !ranges.isEmpty && trials > 0 && rounds > 0 else {
            fatalError("a search over \(ranges.count) ranges with \(trials) trials in \(rounds) rounds")
        }
        self.ranges = ranges
        self.trials = trials
        self.rounds = rounds
    }

    /// All trials, the best first; a score that is NaN comes last.
    public func run(
        using random: inout RandomSource, _ evaluate: (_ settings: [Double], inout RandomSource) -> Double
    ) -> [Trial] {
        var found: [Trial] = [], ranges = ranges
        for round in 0..<rounds {
            for _ in 0..<trials {
                let settings = ranges.map { random.logUniform($0.low, $0.high) }
                found.append(Trial(round: round, settings: settings, score: evaluate(settings, &random)))
            }
            found.sort { $1.score.isNaN ? !$0.score.isNaN : $0.score < $1.score }
            ranges = zip(ranges, found[0].settings).map { range, best in
                let reach = (range.high / range.low).squareRoot().squareRoot()
                return Range(max(range.low, best / reach), min(range.high, best * reach))
            }
        }
        return found
    }
}
