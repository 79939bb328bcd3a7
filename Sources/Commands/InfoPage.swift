// What `rl info` shows: a title, facts, and tables of settings, as text or as JSON.

import Agents
import Basics
import RLCore
import Training

struct InfoPage {
    private let title: String
    private let summary: String
    private var facts: [(key: String, text: String, json: JSON)] = []
    private var tables: [(key: String, rows: [(String, String, String)])] = []
    let json: JSON

    init(_ world: EnvironmentSpecification) throws {
        let vector = try world.makeVector(world.settings, lanes: 1)
        title = world.name
        summary = world.summary
        let count = if case .discrete(let count) = vector.actionSpace { count } else { vector.actionSpace.shape.count }
        let actions = Array(world.actionNames.prefix(count))
        facts = [
            ("version", "\(world.version)", JSON(world.version)),
            ("observations", "\(vector.observationSpace)", JSON("\(vector.observationSpace)")),
            ("actions", "\(vector.actionSpace)", JSON("\(vector.actionSpace)")),
            (
                "solved at", world.threshold.map { "a mean return of \(plain($0))" } ?? "no agreed threshold",
                JSON(world.threshold)
            ),
        ]
        tables = [
            ("observation", Self.bounds(world.observationNames, vector.observationSpace)),
            ("channels", world.channelNames.enumerated().map { ("\($0.offset)", $0.element, "") }),
            ("actions", actions.enumerated().map { ("\($0.offset)", $0.element, "") }),
            ("parameters (--env-set)", Self.rows(world.declarations)),
        ]
        json = [
            "environment": JSON(world.name), "version": JSON(world.version), "summary": JSON(world.summary),
            "observation_space": JSON("\(vector.observationSpace)"), "action_space": JSON("\(vector.actionSpace)"),
            "observation_names": JSON(world.observationNames), "channel_names": JSON(world.channelNames),
            "action_names": JSON(actions),
            "threshold": JSON(world.threshold), "parameters": Self.json(world.declarations),
        ]
    }

    init(_ algorithm: AlgorithmSpecification) {
        title = algorithm.name
        summary = algorithm.summary
        facts = [
            ("source", algorithm.source, JSON(algorithm.source)),
            (
                "default budget", "\(counted(algorithm.defaultSteps, "step")) in \(counted(algorithm.defaultLanes, "lane"))",
                JSON(algorithm.defaultSteps)
            ),
        ]
        tables = [
            ("hyperparameters (--set)", Self.rows(algorithm.declarations)),
            ("what it is shown (--set)", Self.rows(Preprocessing.declarations)),
        ]
        json = [
            "algorithm": JSON(algorithm.name), "summary": JSON(algorithm.summary), "source": JSON(algorithm.source),
            "default_steps": JSON(algorithm.defaultSteps), "default_lanes": JSON(algorithm.defaultLanes),
            "hyperparameters": Self.json(algorithm.declarations + Preprocessing.declarations),
        ]
    }

    init(_ agent: TrainedAgent, name: String) {
        title = name
        summary = "\(agent.algorithm.name) in \(agent.environment.name)"
        facts = [
            ("file", agent.path, JSON(agent.path)), ("seed", "\(agent.seed)", JSON(seed: agent.seed)),
            ("kept at step", grouped(agent.step), JSON(agent.step)),
        ]
        let hyper = agent.hyperparameters, world = agent.environmentSettings
        tables = [
            ("hyperparameters", hyper.declarations.map { ($0.key, "\(hyper[$0.key])", "") }),
            ("environment", world.declarations.map { ($0.key, "\(world[$0.key])", "") }),
        ]
        json = [
            "agent": JSON(name), "file": JSON(agent.path), "algorithm": JSON(agent.algorithm.name),
            "environment": JSON(agent.environment.name), "seed": JSON(seed: agent.seed), "step": JSON(agent.step),
            "hyperparameters": hyper.json, "env": world.json,
        ]
    }

    init(run path: String, _ document: JSON) {
        title = path
        let plan = document["plan"]
        summary = "a run of \(plan?["algorithm"]?.stringValue ?? "?") on \(plan?["environment"]?.stringValue ?? "?")"
        func text(_ json: JSON?) -> String {
            switch json {
            case nil, .null: "–"
            case .string(let word): word
            case .number(let number): plain(number)
            case .object(let object): object.members.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ")
            case .array(let elements): elements.map(text).joined(separator: ",")
            case let json?: JSONWriter.compact(json)
            }
        }
        facts = ["status"].map { ($0, document[$0]?.stringValue ?? "?", document[$0] ?? nil) }
        facts += ["seed", "steps", "lanes", "preset", "until_return"].map { ($0, text(plan?[$0]), plan?[$0] ?? nil) }
        facts += ["best", "final", "solved"].map { ($0, text(document["results"]?[$0]), document["results"]?[$0] ?? nil) }
        tables = [
            ("hyperparameters", (plan?["hyperparameters"]?.objectValue?.members ?? []).map { ($0.key, text($0.value), "") }),
            ("environment", (plan?["env"]?.objectValue?.members ?? []).map { ($0.key, text($0.value), "") }),
        ]
        json = document
    }

    func show(on output: Output) {
        output.line(title, .bold)
        output.line(summary)
        output.line()
        let width = facts.map(\.key.count).max() ?? 0
        for fact in facts { output.line(fact.key.padded(to: width + 2) + fact.text) }
        for table in tables where !table.rows.isEmpty {
            output.line()
            output.line(table.key, .bold)
            let first = table.rows.map(\.0.count).max() ?? 0, second = table.rows.map(\.1.count).max() ?? 0
            for row in table.rows {
                output.line("  " + row.0.padded(to: first + 2) + (row.2.isEmpty ? row.1 : row.1.padded(to: second + 2) + row.2))
            }
        }
    }

    private static func rows(_ declarations: [SettingDeclaration]) -> [(String, String, String)] {
        declarations.map {
            ($0.key, "\($0.initial)", $0.help + ($0.domain == .anything ? "" : " (\($0.domain.description))"))
        }
    }
    private static func json(_ declarations: [SettingDeclaration]) -> JSON {
        .array(
            declarations.map {
                ["key": JSON($0.key), "default": $0.initial.json, "help": JSON($0.help), "domain": JSON($0.domain.description)]
            })
    }
    private static func bounds(_ names: [String], _ space: Space) -> [(String, String, String)] {
        guard case .box(_, let low, let high) = space else { return [] }
        return names.indices.map { ("\($0)", names[$0], "from \(low[$0]) to \(high[$0])") }
    }
}
