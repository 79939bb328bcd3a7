// A run on disk: its plan before step 1, its tables while it learns, its kept weights, its checkpoints, its results.
import Agents
import Basics
import Kernels
import RLCore

/// Writes the files of one run; see Documentation/file-formats.md. The folder is locked while this lives.
public final class RunFolder: Observer {
    public static let planName = "run.json"
    public static let bestName = "best.safetensors"
    public static let metricsName = "metrics.csv"
    public static let timingName = "timing.csv"
    public static let evaluationsName = "evaluations.csv"
    /// The first episode of the evaluation that chose the kept weights.
    static let bestReplayName = "best.replay.json"
    public static let divergedName = "diverged.safetensors"
    /// Everything that a run may write into its folder.
    private static let names =
        [planName, metricsName, timingName, evaluationsName, JSONLinesLog.name, TensorBoardLog.name, bestName, bestReplayName]
        + [divergedName, CheckpointFolder.checkpointsName, CheckpointFolder.replayName]

    static func metricsColumns(of agent: any Agent) -> [String] {
        ["step", "updates", "episodes", "return_mean", "length_mean"] + agent.metricNames + agent.diagnosticNames
    }
    static let evaluationsColumns = ["step", "mean_return", "std_return", "min_return", "max_return", "episodes"]

    public let path: String
    private let lock: FolderLock
    let plan: TrainingPlan
    let metrics: CSVWriter
    let timing: CSVWriter
    let evaluations: CSVWriter
    /// Copies of the tables in the formats of other tools.
    let logs: [any RunLog]
    /// What a resume cuts back and therefore needs; of the times it is spared the wait for the disk.
    var durableFiles: [AppendingFile] { [metrics.file, evaluations.file] + logs.map(\.file) }
    private var bell: AlarmBell
    let checkpoints: CheckpointFolder
    let writer = CheckpointWriter()
    /// What the segments of the replay memory hold, and the checkpoints that are kept with the segments they refer to.
    var index = SegmentIndex()
    var kept: [(step: Int, references: [Int])] = []
    /// For which the run has waited: copying its state, and the second thread when it was not done with the checkpoint before.
    var checkpointSeconds: Double
    /// What the second threads of earlier processes have spent on checkpoints.
    private let writtenBefore: Double
    private var writtenSeconds: Double { writtenBefore + writer.seconds }

    /// What looked ill so far, in the order in which it was noticed.
    public var alarms: [Alarm] { bell.alarms }

    /// Starts a new run in `path`, which must not hold one.
    ///
    /// - Throws: `.cannotWrite` when it does, holds a file of a name that a run needs, or cannot be written; `.locked` when another
    ///   process trains there.
    public convenience init(new path: String, for run: TrainingRun) throws(FileError) {
        try Folders.make(path)
        try self.init(path, run, kept: nil)
    }

    /// Goes on in the folder of a run that was at step `run.step` when its tables were these.
    ///
    /// - Parameter isNew: whether its budget is another than the one the folder was written with.
    convenience init(resuming path: String, for run: TrainingRun, kept: KeptTables, index: SegmentIndex, isNew: Bool) throws {
        try self.init(path, run, kept: kept)
        try takeOver(run, index)
        // The best of a budget's last step may have been found by an evaluation that another budget never makes.
        try restoreBest(of: run, always: isNew)
        try writePlan(status: "running", results: nil, timing: nil)
    }
    /// The second thread may still be writing into the folder that is locked.
    deinit { writer.abandon() }

    private init(_ path: String, _ run: TrainingRun, kept: KeptTables?) throws(FileError) {
        self.path = path
        plan = run.plan
        checkpoints = CheckpointFolder(path: path, plan: run.plan)
        lock = try FolderLock(path)
        // Before anything else is made or cut: whatever happens from here on, the folder says that a run is under way.
        if kept == nil {
            try Self.refuseWhatIsThere(in: path)
            try Self.write(Self.document(run.plan, status: "running"), in: path)
        } else {
            try Self.reopen(path)
        }
        func table(_ name: String, _ columns: [String], _ length: Int?) throws(FileError) -> CSVWriter {
            try CSVWriter(Paths.join(path, name), columns: columns, keeping: length ?? 0)
        }
        metrics = try table(Self.metricsName, Self.metricsColumns(of: run.agent), kept?.metrics)
        timing = try table(Self.timingName, TimeSpent.columns, kept?.timing)
        evaluations = try table(Self.evaluationsName, Self.evaluationsColumns, kept?.evaluations)
        checkpointSeconds = kept?.spent.checkpoint ?? 0
        writtenBefore = kept?.spent.written ?? 0
        let last = kept.map { _ in run.step }
        var logs: [any RunLog] = []
        if plan.writesTensorBoard { logs.append(try TensorBoardLog(in: path, resumingAt: last)) }
        if plan.writesJSONLines { logs.append(try JSONLinesLog(in: path, resumingAt: last)) }
        self.logs = logs
        bell = AlarmBell(plan)
        if kept != nil {
            for file in durableFiles + [timing.file] { try file.flush() }
            bell.hear(
                metrics: try CSVTable(Paths.join(path, Self.metricsName)),
                evaluations: try CSVTable(Paths.join(path, Self.evaluationsName)))
        }
    }

    /// A folder may hold files of others, but none that a run would write over.
    private static func refuseWhatIsThere(in path: String) throws(FileError) {
        for name in names where try Folders.knownKind(of: Paths.join(path, name)) != nil {
            throw FileError(
                .cannotWrite, path: path,
                name == planName
                    ? "this folder holds a run already; choose another --out, or resume it with rl resume"
                    : "this folder holds \(name), which a run would write over; choose another --out, or move it away")
        }
    }

