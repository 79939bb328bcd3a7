// A stopped run, found on disk and made to go on where it was.
import Basics

/// The run in a folder as it stood at its newest readable checkpoint, or at its start when it has none.
public struct StoppedRun {
    public let path: String
    public let run: TrainingRun
    public let isFinished: Bool
    /// Of a run that has finished: what `rl train --json` printed in the end.
    public let document: JSON?
    private let lengths: [Int]

    /// - Parameter say: told, in a sentence, of each checkpoint that cannot be used.
    /// - Throws: `FileError` when the folder holds no run, or one that this program cannot continue.
    public init(_ path: String, _ catalogues: Catalogues, say: (String) -> Void) throws {
        self.path = path
        let file = Paths.join(path, RunFolder.planName)
        var object = try JSONReader.read(file).object("a run")
        let format = try object.node("format")
        guard try format.integer("\"format\"") == 1 else { throw format.error("this rl reads runs of format 1") }
        isFinished = try object.string("status") == "finished"
        let plan = try TrainingPlan(try object.node("plan"), catalogues)
        let results = try object.node("results").json, timing = object.nodeIfPresent("timing")?.json
        _ = object.nodeIfPresent("machine")
        _ = object.nodeIfPresent("alarms")
        try object.finish()
        // Before anything is read that a training process may be changing; `open` takes the lock for good.
        if !isFinished { _ = try FolderLock(path) }
        // Spelled out: a plain nil would become the JSON null.
        document = isFinished ? .some(RunReport.document(run: path, plan, results: results, timing: timing)) : .none

        var found: (TrainingRun, [Int])?
        for step in try RunFolder.checkpointSteps(in: path).reversed() where found == nil {
            let state = RunFolder.statePath(in: path, step: step)
            do {
                let (archive, _) = try SafetensorsFile.read(state)
                let run = try TrainingRun(plan)
                try run.load(from: archive)
                found = (run, try StoppedRun.lengths(try archive.int64s("tables", count: 2).map { Int($0) }, in: path))
            } catch {
                say("\(state) cannot be used (\(error)); trying the checkpoint before it")
            }
        }
        (run, lengths) = try found ?? (TrainingRun(plan), [0, 0, 0])
    }

    /// The bytes to keep of metrics.csv, timing.csv and evaluations.csv; timing.csv has as many rows as metrics.csv.
    private static func lengths(_ tables: [Int], in path: String) throws(FileError) -> [Int] {
        let lineFeed = UInt8(ascii: "\n")
        let metrics = try readFile(Paths.join(path, "metrics.csv"), limit: Int.max - 1).prefix(max(0, tables[0]))
        let timing = try readFile(Paths.join(path, "timing.csv"), limit: Int.max - 1)
        let ends = timing.indices.filter { timing[$0] == lineFeed }.prefix(metrics.count { $0 == lineFeed })
        return [tables[0], ends.last.map { $0 + 1 } ?? 0, tables[1]]
    }

    /// Locks the folder and cuts its tables back to the checkpoint.
    public func open() throws(FileError) -> RunFolder { try RunFolder(resuming: path, for: run, lengths: lengths) }
}
