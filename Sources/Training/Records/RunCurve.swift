// One quantity of one run over steps, seconds or episodes, and the same of a group: the middle of its seeds and a band.

/// What a curve is drawn over.
public enum CurveAxis: String, CaseIterable, Sendable {
    case steps, seconds, episodes
}

public struct RunCurve: Sendable {
    /// Ascending.
    public let x: [Double]
    public let y: [Double]
    /// Whether the run had ended by itself: its last value then stands for what would have followed.
    public let isComplete: Bool

    public init(x: [Double], y: [Double], isComplete: Bool) {
        self.x = x
        self.y = y
        self.isComplete = isComplete
    }

    /// - Parameters:
    ///   - quantity: `eval` (the mean return of the evaluations) or a column of metrics.csv. Rows without a value are left out.
    ///   - window: each value becomes the mean of this many rows, itself the last of them.
    /// - Throws: `.malformed` naming the columns there are, when there is none of this name.
    public init(_ run: RunRecord, _ quantity: String, over axis: CurveAxis, smoothing window: Int = 1) throws(FileError) {
        let isEvaluation = quantity == RunCurve.evaluation
        let table = try isEvaluation ? run.evaluations() : run.metrics()
        guard let values = table[isEvaluation ? "mean_return" : quantity], let steps = table["step"] else {
            throw FileError(
                .malformed, path: Paths.join(run.path, isEvaluation ? RunFolder.evaluationsName : RunFolder.metricsName),
                "there is no column \"\(quantity)\"; there are \(RunCurve.evaluation), \(table.columns.joined(separator: ", "))")
        }
        let kept = values.indices.filter { values[$0].isFinite }
        let places: [Double]
        switch axis {
        case .steps: places = steps
        case .seconds:
            places = try RunCurve.translate(steps, by: run.timing(), "seconds", Paths.join(run.path, RunFolder.timingName))
        case .episodes:
            places = try RunCurve.translate(steps, by: run.metrics(), "episodes", Paths.join(run.path, RunFolder.metricsName))
        }
        x = kept.map { places[$0] }
        y = RunCurve.averaged(kept.map { values[$0] }, window)
        isComplete = run.isFinished
    }

    /// The name of the evaluations' mean return among the quantities.
    public static let evaluation = "eval"

    /// Whatever the table says stood beside each step, linear between its rows.
    private static func translate(
        _ steps: [Double], by table: CSVTable, _ column: String, _ path: String
    ) throws(FileError) -> [Double] {
        guard let x = table["step"], let y = table[column] else {
            throw FileError(.malformed, path: path, line: 1, "the columns step and \(column) are needed; choose another --x")
        }
        let curve = RunCurve(x: x, y: y, isComplete: true)
        return steps.map { curve.value(at: $0, from: 0) ?? .nan }
    }
    private static func averaged(_ values: [Double], _ window: Int) -> [Double] {
        values.indices.map { last in Statistics.mean(Array(values[max(0, last - window + 1)...last])) }
    }

    /// Linear between points; the last value after the end of a complete run; nil elsewhere.
    ///
    /// - Parameter start: the value at x = 0, where one is known.
    public func value(at place: Double, from start: Double? = nil) -> Double? {
        guard let first = x.first, let last = x.last else { return nil }
        if place >= last { return place == last || isComplete ? y[y.count - 1] : nil }
        if place < first { return start.map { $0 + (y[0] - $0) * place / first } }
        var low = 0, high = x.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if x[middle] <= place { low = middle } else { high = middle }
        }
        return x[high] == x[low] ? y[high] : y[low] + (y[high] - y[low]) * (place - x[low]) / (x[high] - x[low])
    }
}

/// The interquartile mean over seeds at each place, with the interval of a bootstrap at that place.
public struct GroupCurve: Sendable {
    public let x: [Double]
    public let middle: [Double]
    public let intervals: [Interval]

    /// - Parameter bootstrap: fewer resamples than for one figure: there are a hundred of these.
    public init(_ runs: [RunCurve], bootstrap: StratifiedBootstrap = StratifiedBootstrap(resamples: 2000)) {
        var x: [Double] = [], middle: [Double] = [], intervals: [Interval] = []
        for place in GroupCurve.places(runs) {
            let values = runs.compactMap { $0.value(at: place) }
            guard !values.isEmpty else { continue }
            x.append(place)
            middle.append(Statistics.interquartileMean(values))
            intervals.append(bootstrap.interval([values]) { Statistics.interquartileMean($0[0]) })
        }
        self.x = x
        self.middle = middle
        self.intervals = intervals
    }

    /// The longest run's own places where every other has a beginning of them, else 101 evenly spaced ones.
    private static func places(_ runs: [RunCurve]) -> [Double] {
        guard let longest = runs.max(by: { $0.x.count < $1.x.count }), let last = runs.compactMap(\.x.last).max() else {
            return []
        }
        let onGrid = runs.allSatisfy { run in run.x.dropLast().elementsEqual(longest.x.prefix(max(0, run.x.count - 1))) }
        if onGrid { return Set(longest.x + runs.compactMap(\.x.last)).sorted() }
        guard let first = runs.compactMap(\.x.first).min(), first < last else { return [last] }
        return (0...100).map { first + (last - first) * Double($0) / 100 }
    }
}
