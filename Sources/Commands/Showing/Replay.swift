// `rl replay`: plays a recording again, and proves that it goes the same way.

import Environments
import RLCore
import Training

struct Replay: Command {
    static let name = "replay"
    static let summary = "plays a recording again, and says whether it went the same way"
    static let discussion = """
        A recording holds the world, its seed and the actions, and one byte a step of what was seen. With --verify a difference ends \
        with status 1, naming the first step that differs.
        """
    static let examples = ["rl replay dqn-cartpole --verify", "rl replay runs/dqn-cartpole/seed-0"]

    @Arguments("RECORDING", atLeast: 1, completing: .files, help: "a recording's file, its name in replays/, or a run's folder")
    var recordings: [String]
    @Flag("--verify", help: "end with status 1 when a step differs from what was recorded") var verify
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let home = try context.dataHome()
        var documents: [JSON] = []
        for name in recordings {
            guard let path = try Recording.find(name, home: home) else {
                throw FileError(.missing, path: name, "no such recording; record one with rl record AGENT --out NAME.json")
            }
            let recording = try Recording.read(path, context.application.catalogues.environments)
            let play = try Resimulation(recording)
            var difference: ReplayDifference?
            do throws(ReplayDifference) { try play.verify() } catch { difference = error }
            if difference != nil && verify { context.status = .failed }
            documents.append([
                "recording": JSON(path), "environment": JSON(recording.environment.name), "agent": JSON(recording.agent),
                "seed": JSON(seed: recording.seed), "steps": JSON(recording.steps), "return": JSON(recording.totalReward),
                "ending": JSON("\(recording.ending)"), "agrees": JSON(difference == nil),
                "first_difference": JSON(difference?.step),
            ])
            if !json { show(name, recording, difference, on: context.output) }
            if let difference, verify || json { context.console.complain("\(name): \(difference)") }
        }
        if json { context.output.line(JSONWriter.pretty(documents.count == 1 ? documents[0] : .array(documents))) }
    }

    private func show(_ name: String, _ recording: Recording, _ difference: ReplayDifference?, on output: Output) {
        output.line(
            "\(name): \(escapedForTerminal(recording.agent)) in \(recording.environment.name), seed \(recording.seed)")
        output.line(
            "  \(counted(recording.steps, "step")), return \(plain(recording.totalReward)), \(recording.ending); "
                + (difference.map { "differs: \($0)" } ?? "every step agrees"))
    }
}
