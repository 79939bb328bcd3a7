// `rl inspect`: what an agent has learned, as one HTML page of pictures.

import Agents
import Basics
import RLCore
import Training

struct Inspect: Command {
    static let name = "inspect"
    static let summary = "shows what an agent has learned, as one HTML page of pictures"
    static let discussion = """
        The agent plays some episodes, and the states that it meets are examined: its first layer, its layers at work, what its \
        decisions depend on, what excites its units, how little flips a decision, a map of its states, and its values beside the \
        exact ones where the world's rules can be read. What an agent does not have is left out. The page needs no other file.
        """
    static let examples = [
        "rl inspect dqn-breakout",
        "rl inspect dqn-cartpole --out cartpole.html --episodes 10",
        "rl inspect runs/dqn-cartpole/seed-0 --mode epsilon=0.1 --json",
    ]

    @Argument("AGENT", completing: .names(.agent), help: "a trained agent's name, a .safetensors file or a run's folder")
    var agent: String
    @Option("--out", value: "FILE", completing: .files, help: "where the page is written [NAME-inspect.html]") var out: String?
    @Option("--episodes", value: "N", in: 1...1000, help: "how many episodes to look at") var episodes = 3
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the first episode's seed") var seed = SeedRange.report
    @Option("--mode", value: "MODE", help: "greedy, sampled or epsilon=X") var mode = "greedy"
    @Option("--frames", value: "N", in: 1...24, help: "how many states of the first episode are shown one by one") var frames = 6
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let mode = try parsedMode(mode)
        let path = try AgentFile.find(agent, home: try context.dataHome())
        let trained = try AgentFile.read(path, context.application.catalogues)
        let name = Self.pageName(agent, trained)
        let file = out ?? "\(name)-inspect.html"
        // Before a minute of work, not after it.
        guard Folders.kind(of: Paths.folder(of: file)) == .folder else {
            throw FileError(.cannotWrite, path: file, "there is no such folder; make it, or choose another --out")
        }
        guard Folders.kind(of: file) != .folder else { throw FileError(.cannotWrite, path: file, "this is a folder") }
        let inspection = try Inspection(name, trained, episodes: episodes, seed: seed, mode: mode, frames: frames)
        let page = try InspectionPage(inspection)
        try AtomicFile.write(page.html, to: file)
        if json {
            var document = page.json.objectValue ?? JSONObject()
            document["file"] = JSON(file)
            context.output.line(JSONWriter.pretty(.object(document)))
        } else {
            context.output.line(
                "\(escapedForTerminal(name)) over \(counted(episodes, "episode")), \(counted(inspection.visits.count, "state")) examined"
            )
            for section in page.json["sections"]?.arrayValue ?? [] { context.output.line("  \(section.stringValue ?? "")") }
            context.output.line("wrote    \(escapedForTerminal(file))")
        }
    }

    /// `dqn-cartpole`, also for its file; a run's folder is called by what it trains.
    private static func pageName(_ word: String, _ agent: TrainedAgent) -> String {
        if word.hasSuffix(".safetensors") { return String(Paths.name(of: word).dropLast(".safetensors".count)) }
        return word.contains("/") || Paths.complaint(aboutName: word) != nil
            ? "\(agent.algorithm.name)-\(agent.environment.name)" : word
    }
}
