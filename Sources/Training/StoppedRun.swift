// A stopped run, found on disk and made to go on where it was.
import Basics

public enum StoppedRun {
    /// The run in `path` as it stood at its newest readable checkpoint (or at its start when it has none), with its folder.
    ///
    /// - Parameter said: told, in a sentence, of each checkpoint that could not be read.
    /// - Throws: `FileError` when the folder holds no run, or one that this program cannot continue.
    public static func open(
        _ path: String, _ catalogues: Catalogues, said: (String) -> Void
    ) throws -> (run: TrainingRun, folder: RunFolder, isFinished: Bool) {
        let file = Paths.join(path, RunFolder.planName)
        var object = try JSONReader.read(file).object("a run")
        _ = object.nodeIfPresent("format")
        let status = try object.string("status")
        let plan = try TrainingPlan(try object.node("plan"), catalogues)
        for key in ["results", "machine", "timing"] { _ = object.nodeIfPresent(key) }
        try object.finish()
        let run = try TrainingRun(plan)
        var lengths = [0, 0, 0]
        for step in try RunFolder.checkpointSteps(in: path).reversed() {
            let state = Paths.join(Paths.join(Paths.join(path, RunFolder.checkpointsName), "\(step)"), RunFolder.stateName)
            do {
                let (archive, _) = try SafetensorsFile.read(state)
                lengths = try archive.int64s("tables", count: 3).map { Int($0) }
                try run.load(from: archive)
                break
            } catch {
                said("\(state) cannot be used (\(error)); trying the one before")
            }
        }
        return (run, try RunFolder(resuming: path, for: run, lengths: lengths), status == "finished")
    }
}
