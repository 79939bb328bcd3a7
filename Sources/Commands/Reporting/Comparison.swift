// What two groups of scores say about each other: as text, as JSON, as a picture of their profiles.

import Training

struct Comparison {
    private let first: ScoreTable
    private let second: ScoreTable
    private let bootstrap: StratifiedBootstrap
    private let probability: Double
    private let interval: Interval

    /// - Throws: `CommandFailure` when the groups are of different worlds.
    init(_ first: ScoreTable, _ second: ScoreTable, bootstrap: StratifiedBootstrap) throws {
        guard first.worlds.map(\.name) == second.worlds.map(\.name) else {
            let names = [first, second].map { $0.worlds.map(\.name).joined(separator: ", ") }
            throw CommandFailure("the groups are of different worlds: \(names[0]) against \(names[1])")
        }
        self.first = first
        self.second = second
        self.bootstrap = bootstrap
        probability = Statistics.probabilityOfImprovement(first.strata, over: second.strata)
        interval = bootstrap.interval(
            first.strata, against: second.strata, of: Statistics.probabilityOfImprovement(_:over:))
    }

    private func middle(_ scores: [Double]) -> (iqm: Double, interval: Interval) {
        (Statistics.interquartileMean(scores), bootstrap.interval([scores]) { Statistics.interquartileMean($0[0]) })
    }

    func show(on output: Output) {
        for (world, other) in zip(first.worlds, second.worlds) {
            output.line(world.name, .bold)
            let names = [first.name, second.name].map { $0.truncated(to: 40) }
            let width = names.map(\.columns).max() ?? 0
            for (name, scores) in zip(names, [world.scores, other.scores]) {
                let middle = middle(scores)
                output.line(
                    "  \(name.padded(to: width))  IQM \(rounded(middle.iqm)) [\(rounded(middle.interval.low)), "
                        + "\(rounded(middle.interval.high))] over \(counted(scores.count, "run"))")
            }
        }
        for path in first.unfinished + second.unfinished { output.line("\(path) has not finished and is left out", .yellow) }
        for path in first.repeated + second.repeated { output.line("\(path) is named more than once and counts once", .yellow) }
        output.line(
            "probability of improvement \(rounded(probability)) [\(rounded(interval.low)), \(rounded(interval.high))]: \(verdict)"
        )
    }

    /// Of each world on either side. A bootstrap of fewer runs knows too little of what others would have reached: of one run each, every
    /// resample is the same.
    private static let leastRuns = 5

    /// What the interval of the probability allows to say.
    private var verdict: String {
        let fewest = (first.strata + second.strata).map(\.count).min() ?? 0
        guard fewest >= Self.leastRuns else {
            return "too few runs for a verdict: \(fewest) where each world needs \(Self.leastRuns) on either side"
        }
        if interval.low > 0.5 { return "the first group is better" }
        if interval.high < 0.5 { return "the second group is better" }
        return "these runs do not tell the groups apart"
    }

    var json: JSON {
        func group(_ table: ScoreTable) -> JSON {
            [
                "runs": JSON(table.name), "unfinished": JSON(table.unfinished),
                "repeated": JSON(table.repeated),
                "worlds": .array(
                    table.worlds.map { world in
                        let middle = middle(world.scores)
                        return [
                            "environment": JSON(world.name), "scores": JSON(world.scores), "iqm": JSON(middle.iqm),
                            "ci95": JSON([middle.interval.low, middle.interval.high]),
                        ]
                    }),
            ]
        }
        return [
            "first": group(first), "second": group(second),
            "probability_of_improvement": ["value": JSON(probability), "ci95": JSON([interval.low, interval.high])],
            "verdict": JSON(verdict),
        ]
    }

    /// The share of runs above each return.
    /// - Throws: `CommandFailure` for several worlds, whose returns share no scale.
    func profiles() throws -> String {
        guard first.worlds.count == 1 else {
            throw CommandFailure(
                "profiles compare returns of one world, these runs are of \(first.worlds.map(\.name).joined(separator: ", "))")
        }
        let axis = Axis(around: (first.strata + second.strata).flatMap { $0 })
        let thresholds = (0...200).map { axis.low + (axis.high - axis.low) * Double($0) / 200 }
        let lines = [first, second].map { table in
            let profile = PerformanceProfile(table.strata, thresholds: thresholds)
            let points = thresholds.indices.map { i in
                let interval = profile.intervals[i]
                return LineChart.Point(
                    x: thresholds[i], y: 100 * profile.shares[i],
                    interval: Interval(low: 100 * interval.low, high: 100 * interval.high))
            }
            return LineChart.Line(name: "\(table.name) (\(counted(table.strata[0].count, "run")))", points: points)
        }
        return LineChart(
            title: "Performance profiles in \(first.worlds[0].name)", xName: "final mean return τ",
            yName: "% of runs above τ", lines: lines
        ).svg
    }
}
