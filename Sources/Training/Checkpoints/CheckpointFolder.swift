// The checkpoints of a run on disk: `checkpoints/STEP/state.safetensors`, and the segments under `replay/` that they share.
import Basics

/// Where checkpoints are, how they are written and read. Knows nothing of threads.
struct CheckpointFolder: Sendable {
    /// Raised when files of before cannot be read any more.
    static let format = "2"
    /// How many of the plan's checkpoints are kept.
    static let kept = 2
    static let checkpointsName = "checkpoints"
    static let replayName = "replay"

    /// The run's folder.
    let path: String
    let plan: TrainingPlan

    var checkpoints: String { Paths.join(path, Self.checkpointsName) }
    private var replay: String { Paths.join(path, Self.replayName) }
    private func folder(_ step: Int) -> String { Paths.join(checkpoints, "\(step)") }
    func state(_ step: Int) -> String { Paths.join(folder(step), "state.safetensors") }
    func segment(_ number: Int) -> String {
        let digits = String(number)
        return Paths.join(replay, String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".safetensors")
    }

    /// The steps of the checkpoints, ascending. One whose writing never came to its end is none.
    func steps() throws(FileError) -> [Int] {
        guard try Folders.knownKind(of: checkpoints) == .folder else { return [] }
        var whole: [Int] = []
        for step in try Folders.names(in: checkpoints).compactMap({ Int($0) }) {
            if try Folders.knownKind(of: state(step)) != nil { whole.append(step) }
        }
        return whole.sorted()
    }

    // MARK: Writing

    /// What a file says about itself: whose it is, and what it holds.
    private func metadata(_ holds: String, step: Int, _ more: [(String, String)]) -> [(String, String)] {
        [("format", Self.format), ("holds", holds)] + AgentFile.metadata(plan, step: step).dropFirst() + [("plan", rhythm)] + more
    }
    /// What else decides what is in a checkpoint. Not the budget, which may grow.
    private var rhythm: String {
        JSONWriter.compact([
            "schedule_steps": JSON(plan.scheduleSteps), "lanes": JSON(plan.lanes), "until_return": JSON(plan.untilReturn),
            "eval_every": JSON(plan.evaluationInterval), "eval_episodes": JSON(plan.evaluationEpisodes),
            "checkpoint_every": JSON(plan.checkpointInterval),
        ])
    }

    /// The segment first, then the state that refers to it; both are on the disk, under their names, when this returns.
    func write(_ snapshot: Snapshot) throws(FileError) {
        if let (number, logs) = snapshot.segment {
            try Folders.make(Paths.name(of: replay), inside: path)
            try SafetensorsFile.write(
                logs, metadata: metadata("segment", step: snapshot.step, [("number", "\(number)")]), to: segment(number))
        }
        try Folders.make(Paths.name(of: checkpoints), inside: path)
        try Folders.make("\(snapshot.step)", inside: checkpoints)
        try write(snapshot, to: state(snapshot.step))
        try Folders.sync(checkpoints)
        try Folders.sync(path)
    }
    /// The state alone.
    func write(_ snapshot: Snapshot, to file: String) throws(FileError) {
        let numbers = JSONWriter.compact(.array(snapshot.references.map { JSON($0) }))
        try SafetensorsFile.write(
            snapshot.state, metadata: metadata("checkpoint", step: snapshot.step, [("segments", numbers)]), to: file)
    }

    /// Removes every checkpoint but those of `steps`, and every segment but `segments`.
    func prune(keeping steps: Set<Int>, segments: Set<Int>) throws(FileError) {
        if try Folders.knownKind(of: checkpoints) == .folder {
            for name in try Folders.names(in: checkpoints) {
                if let step = Int(name), !steps.contains(step) { try Folders.remove(folder(step)) }
            }
        }
        guard try Folders.knownKind(of: replay) == .folder else { return }
        let kept = Set(segments.map { Paths.name(of: segment($0)) })
        for name in try Folders.names(in: replay, suffix: ".safetensors") where !kept.contains(name) {
            try Folders.remove(Paths.join(replay, name))
        }
    }
    /// Removes what killed processes left half-written.
    func removeTemporaries() throws(FileError) {
        for folder in try [path, replay] + steps().map({ folder($0) }) { try Folders.removeTemporaries(in: folder) }
    }

