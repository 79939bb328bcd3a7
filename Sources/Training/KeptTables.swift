// The tables of a stopped run as one of its checkpoints knew them, looked through before anything is cut.
import RLCore

/// How many bytes of each table are kept, and what the run had spent by then.
struct KeptTables: Sendable {
    let metrics: Int
    let timing: Int
    let evaluations: Int
    let spent: TimeSpent

    /// Of a run that begins again.
    static let none = KeptTables(metrics: 0, timing: 0, evaluations: 0, spent: TimeSpent())
    private init(metrics: Int, timing: Int, evaluations: Int, spent: TimeSpent) {
        (self.metrics, self.timing, self.evaluations, self.spent) = (metrics, timing, evaluations, spent)
    }

    /// - Parameter lengths: the bytes of metrics.csv and evaluations.csv, as the checkpoint says.
    /// - Throws: `.missing`; `.malformed` when a table is shorter, is another run's or holds what is no number.
    init(_ lengths: [Int], of run: TrainingRun, in path: String) throws(FileError) {
        (metrics, evaluations) = (lengths[0], lengths[1])
        let rows = try Self.table(
            Paths.join(path, RunFolder.metricsName), length: metrics, columns: RunFolder.metricsColumns(of: run.agent)
        ).rows.count
        let evaluated = try Self.table(
            Paths.join(path, RunFolder.evaluationsName), length: evaluations, columns: RunFolder.evaluationsColumns)

        // Nobody waited for the disk to take the times, and nothing depends on them: those that cannot be read begin afresh.
        let file = Paths.join(path, RunFolder.timingName)
        let bytes = (try? readFile(file, limit: CSVTable.limit)) ?? []
        // One row for each of metrics.csv, below the header.
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.prefix(rows + 1)
        let length = ends.last.map { $0 + 1 } ?? 0
        guard let times = try? CSVTable(bytes.prefix(length), path: file), times.columns == TimeSpent.columns else {
            (timing, spent) = (0, TimeSpent())
            return
        }
        timing = length
        spent = TimeSpent(timing: times, evaluations: evaluated, threshold: run.plan.environment.threshold)
    }

    private static func table(_ path: String, length: Int, columns: [String]) throws(FileError) -> CSVTable {
        guard try Folders.knownKind(of: path) != nil else {
            throw FileError(.missing, path: path, "a table of the run is gone")
        }
        let bytes = try readFile(path, limit: CSVTable.limit)
        guard (0...bytes.count).contains(length) else {
            throw FileError(.malformed, path: path, "holds \(bytes.count) bytes, the checkpoint knows \(length)")
        }
        let table = try CSVTable(bytes.prefix(length), path: path)
        guard table.columns == columns else {
            throw FileError(
                .malformed, path: path, line: 1,
                "another header than \(columns.joined(separator: ",")); the file belongs to another run")
        }
        return table
    }
}
