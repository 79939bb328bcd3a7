// `rl info`: everything about an environment, an algorithm, an agent or a run.

import Agents
import Basics
import Environments
import RLCore
import Training

struct Info: Command {
    static let name = "info"
    static let summary = "tells everything about an environment, an algorithm, an agent or a run"
    static let examples = ["rl info cartpole", "rl info dqn", "rl info dqn-cartpole --json"]

    @Argument("THING", completing: .names(.environment), help: "a name from rl list, a .safetensors file or a run's folder")
    var thing: String
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let page = try page(context)
        if json { return context.output.line(JSONWriter.pretty(page.json)) }
        page.show(on: context.output)
    }

    private func page(_ context: Context) throws -> InfoPage {
        let catalogues = context.application.catalogues
        if catalogues.environments.names.contains(thing) { return try InfoPage(catalogues.environments[thing]) }
        if let algorithm = catalogues.algorithms.all.last(where: { $0.name == thing }) { return InfoPage(algorithm) }
        let home = try context.dataHome()
        let run = Paths.join(thing, RunFolder.planName)
        if Folders.kind(of: run) != nil { return InfoPage(run: thing, try JSONReader.read(run).json) }
        if let path = try agentPath(home: home) { return try InfoPage(AgentFile.read(path, catalogues), name: thing) }
        let names = catalogues.environments.names + catalogues.algorithms.all.map(\.name)
        let agents = try home?.names(.agents, suffix: ".safetensors") ?? []
        let hint = nearestWord(to: thing, in: names + agents).map { "did you mean \"\($0)\"?" } ?? "rl list shows what there is"
        throw UsageError("nothing is called \"\(thing)\"; \(hint)")
    }

    /// Nil when `thing` is a plain word that names no agent.
    private func agentPath(home: DataHome?) throws -> String? {
        let isWord = !thing.contains("/") && !thing.contains(".") && Folders.kind(of: thing) == nil
        if isWord, try !(home?.names(.agents, suffix: ".safetensors") ?? []).contains(thing) { return nil }
        return try AgentFile.find(thing, home: home)
    }
}
