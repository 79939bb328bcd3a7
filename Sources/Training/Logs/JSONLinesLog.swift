// `metrics.jsonl`: every row of a run's tables, and every alarm, as one JSON object a line.

/// Equal seeds give equal bytes: no clock is in it.
final class JSONLinesLog: RunLog {
    static let name = "metrics.jsonl"
    let file: AppendingFile

    /// - Parameter step: of a run that goes on, the last step whose lines are kept; nil starts afresh.
    init(in folder: String, resumingAt step: Int?) throws(FileError) {
        let path = Paths.join(folder, Self.name)
        file = try AppendingFile(path, keeping: try step.map { step throws(FileError) in try Self.length(path, upTo: step) } ?? 0)
    }

    private static func length(_ path: String, upTo step: Int) throws(FileError) -> Int {
        guard Folders.kind(of: path) != nil else { return 0 }
        let bytes = try readFile(path, limit: 1 << 30)
        var length = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            guard let document = try? JSONReader.parse(Array(line)).json, let at = document["step"]?.integerValue, at <= step
            else {
                break
            }
            length += line.count + 1
        }
        return length
    }

    private func append(_ event: String, _ members: [(String, JSON)]) throws(FileError) {
        try file.append(JSONWriter.compact(.object(JSONObject([("event", JSON(event))] + members))))
    }

    func report(_ row: ReportRow, seconds: Double) throws(FileError) {
        try append(
            "report",
            zip(row.columns, row.values).map { column, value in
                let isCount = ["step", "updates", "episodes"].contains(column)
                return (column, value.isFinite ? (isCount ? JSON(Int(value)) : JSON(value)) : nil)
            })
    }
    func evaluate(_ row: EvaluationRow) throws(FileError) {
        try append(
            "evaluation",
            [
                ("step", JSON(row.step)), ("mean_return", JSON(row.mean)), ("std_return", JSON(row.deviation)),
                ("min_return", JSON(row.minimum)), ("max_return", JSON(row.maximum)), ("episodes", JSON(row.episodes)),
            ])
    }
    func ring(_ alarm: Alarm) throws(FileError) {
        try append("alarm", alarm.json.objectValue?.members.map { ($0.key, $0.value) } ?? [])
    }
}
