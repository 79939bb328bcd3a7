// What a run says when its learning looks ill: what was seen, at which step, and what to try.

public struct Alarm: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case entropyCollapsed = "entropy_collapsed"
        case valuesAboveReturns = "values_above_returns"
        case deadUnits = "dead_units"
        case gradientClipped = "gradient_always_clipped"
        case noImprovement = "no_improvement"
    }
    public let kind: Kind
    /// Environment steps.
    public let step: Int
    /// What was seen, a clause without a full stop.
    public let message: String
    /// What to try, a sentence.
    public let advice: String

    public var json: JSON {
        ["kind": JSON(kind.rawValue), "step": JSON(step), "message": JSON(message), "advice": JSON(advice)]
    }
}

/// A row of metrics.csv as the rules see it.
struct ReportRow {
    let step: Int
    let columns: [String]
    /// By `columns`; NaN where there was nothing to report.
    let values: [Double]

    /// Nil when there is no such column, or nothing was reported.
    subscript(_ column: String) -> Double? {
        guard let place = columns.firstIndex(of: column), values[place].isFinite else { return nil }
        return values[place]
    }
}

/// A row of evaluations.csv as the rules see it.
struct EvaluationRow {
    let step: Int
    let mean: Double
    let deviation: Double
    let minimum: Double
    let maximum: Double
    let episodes: Int
}

/// One thing that may be wrong. A rule sees every row in order and speaks at most once, which its bell sees to.
protocol AlarmRule {
    mutating func alarm(after row: ReportRow) -> Alarm?
    mutating func alarm(after row: EvaluationRow) -> Alarm?
}
extension AlarmRule {
    mutating func alarm(after row: EvaluationRow) -> Alarm? { nil }
}
