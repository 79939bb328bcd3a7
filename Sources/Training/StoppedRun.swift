// A stopped run, found on disk and made to go on where it was.
import Basics

/// The run in a folder as it stood at its newest readable checkpoint, or at its start when it has none.
public struct StoppedRun {
    public let path: String
    public let run: TrainingRun
    public let isFinished: Bool
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
        for key in ["results", "machine", "timing"] { _ = object.nodeIfPresent(key) }
        try object.finish()

        var found: (TrainingRun, [Int])?
        for step in try RunFolder.checkpointSteps(in: path).reversed() where found == nil {
            let state = RunFolder.statePath(in: path, step: step)
            do {
                let (archive, _) = try SafetensorsFile.read(state)
                let run = try TrainingRun(plan)
                try run.load(from: archive)
                found = (run, try archive.int64s("tables", count: 3).map { Int($0) })
            } catch {
                say("\(state) cannot be used (\(error)); trying the checkpoint before it")
            }
        }
        (run, lengths) = try found ?? (TrainingRun(plan), [0, 0, 0])
    }

    /// Locks the folder and cuts its tables back to the checkpoint.
    public func open() throws(FileError) -> RunFolder { try RunFolder(resuming: path, for: run, lengths: lengths) }
}
