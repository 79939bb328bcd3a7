// Checkpoints of a run as it goes: copied between two steps, written beside it.
import Basics
import Kernels

extension RunFolder {
    public func shouldCheckpoint(_ run: TrainingRun) throws { try begin(run) }

    /// Everything that a resume needs, under `checkpoints/STEP/`, on the disk when this returns.
    ///
    /// The newest two that the plan asks for are kept. One that an interruption wrote between them is kept until the next of the
    /// plan's, so that a run which was stopped ends with the files of one that never was.
    public func checkpoint(_ run: TrainingRun) throws(FileError) {
        try begin(run)
        try writer.finish()
    }

    /// Copies the run's state and has it written by the second thread.
    private func begin(_ run: TrainingRun) throws(FileError) {
        let started = monotonicSeconds()
        defer { checkpointSeconds += monotonicSeconds() - started }
        // An interruption at the very step of a planned checkpoint has nothing to add to it.
        if kept.last?.step == run.step { return }
        try flushTables()
        let isPlanned = plan.isCheckpoint(run.step)
        // Segments end where the plan says, so that their bytes do not depend on interruptions.
        let snapshot = Snapshot(
            run, tables: [metrics.file.length, evaluations.file.length], index: &index,
            segment: isPlanned ? run.step / plan.checkpointInterval : nil)
        kept = kept.filter { plan.isCheckpoint($0.step) }.suffix(isPlanned ? CheckpointFolder.kept - 1 : CheckpointFolder.kept)
        kept.append((run.step, snapshot.references))
        let steps = Set(kept.map(\.step)), segments = Set(kept.flatMap(\.references))
        let checkpoints = checkpoints, tables = durableFiles.map(\.path)
        try writer.start {
            do throws(FileError) {
                // A state that is on the disk without the rows it speaks of would be of no use.
                for table in tables { try syncFile(table) }
                try checkpoints.write(snapshot)
                try checkpoints.prune(keeping: steps, segments: segments)
                return nil
            } catch { return error }
        }
    }

    /// Begins where a run that is resumed was: what is newer than its checkpoint, or was left half-written, goes.
    func takeOver(_ run: TrainingRun, _ index: SegmentIndex) throws(FileError) {
        self.index = index
        let steps = try checkpoints.steps().filter { $0 <= run.step }
        let planned = steps.filter(plan.isCheckpoint).suffix(CheckpointFolder.kept)
        let own = steps.filter { $0 == run.step && !plan.isCheckpoint($0) }
        kept = (planned + own).map { ($0, checkpoints.references(of: $0)) }
        try checkpoints.prune(keeping: Set(kept.map(\.step)), segments: Set(kept.flatMap(\.references)))
        try checkpoints.removeTemporaries()
        try Folders.remove(Paths.join(path, RunFolder.divergedName))
    }

    /// The checkpoint of an interruption after which none of the plan's came: the end of the run is all that there is to go on to.
    func removeInterruption() throws(FileError) {
        let planned = kept.filter { plan.isCheckpoint($0.step) }
        guard planned.count < kept.count else { return }
        try checkpoints.prune(keeping: Set(planned.map(\.step)), segments: Set(planned.flatMap(\.references)))
        kept = planned
    }

    /// The state before the update that failed, in the form of a checkpoint but outside their folder: a resume would skip the update.
    public func didDiverge(_ run: TrainingRun, _ divergence: Divergence) throws {
        try flushTables(durable: true)
        try writer.finish()
        try checkpoints.write(whole(run), to: Paths.join(path, RunFolder.divergedName))
        try writePlan(
            status: "diverged", results: ["step": JSON(run.step), "message": JSON(divergence.description)], timing: nil)
    }

    /// The run's state in one piece, for a file that is to stand alone.
    private func whole(_ run: TrainingRun) -> Snapshot {
        var nothing = SegmentIndex()
        return Snapshot(run, tables: [metrics.file.length, evaluations.file.length], index: &nothing, segment: nil)
    }

    /// Saves the run as it stands to a new folder in the first of `places` that can be written, for when its own folder cannot.
    ///
    /// - Returns: the folder, which `rl resume` continues; nil when no place would take it.
    public func rescue(_ run: TrainingRun, to places: [String]) -> String? {
        // It may still be writing to the place that failed; what it says has been said.
        writer.abandon()
        for place in places {
            guard let folder = try? Folders.claim(Paths.join(place, "rescued-\(plan.name)-seed-\(plan.seed)")) else { continue }
            do {
                for file in durableFiles + [timing.file] {
                    try AtomicFile.write(file.contents, to: Paths.join(folder, Paths.name(of: file.path)))
                }
                try writeBest(of: run, episode: run.bestEpisode ?? run.replayBestEpisode(), in: folder)
                let checkpoints = CheckpointFolder(path: folder, plan: plan)
                try checkpoints.write(whole(run))
                // Last: without it the folder holds no run.
                try writePlan(status: "interrupted", results: nil, timing: nil, in: folder)
                return folder
            } catch {
                // The next place may take it; what this one took is of no use.
                try? Folders.remove(folder)
            }
        }
        return nil
    }
}
