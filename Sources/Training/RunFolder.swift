import Agents
// A run on disk: its plan before step 1, its tables while it learns, its kept weights, its checkpoints, its results.
import Basics
import Kernels
import RLCore

/// Writes the files of one run; see Documentation/file-formats.md. The folder is locked while this lives.
public final class RunFolder: Observer {
    public static let planName = "run.json"
    public static let bestName = "best.safetensors"
    public static let evaluationsName = "evaluations.csv"
    /// The first episode of the evaluation that chose the kept weights.
    static let bestReplayName = "best.replay.json"
    public static let divergedName = "diverged.safetensors"
    static let checkpointsName = "checkpoints"
    /// How many checkpoints are kept.
    static let checkpointsKept = 2

    public let path: String
    private let lock: FolderLock
    private let plan: TrainingPlan
    private let metrics: CSVWriter
    private let timing: CSVWriter
    private let evaluations: CSVWriter
    private let logs: [any RunLog]
    private var bell: AlarmBell
    private var checkpointSeconds = 0.0

    /// What looked ill so far, in the order in which it was noticed.
    public var alarms: [Alarm] { bell.alarms }

    /// Starts a new run in `path`, which must not hold one.
    ///
    /// - Throws: `.cannotWrite` when it does, or cannot be written; `.locked` when another process trains there.
    public convenience init(new path: String, for run: TrainingRun) throws(FileError) {
        try Folders.make(path)
        try self.init(path, run, lengths: nil)
        try writePlan(status: "running", results: nil, timing: nil)
    }

    /// Goes on in the folder of a run whose tables had these lengths at the checkpoint.
    convenience init(resuming path: String, for run: TrainingRun, lengths: [Int]) throws(FileError) {
        try self.init(path, run, lengths: lengths)
        try writePlan(status: "running", results: nil, timing: nil)
    }

