// Rings when hardly any unit of a network answers to anything any more.

/// More than nine tenths of a network's ReLU units off in every row of the batch, in five rows of metrics.csv in succession.
struct DeadUnitsRule: AlarmRule {
    private var streaks: [String: Streak] = [:]
    static let share = 0.9
    static let rows = 5

    mutating func alarm(after row: ReportRow) -> Alarm? {
        for column in row.columns where column.hasSuffix("dead_units") {
            guard let share = row[column] else { continue }
            streaks[column, default: Streak()].note(share > Self.share)
            guard streaks[column]?.length == Self.rows else { continue }
            return Alarm(
                kind: .deadUnits, step: row.step,
                message: "\(Int(100 * min(share, 1))) % of the network's units are off for every input (\(column))",
                advice:
                    "Dead units no longer learn: try a smaller learning_rate, a smaller max_grad_norm, or another activation_fn.")
        }
        return nil
    }
}
