// A stopped run, found on disk and made to go on where it was.
public import Basics

/// The run in a folder as it stood at its newest usable checkpoint, or at its start when it has none.
public struct StoppedRun {
    public let path: String
    public let run: TrainingRun
    public let isFinished: Bool
    /// Of a run that has finished: what `rl train --json` printed in the end.
    public let document: JSON?
    private let kept: KeptTables
    private let index: SegmentIndex
    private let isNew: Bool

    /// - Parameters:
    ///   - steps: another budget than the run was made with; what it ends with is what a run made with that budget and the old
    ///     one's schedules (`rl train --steps … --schedule-steps …`) ends with. Nil: its own.
    ///   - threads: how many step the worlds.
    ///   - altering: changes what was saved before it is loaded, so that tests see what every piece of it is good for.
    ///   - say: told, in a sentence, of each checkpoint that cannot be used.
    /// - Throws: `FileError` when the folder holds no run, or one that this program cannot continue: among them one with checkpoints
    ///   of which none can be used. Nothing in the folder has been changed then. `BudgetSpent`.
    public init(
        _ path: String, _ catalogues: Catalogues, steps: Int? = nil, threads: Int = 1,
        altering: ((inout Archive, TrainingRun) -> Void)? = nil, say: (String) -> Void
    ) throws {
        self.path = path
        let file = Paths.join(path, RunFolder.planName)
        var object = try JSONReader.read(file).object("a run")
        let format = try object.node("format")
        guard try format.integer("\"format\"") == 1 else { throw format.error("this rl reads runs of format 1") }
        let status = try object.string("status")
        let old = try TrainingPlan(try object.node("plan"), catalogues)
        let results = try object.node("results").json, timing = object.nodeIfPresent("timing")?.json
        _ = object.nodeIfPresent("machine")
        _ = object.nodeIfPresent("alarms")
        try object.finish()
        let plan = steps.map { old.lasting($0) } ?? old
        isNew = plan.steps != old.steps
        isFinished = status == "finished" && !isNew
        // Before anything is read that a training process may be changing; `open` takes the lock for good.
        if !isFinished { _ = try FolderLock(path) }
        // Spelled out: a plain nil would become the JSON null.
        document = isFinished ? .some(RunReport.document(run: path, old, results: results, timing: timing)) : .none

        let checkpoints = CheckpointFolder(path: path, plan: plan), found = try checkpoints.steps()
        let taken = status == "finished" ? results["steps"]?.integerValue ?? 0 : found.last ?? 0
        if isNew, plan.steps <= taken { throw BudgetSpent(path: path, asked: plan.steps, taken: taken) }
        var usable: (run: TrainingRun, kept: KeptTables, index: SegmentIndex)?, damaged: [(step: Int, cause: FileError)] = []
        for step in found.reversed() where usable == nil && step <= plan.steps {
            // The last step of another budget has been evaluated and reported although nothing was due.
            if isNew, step == old.steps, !plan.endsLikeAnyStep(step) { continue }
            do {
                var (archive, index) = try checkpoints.read(step)
                let run = try TrainingRun(plan, threads: threads)
                altering?(&archive, run)
                let tables = try checkpoints.inside(checkpoints.state(step)) { () throws(ArchiveError) in
                    try run.load(from: archive)
                    return try archive.int64s("tables", count: 2).map { Int($0) }
                }
                usable = (run, try KeptTables(tables, of: run, in: path), index)
            } catch let error as FileError {
                // What may be right again tomorrow, such as a file that may not be read today, is no reason to go back.
                guard error.kind == .malformed else { throw Self.refusal(error, checkpoints) }
                damaged.append((step, error))
            }
        }
        // Hours of work are not thrown away unasked.
        if usable == nil, let cause = damaged.first?.cause { throw Self.refusal(cause, checkpoints) }
        for (step, cause) in damaged {
            say("\(checkpoints.state(step)) cannot be used (\(cause)); going on from the checkpoint before it")
        }
        if usable == nil, !found.isEmpty {
            say("\(path): no checkpoint is on the way to the new budget; the run starts again from its plan")
        }
        (run, kept, index) = try usable ?? (TrainingRun(plan, threads: threads), .none, SegmentIndex())
        run.goOn(after: kept.spent)
    }

    private static func refusal(_ cause: FileError, _ checkpoints: CheckpointFolder) -> FileError {
        FileError(
            cause.kind, path: cause.path, line: cause.line, column: cause.column,
            "\(cause.message); so no checkpoint can be used, and nothing was changed: put the file back, train again into another --out, "
                + "or remove \(checkpoints.checkpoints) and rl resume begins again at step 0")
    }

    /// Locks the folder and cuts its tables back to the checkpoint.
    public func open() throws -> RunFolder {
        try RunFolder(resuming: path, for: run, kept: kept, index: index, isNew: isNew)
    }
}

/// A run was asked to go on to a step that it is past.
public struct BudgetSpent: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let asked: Int
    public let taken: Int
    public var description: String {
        "\(path) has taken \(taken) steps already; --steps must be more than that, not \(asked)"
    }
}