    private init(_ path: String, _ run: TrainingRun, lengths: [Int]?) throws(FileError) {
        self.path = path
        plan = run.plan
        lock = try FolderLock(path)
        if lengths == nil, Folders.kind(of: Paths.join(path, RunFolder.planName)) != nil {
            throw FileError(
                .cannotWrite, path: path, "this folder holds a run already; choose another --out, or resume it with rl resume")
        }
        func table(_ name: String, _ columns: [String], _ index: Int) throws(FileError) -> CSVWriter {
            try CSVWriter(Paths.join(path, name), columns: columns, keeping: lengths.map { $0[index] } ?? 0)
        }
        metrics = try table(
            "metrics.csv",
            ["step", "updates", "episodes", "return_mean", "length_mean"] + run.agent.metricNames + run.agent.diagnosticNames,
            0)
        timing = try table("timing.csv", ["step", "seconds", "act", "worlds", "learn", "report", "checkpoint"], 1)
        evaluations = try table(
            RunFolder.evaluationsName, ["step", "mean_return", "std_return", "min_return", "max_return", "episodes"], 2)
        let last = lengths.map { _ in run.step }
        var logs: [any RunLog] = []
        if plan.writesTensorBoard { logs.append(try TensorBoardLog(in: path, resumingAt: last)) }
        if plan.writesJSONLines { logs.append(try JSONLinesLog(in: path, resumingAt: last)) }
        self.logs = logs
        bell = AlarmBell(plan)
        if lengths != nil {
            for table in [metrics, timing, evaluations] { try table.flush() }
            bell.hear(
                metrics: try CSVTable(Paths.join(path, "metrics.csv")),
                evaluations: try CSVTable(Paths.join(path, RunFolder.evaluationsName)))
        }
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
            .number(times.report), .number(checkpointSeconds),
        ])
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
        if isBest, let best = run.best {
            try AgentFile.write(best.weights, of: plan, step: best.step, to: Paths.join(path, RunFolder.bestName))
            try run.bestEpisode?.write(to: Paths.join(path, RunFolder.bestReplayName))
        }
        try metrics.flush()
        try timing.flush()
        try evaluations.flush()
        for log in logs { try log.flush(durable: false) }
    }

    private func ring(_ hear: (inout AlarmBell) -> Void) throws(FileError) {
        let known = bell.alarms.count
        hear(&bell)
        for alarm in bell.alarms.dropFirst(known) {
            for log in logs { try log.ring(alarm) }
        }
    }

    public func shouldCheckpoint(_ run: TrainingRun) throws { try checkpoint(run) }

    /// Everything that a resume needs, under `checkpoints/STEP/`.
    ///
    /// The newest two that the plan asks for are kept. One that an interruption wrote between them is kept until the next of the
    /// plan's, so that a run which was stopped ends with the files of one that never was.
    public func checkpoint(_ run: TrainingRun) throws(FileError) {
        let started = monotonicSeconds()
        let file = RunFolder.statePath(in: path, step: run.step)
        try Folders.make(Paths.folder(of: file))
        try write(run, to: file)
        let steps = try RunFolder.checkpointSteps(in: path)
        let kept = steps.filter(plan.isCheckpoint).suffix(RunFolder.checkpointsKept)
        for old in steps where old != run.step && !kept.contains(old) {
            try Folders.remove(Paths.folder(of: RunFolder.statePath(in: path, step: old)))
        }
        checkpointSeconds += monotonicSeconds() - started
    }

    /// The tables as they stand, then everything that the next steps depend on.
    private func write(_ run: TrainingRun, to file: String) throws(FileError) {
        try metrics.flush(durable: true)
        try timing.flush()
        try evaluations.flush(durable: true)
        for log in logs { try log.flush(durable: true) }
        var state = Archive()
        run.save(into: &state)
        // Not that of timing.csv: how long it is depends on the clock, and equal seeds give equal checkpoints.
        state.store([metrics.length, evaluations.length].map(Int64.init), as: "tables")
        try SafetensorsFile.write(state, metadata: AgentFile.metadata(plan, step: run.step), to: file)
    }

    static func statePath(in path: String, step: Int) -> String {
        Paths.join(Paths.join(Paths.join(path, checkpointsName), "\(step)"), "state.safetensors")
    }
    /// The steps of the checkpoints of a run, ascending.
    static func checkpointSteps(in path: String) throws(FileError) -> [Int] {
        let folder = Paths.join(path, checkpointsName)
        guard Folders.kind(of: folder) == .folder else { return [] }
        return try Folders.names(in: folder).compactMap { Int($0) }.sorted()
    }

    /// The state before the update that failed, in the form of a checkpoint but outside their folder: a resume would skip the update.
    public func didDiverge(_ run: TrainingRun, _ divergence: Divergence) throws {
        try write(run, to: Paths.join(path, RunFolder.divergedName))
        try writePlan(
            status: "diverged", results: ["step": JSON(run.step), "message": JSON(divergence.description)], timing: nil)
    }

    /// Notes that the run was stopped by a signal, after `checkpoint`.
    public func interrupt(_ run: TrainingRun) throws(FileError) {
        try writePlan(
            status: "interrupted", results: nil, timing: ["seconds": JSON(run.seconds), "checkpoint": JSON(checkpointSeconds)])
    }

    /// Writes the last words: what was reached, how long it took.
    public func finish(_ report: RunReport) throws(FileError) {
        try metrics.flush(durable: true)
        try timing.flush()
        try evaluations.flush(durable: true)
        for log in logs { try log.flush(durable: true) }
        try writePlan(
            status: "finished", results: report.json,
            timing: [
                "seconds": JSON(report.seconds), "seconds_to_solve": JSON(report.secondsToSolve),
                "checkpoint": JSON(checkpointSeconds),
            ])
    }

    private func writePlan(status: String, results: JSON?, timing: JSON?) throws(FileError) {
        let document: JSON = [
            "format": 1, "status": JSON(status), "plan": plan.json, "results": results ?? nil,
            "alarms": .array(alarms.map(\.json)), "machine": RunFolder.machine, "timing": timing ?? nil,
        ]
        try AtomicFile.write(JSONWriter.pretty(document) + "\n", to: Paths.join(path, RunFolder.planName))
    }

    private static var machine: JSON { ["cpu_features": JSON(Processor.features), "built_for": JSON(Processor.builtFor)] }
}
