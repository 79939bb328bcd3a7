// `rl record`: writes an episode as a recording, as pictures or as a film.

import Agents
import Basics
import Environments
import RLCore
import Rendering
import Training

struct Record: Command {
    static let name = "record"
    static let summary = "writes an episode as a recording, as pictures or as a film"
    static let discussion = """
        What FILE ends in decides: .json is a recording (a few hundred bytes, played again by rl replay), .png a picture of every \
        step, .gif and .mp4 a film (made by ffmpeg). An agent plays one episode in a fresh world; a recording is played again. With \
        --panel the pictures show beside the world what rl watch shows: what the agent thinks, of a recording how the return grows. \
        No display is needed.
        """
    static let examples = [
        "rl record dqn-cartpole --out cartpole.json",
        "rl record dqn-cartpole --out cartpole.gif --size 480x320", "rl record dqn-breakout --panel --out breakout.mp4",
        "rl record replays/dqn-cartpole.json --out step.png --step 0",
    ]

    @Argument("AGENT|RECORDING", completing: .names(.agent), help: "a trained agent, a run's folder, or a recording")
    var source: String
    @Option("--out", value: "FILE", completing: .files, help: "where to: NAME.json, NAME.png, NAME.gif or NAME.mp4") var out:
        String?
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "an agent's episode [\(SeedRange.report)]") var seed: UInt64?
    @Option("--mode", value: "MODE", help: "how an agent acts: greedy, sampled or epsilon=X [greedy]") var mode: String?
    @Flag("--panel", help: "beside the world, what the agent thinks") var panel
    @Option("--size", value: "WxH", help: "pixels of a picture [600x400, with the panel 960x540]") var size: String?
    @Option("--fps", value: "X", in: 0.1...240, help: "steps shown in a second [the world's own pace]") var fps: Double?
    @Option("--step", value: "N", in: 0...1_000_000_000, help: "only the picture after this step, as NAME.png; 0 is the start")
    var step: Int?
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        guard let out else { throw UsageError("--out is needed: where to write, such as --out episode.gif") }
        guard let kind = FilmKind(path: out) else {
            throw UsageError("--out must end in .json, .png, .gif or .mp4, got \"\(out)\"")
        }
        if step != nil && kind != .pictures { throw UsageError("--step names one picture, so --out must end in .png") }
        if panel && kind == .recording { throw UsageError("--panel is for pictures; a recording holds none") }
        let size = try PictureSize(size ?? (panel ? "960x540" : "600x400"))
        let mode = try parsedMode(mode ?? "greedy")
        let home = try context.dataHome()
        let (recording, agent) = try found(home, context.application.catalogues, mode)
        if agent == nil { try refuseForRecording(seed: seed, mode: self.mode) }
        let written: [String]
        if kind == .recording {
            try recording.write(to: out)
            written = [out]
        } else {
            let reel: any Reel =
                panel
                ? PanelReel(session: try session(recording, agent, mode), size: size)
                : RecordingReel(recording: recording, size: size)
            let film = Film(reel, pace: fps ?? recording.environment.stepsPerSecond)
            switch kind {
            case .pictures: written = try film.writePictures(to: out, only: step)
            case .gif, .mp4:
                if let signal = try film.encode(kind, to: out, searchPath: context.environment["PATH"] ?? "") {
                    context.status = ExitStatus(signal: signal)
                    return
                }
                written = [out]
            case .recording: preconditionFailure("written above")
            }
        }
        show(recording, written, on: context.output)
    }

    private func show(_ recording: Recording, _ written: [String], on output: Output) {
        if json {
            output.line(
                JSONWriter.pretty([
                    "files": JSON(written), "environment": JSON(recording.environment.name), "agent": JSON(recording.agent),
                    "seed": JSON(seed: recording.seed), "steps": JSON(recording.steps), "return": JSON(recording.totalReward),
                    "ending": JSON("\(recording.ending)"),
                ]))
        } else {
            let files =
                written.count == 1
                ? written[0] : "\(grouped(written.count)) pictures, \(written[0]) to \(written[written.count - 1])"
            output.line(
                "\(escapedForTerminal(recording.agent)) in \(recording.environment.name): \(counted(recording.steps, "step")), "
                    + "return \(plain(recording.totalReward)), \(recording.ending)")
            output.line("wrote    \(files)")
        }
    }

    /// The same episode once more, with somebody who watches.
    private func session(_ recording: Recording, _ agent: TrainedAgent?, _ mode: Mode) throws -> WatchSession {
        var options = WatchSession.Options()
        options.seed = recording.seed
        options.mode = mode
        let title = Paths.name(of: source)
        return try WatchSession(agent.map { Exhibit($0, title: title) } ?? Exhibit(recording, title: title), options)
    }

    /// An agent plays; what is no agent must be a recording.
    private func found(
        _ home: DataHome?, _ catalogues: Catalogues, _ mode: Mode
    ) throws -> (recording: Recording, agent: TrainedAgent?) {
        if source.hasSuffix(".json") { return (try Recording.verified(source, catalogues.environments), nil) }
        let path: String
        do throws(FileError) {
            path = try AgentFile.find(source, home: home)
        } catch {
            guard error.kind == .missing, let path = try Recording.find(source, home: home) else { throw error }
            return (try Recording.verified(path, catalogues.environments), nil)
        }
        let agent = try AgentFile.read(path, catalogues)
        let recorder = EpisodeRecorder(), seed = seed ?? SeedRange.report
        _ = evaluate(
            agent.policy, in: try agent.makeWorlds(lanes: 1), episodes: 1, firstSeed: seed, mode: mode, recorder: recorder)
        let recording = recorder.recording(
            of: agent.environment, agent.environmentSettings, seed: seed,
            agent: "\(agent.algorithm.name), seed \(agent.seed), step \(agent.step), \(self.mode ?? "greedy")")
        return (recording, agent)
    }
}

extension PictureSize {
    /// As `600x400`.
    ///
    /// - Throws: `UsageError` for what is no size, or one outside 16 to 4096.
    init(_ text: String) throws(UsageError) {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (16...4096).contains(width),
            (16...4096).contains(height)
        else { throw UsageError("--size needs WIDTHxHEIGHT, each 16 to 4096, got \"\(text)\"") }
        self.init(width: width, height: height)
    }
}

/// What an output file shall hold, by its ending.
enum FilmKind: Hashable, Sendable {
    case recording, pictures, gif, mp4

    init?(path: String) {
        let endings: [(String, FilmKind)] = [(".json", .recording), (".png", .pictures), (".gif", .gif), (".mp4", .mp4)]
        let name = Paths.name(of: path)
        guard let kind = endings.first(where: { name.hasSuffix($0.0) && name != $0.0 })?.1 else { return nil }
        self = kind
    }
}