    /// From here on the folder is no longer what its plan says has finished; until the next plan is written, this one goes on.
    private static func reopen(_ path: String) throws(FileError) {
        let file = Paths.join(path, planName)
        guard case .object(var document) = try JSONReader.read(file).json else {
            throw FileError(.malformed, path: file, "this is no plan of a run")
        }
        document["status"] = "running"
        document["results"] = JSON.null
        try write(.object(document), in: path)
    }

    public func didReport(_ run: TrainingRun, _ progress: Progress) throws {
        let quantities = run.agent.metricNames.indices.map { CSVValue(progress.metrics?[$0]) }
        let values =
            [
                .integer(progress.step), .integer(progress.updates), .integer(progress.episodes), CSVValue(progress.meanReturn),
                CSVValue(progress.meanLength),
            ] + quantities + progress.diagnostics.map { CSVValue($0) }
        try metrics.append(values)
        let row = ReportRow(step: progress.step, columns: metrics.columns, values: values.map(\.number))
        for log in logs { try log.report(row, seconds: progress.seconds) }
        try ring { $0.hear(row) }
        let times = progress.times
        try timing.append([
            .integer(progress.step), .number(progress.seconds), .number(times.act), .number(times.worlds), .number(times.learn),
            .number(times.report), .number(checkpointSeconds), .number(writtenSeconds),
        ])
        try flushTables()
        // Last: the rows are in the tables when the run is saved elsewhere.
        try writer.check()
    }

    public func didEvaluate(_ run: TrainingRun, _ evaluation: Evaluation, isBest: Bool) throws {
        try evaluations.append([
            .integer(run.step), .number(evaluation.mean), .number(evaluation.standardDeviation), .number(evaluation.minimum),
            .number(evaluation.maximum), .integer(evaluation.returns.count),
        ])
        let row = EvaluationRow(
            step: run.step, mean: evaluation.mean, deviation: evaluation.standardDeviation, minimum: evaluation.minimum,
            maximum: evaluation.maximum, episodes: evaluation.returns.count)
        for log in logs { try log.evaluate(row) }
        try ring { $0.hear(row) }
        if isBest { try writeBest(of: run, episode: run.bestEpisode, in: path) }
        try flushTables()
    }
    func flushTables(durable: Bool = false) throws(FileError) {
        for file in durableFiles { try file.flush(durable: durable) }
        try timing.file.flush()
    }

    private func ring(_ hear: (inout AlarmBell) -> Void) throws(FileError) {
        let known = bell.alarms.count
        hear(&bell)
        for alarm in bell.alarms.dropFirst(known) {
            for log in logs { try log.ring(alarm) }
        }
    }

    /// The kept weights and the episode that shows them.
    func writeBest(of run: TrainingRun, episode: Recording?, in folder: String) throws {
        guard let best = run.best else { return }
        try episode?.write(to: Paths.join(folder, RunFolder.bestReplayName))
        // Last: that these weights are there says that both files are.
        try AgentFile.write(best.weights, of: plan, step: best.step, to: Paths.join(folder, RunFolder.bestName))
    }
    /// Puts back the kept weights and their episode where they are missing, older than the run knows, or of another budget's last step.
    /// Newer ones will be found again.
    private func restoreBest(of run: TrainingRun, always: Bool) throws {
        guard let best = run.best else { return }
        let weights = Paths.join(path, RunFolder.bestName), episode = Paths.join(path, RunFolder.bestReplayName)
        var isThere = false
        if try Folders.knownKind(of: weights) != nil, try Folders.knownKind(of: episode) != nil {
            // What cannot be read has to be written again, whatever is wrong with it.
            let step = (try? SafetensorsFile.metadata(of: weights)["step"]).flatMap { $0.flatMap { Int($0) } } ?? -1
            isThere = step == best.step || step > run.step
        }
        if always || !isThere { try writeBest(of: run, episode: run.replayBestEpisode(), in: path) }
    }

    /// Notes that the run was stopped by a signal, after `checkpoint`.
    public func interrupt(_ run: TrainingRun) throws(FileError) {
        try writePlan(
            status: "interrupted", results: nil,
            timing: times([("seconds", JSON(run.seconds)), ("seconds_to_solve", JSON(run.secondsToSolve))]))
    }
    private func times(_ members: [(String, JSON)]) -> JSON {
        .object(JSONObject(members + [("checkpoint", JSON(checkpointSeconds)), ("written", JSON(writtenSeconds))]))
    }

    /// Writes the last words: what was reached, how long it took.
    public func finish(_ report: RunReport) throws(FileError) {
        try flushTables(durable: true)
        try writer.finish()
        try writePlan(
            status: "finished", results: report.json,
            timing: times([("seconds", JSON(report.seconds)), ("seconds_to_solve", JSON(report.secondsToSolve))]))
        try removeInterruption()
    }

    func writePlan(status: String, results: JSON?, timing: JSON?, in folder: String? = nil) throws(FileError) {
        try Self.write(
            Self.document(plan, status: status, results: results, alarms: alarms, timing: timing), in: folder ?? path)
    }
    private static func document(
        _ plan: TrainingPlan, status: String, results: JSON? = .none, alarms: [Alarm] = [], timing: JSON? = .none
    ) -> JSON {
        [
            "format": 1, "status": JSON(status), "plan": plan.json, "results": results ?? nil,
            "alarms": .array(alarms.map(\.json)), "machine": machine, "timing": timing ?? nil,
        ]
    }
    private static func write(_ document: JSON, in folder: String) throws(FileError) {
        try AtomicFile.write(JSONWriter.pretty(document) + "\n", to: Paths.join(folder, planName))
    }

    private static var machine: JSON { ["cpu_features": JSON(Processor.features), "built_for": JSON(Processor.builtFor)] }
}
