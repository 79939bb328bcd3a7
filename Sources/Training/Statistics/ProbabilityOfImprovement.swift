// How likely a run of one algorithm is to beat a run of another.

extension Statistics {
    /// P(X > Y) + P(X = Y) / 2 over all pairs of runs: the Mann-Whitney U statistic over the number of pairs, averaged over the worlds
    /// (Agarwal et al. 2021, section 4.3, equation 3).
    ///
    /// - Parameters:
    ///   - first: X, one list of runs for each world.
    ///   - second: Y, for the same worlds in the same order; it may have other numbers of runs.
    public static func probabilityOfImprovement(_ first: [[Double]], over second: [[Double]]) -> Double {
        precondition(
            first.count == second.count && !first.isEmpty, "\(first.count) worlds cannot be compared with \(second.count)")
        var sum = 0.0
        for (x, y) in zip(first, second) { sum += wins(x, over: y) / Double(x.count * y.count) }
        return sum / Double(first.count)
    }

    /// Pairs that x wins, draws counted by half.
    private static func wins(_ x: [Double], over y: [Double]) -> Double {
        let sorted = y.sorted()
        var wins = 0.0
        for value in x {
            let below = sorted.firstIndex { $0 >= value } ?? sorted.count
            let notAbove = sorted[below...].firstIndex { $0 > value } ?? sorted.count
            wins += Double(below) + Double(notAbove - below) / 2
        }
        return wins
    }
}
