// Listens to a run's own tables and rings each alarm once: a resumed run, which reads its tables again, rings the same ones.
import RLCore

/// Nothing but rows of metrics.csv and evaluations.csv goes in, so the alarms of equal seeds are equal, and no checkpoint keeps them.
public struct AlarmBell {
    /// In the order in which they rang.
    public private(set) var alarms: [Alarm] = []
    private var rules: [any AlarmRule]

    /// The rules that make sense for `plan`.
    init(_ plan: TrainingPlan) {
        rules = [DeadUnitsRule()]
        if let rule = NoImprovementRule(plan) { rules.append(rule) }
        if let rule = EntropyRule(plan) { rules.append(rule) }
        if let rule = ValuesRule(plan) { rules.append(rule) }
        if let rule = ClippingRule(plan) { rules.append(rule) }
    }

    mutating func hear(_ row: ReportRow) { ask { $0.alarm(after: row) } }
    mutating func hear(_ row: EvaluationRow) { ask { $0.alarm(after: row) } }

    private mutating func ask(_ question: (inout any AlarmRule) -> Alarm?) {
        var quiet: [any AlarmRule] = []
        for rule in rules {
            var rule = rule
            if let alarm = question(&rule) { alarms.append(alarm) } else { quiet.append(rule) }
        }
        rules = quiet
    }

    /// Hears both tables of a run again, as they were heard while they were written: of equal steps the evaluation first.
    mutating func hear(metrics: CSVTable, evaluations: CSVTable) {
        var rest = evaluations.rows.compactMap(EvaluationRow.init)[...]
        for values in metrics.rows {
            guard let step = values.first.flatMap({ Int(exactly: $0) }) else { continue }
            while let evaluation = rest.first, evaluation.step <= step { hear(rest.removeFirst()) }
            hear(ReportRow(step: step, columns: metrics.columns, values: values))
        }
        for evaluation in rest { hear(evaluation) }
    }
}

extension EvaluationRow {
    /// From the columns of evaluations.csv; nil where they are not there.
    init?(_ values: [Double]) {
        guard values.count == 6, let step = Int(exactly: values[0]), let episodes = Int(exactly: values[5]) else { return nil }
        self.init(
            step: step, mean: values[1], deviation: values[2], minimum: values[3], maximum: values[4], episodes: episodes)
    }
}

/// How many rows in succession something has been so.
struct Streak {
    private(set) var length = 0
    mutating func note(_ isSo: Bool) { length = isSo ? length + 1 : 0 }
}
