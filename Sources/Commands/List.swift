// `rl list`: what there is, one line each.

import Agents
import Basics
import Environments
import RLCore
import Training

struct List: Command {
    static let name = "list"
    static let summary = "lists the environments, the algorithms and the trained agents"
    static let examples = ["rl list", "rl list environments", "rl list agents --json"]

    enum Kind: String, CaseIterable, ArgumentValue, OptionValue {
        typealias Single = Kind
        case environments, algorithms, agents
    }

    @Argument("KIND", help: "environments, algorithms or agents; all of them when left out") var kind: Kind?
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        var document = JSONObject()
        for kind in kind.map({ [$0] }) ?? Kind.allCases {
            let items = try items(kind, context)
            if json {
                document[kind.rawValue] = .array(items.map(\.json))
                continue
            }
            context.output.line(kind.rawValue, .bold)
            let width = items.map(\.name.count).max() ?? 0
            for item in items { context.output.line("  " + item.name.padded(to: width + 2) + item.text) }
            if items.isEmpty { context.output.line("  none here; a run of rl train keeps its agent in its own folder") }
            if self.kind == nil && kind != Kind.allCases.last { context.output.line() }
        }
        if json { context.output.line(JSONWriter.pretty(.object(document))) }
    }

    private struct Item {
        let name: String
        let text: String
        let json: JSON
    }

    private func items(_ kind: Kind, _ context: Context) throws -> [Item] {
        let catalogues = context.application.catalogues
        switch kind {
        case .environments:
            return try catalogues.environments.names.map { try catalogues.environments[$0] }.map {
                Item(
                    name: $0.name, text: $0.summary + ($0.threshold.map { "; solved at \(plain($0))" } ?? ""),
                    json: ["name": JSON($0.name), "summary": JSON($0.summary), "threshold": JSON($0.threshold)])
            }
        case .algorithms:
            return catalogues.algorithms.all.map {
                Item(name: $0.name, text: $0.summary, json: ["name": JSON($0.name), "summary": JSON($0.summary)])
            }
        case .agents:
            guard let home = try context.dataHome() else { return [] }
            return try home.names(.agents, suffix: ".safetensors").map { name in
                let preset = try? Preset(try home.file(.agents, name, suffix: ".json"))
                let reached = preset?.expected.map { expected in
                    let solved = expected.threshold.map { threshold in expected.final.count { $0 >= threshold } }
                    let share = solved.map { ", \($0) of \(expected.final.count) seeds solve it" } ?? ""
                    return "IQM \(rounded(Statistics.interquartileMean(expected.final)))\(share)"
                }
                return Item(
                    name: name, text: reached ?? "no preset beside it",
                    json: [
                        "name": JSON(name), "algorithm": JSON(preset?.algorithm), "environment": JSON(preset?.environment),
                        "final": preset?.expected.map { JSON($0.final) } ?? nil,
                    ])
            }
        }
    }
}
