// Copies of a run's tables in the formats of other tools, written row by row beside them.

/// Told of every row in order. What it holds after a step depends on nothing but the rows up to it, so that a resumed run can cut it back.
protocol RunLog: AnyObject {
    var file: AppendingFile { get }
    /// A row of metrics.csv. Fields that are empty are NaN.
    func report(_ row: ReportRow, seconds: Double) throws(FileError)
    func evaluate(_ row: EvaluationRow) throws(FileError)
    func ring(_ alarm: Alarm) throws(FileError)
}