    // MARK: Reading

    /// The state of step `step` with everything that its segments hold, and what is on disk for the next to build upon.
    ///
    /// - Throws: `FileError` naming the file and what is wrong with it; `.malformed` when the checkpoint is of no use, now and later.
    func read(_ step: Int) throws(FileError) -> (archive: Archive, index: SegmentIndex) {
        let file = state(step)
        let (state, metadata) = try SafetensorsFile.read(file, advice: nil)
        try check(metadata, file, holds: "checkpoint", step: step)
        var files: [Archive] = [], index = SegmentIndex()
        for number in try references(metadata, file) {
            guard try Folders.knownKind(of: segment(number)) != nil else {
                throw FileError(
                    .malformed, path: segment(number), "the segment is gone, and the checkpoint of step \(step) needs it")
            }
            let (logs, said) = try SafetensorsFile.read(segment(number), advice: nil)
            try check(said, segment(number), holds: "segment", number: number)
            files.append(logs)
            let ends = try inside(segment(number)) { () throws(ArchiveError) in
                try LogFile.stretches(in: logs).mapValues(\.rows.upperBound)
            }
            index.segments.append(SegmentIndex.Segment(number: number, ends: ends))
            index.held = ends
        }
        let whole = try inside(file) { () throws(ArchiveError) in
            for (name, stretch) in try LogFile.stretches(in: state) { index.held[name] = stretch.rows.lowerBound }
            return try LogFile.joined(state, files + [state])
        }
        return (whole, index)
    }

    /// The segments that the checkpoint of `step` refers to; none when it cannot be read, for then they are of no use.
    func references(of step: Int) -> [Int] {
        let file = state(step)
        guard let metadata = try? SafetensorsFile.metadata(of: file) else { return [] }
        return (try? references(metadata, file)) ?? []
    }

    private func references(_ metadata: [String: String], _ file: String) throws(FileError) -> [Int] {
        var numbers: [Int] = []
        for node in try JSONReader.parse(metadata["segments"] ?? "", path: file).array("\"segments\"") {
            numbers.append(try node.integer("a segment's number"))
        }
        return numbers
    }

    /// Refuses what this program did not write, or wrote for another run or another step.
    private func check(
        _ metadata: [String: String], _ file: String, holds: String, step: Int? = nil, number: Int? = nil
    ) throws(FileError) {
        func wrong(_ message: String) -> FileError { FileError(.malformed, path: file, message) }
        guard metadata["holds"] == holds else { throw wrong("this is no \(holds) of a run") }
        guard metadata["format"] == Self.format else {
            throw wrong("the \(holds) is of format \(metadata["format"] ?? "none"), this rl reads format \(Self.format)")
        }
        let expected = AgentFile.metadata(plan, step: 0) + [("plan", rhythm)]
        for (key, value) in expected where !["format", "step"].contains(key) && metadata[key] != value {
            throw wrong("the \(holds) belongs to another run: its \(key) is not this one's")
        }
        if let step, metadata["step"] != "\(step)" {
            throw wrong("the checkpoint is of step \(metadata["step"] ?? "none"), not \(step)")
        }
        if let number, metadata["number"] != "\(number)" {
            throw wrong("the segment is number \(metadata["number"] ?? "none"), not \(number)")
        }
    }

    /// What is wrong inside an archive is wrong with its file.
    func inside<Value>(_ file: String, _ body: () throws(ArchiveError) -> Value) throws(FileError) -> Value {
        do { return try body() } catch { throw FileError(.malformed, path: file, error.description) }
    }
}
