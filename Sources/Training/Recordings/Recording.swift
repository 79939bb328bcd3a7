// An episode as a small file: the world, its seed, the actions, and enough to prove that a replay went the same way.
public import Basics
public import Environments
import FoundationEssentials
public import RLCore

public struct Recording: Sendable {
    /// Far above the longest episode there is; a file that claims more is damaged.
    static let mostSteps = 10_000_000

    public let environment: EnvironmentSpecification
    public let environmentSettings: Settings
    /// The world was reset by `RandomSource(seed:)`, as `rl eval` does for an episode.
    public let seed: UInt64
    /// Who played, in words.
    public let agent: String
    public let actions: [RecordedAction]
    /// After each step, the low byte of the rolling hash of all observations so far.
    public let check: [UInt8]
    /// After the last step, the whole hash.
    public let hash: UInt64
    public let totalReward: Double
    public let ending: Ending

    public var steps: Int { actions.count }

    /// A fresh world of its kind, one lane.
    public func makeWorld() throws(SettingError) -> any VectorEnvironment {
        try environment.makeVector(environmentSettings, lanes: 1)
    }
}

extension Recording {
    static let format = 1

    /// `{"format", "environment", "version", "env", "seed", "agent", "actions", "check", "hash", "return", "steps", "ending"}`
    ///
    /// - Throws: when the settings no longer make a world.
    public func document() throws(SettingError) -> JSON {
        let packed = PackedActions(try makeWorld().actionSpace).pack(actions)
        return [
            "format": JSON(Recording.format), "environment": JSON(environment.name), "version": JSON(environment.version),
            "env": .object(
                JSONObject(
                    environmentSettings.declarations.filter { environmentSettings[$0.key] != $0.initial }.map {
                        ($0.key, environmentSettings[$0.key].json)
                    })),
            "seed": JSON(seed: seed), "agent": JSON(agent), "actions": JSON(Data(packed).base64EncodedString()),
            "check": JSON(Data(check).base64EncodedString()), "hash": JSON(hexadecimal(hash)), "return": JSON(totalReward),
            "steps": JSON(steps), "ending": JSON("\(ending)"),
        ]
    }

    public func write(to path: String) throws {
        try AtomicFile.write(JSONWriter.compact(try document()) + "\n", to: path)
    }

    /// - Throws: `.missing`, or `.malformed` with the place of what is wrong.
    public static func read(_ path: String, _ environments: EnvironmentCatalogue) throws(FileError) -> Recording {
        // Two base64 characters of a byte for each step and action, and room for the rest.
        // Presets have comments, and are to be told by what they hold.
        let document = try JSONReader.read(path, options: JSONReader.Options(allowsComments: true, limit: 64 << 20))
        if document.json["hyperparameters"] != nil {
            throw FileError(.malformed, path: path, "this is a preset, from which rl train makes agents, not a recording")
        }
        var object = try document.object("a recording")
        let formatNode = try object.node("format")
        guard try formatNode.integer("\"format\"") == format else {
            throw formatNode.error("this rl reads recordings of format \(format)")
        }
        let name = try object.node("environment")
        let environment: EnvironmentSpecification
        do {
            environment = try environments[try name.string("\"environment\"")]
        } catch let error as FileError {
            throw error
        } catch {
            throw name.error("\(error)")
        }
        let version = try object.node("version")
        guard try version.integer("\"version\"") == environment.version else {
            throw version.error(
                "recorded in version \(try version.integer("\"version\"")) of \(environment.name), this rl has version \(environment.version)"
            )
        }
        var settings = environment.settings
        if let node = object.nodeIfPresent("env") { try settings.take(node, from: "recording") }
        let space: Space
        do {
            space = try environment.makeVector(settings, lanes: 1).actionSpace
        } catch {
            throw name.error(error.description)
        }
        let seed = try object.node("seed").seed("\"seed\"")
        let agent = try object.string("agent")
        let steps = try object.integer("steps", in: 0...mostSteps)
        let actionsNode = try object.node("actions"), checkNode = try object.node("check"), hashNode = try object.node("hash")
        guard let actions = PackedActions(space).unpack(try bytes(actionsNode, "\"actions\""), steps: steps) else {
            throw actionsNode.error("\"actions\" does not hold \(steps) actions of \(space) in base64")
        }
        let check = try bytes(checkNode, "\"check\"")
        guard check.count == steps else {
            throw checkNode.error("\"check\" holds \(check.count) bytes, one for each of \(steps) steps is needed")
        }
        let digits = try hashNode.string("\"hash\"")
        guard digits.count == 16, let hash = UInt64(digits, radix: 16) else {
            throw hashNode.error("\"hash\" must be 16 hexadecimal digits")
        }
        let totalReward = try object.double("return")
        let endingNode = try object.node("ending")
        let word = try endingNode.string("\"ending\"")
        guard let ending = [Ending.running, .terminated, .truncated].first(where: { "\($0)" == word }) else {
            throw endingNode.error("\"ending\" must be running, terminated or truncated, not \"\(escapedForTerminal(word))\"")
        }
        try object.finish()
        return Recording(
            environment: environment, environmentSettings: settings, seed: seed, agent: agent, actions: actions, check: check,
            hash: hash, totalReward: totalReward, ending: ending)
    }

    /// Where `name` is: a file, a run's folder (its best episode), or the name of a recording in `replays/`; nil where it is none.
    public static func find(_ name: String, home: DataHome?) throws(FileError) -> String? {
        switch Folders.kind(of: name) {
        case .folder:
            let best = Paths.join(name, RunFolder.bestReplayName)
            return Folders.kind(of: best) == nil ? nil : best
        case nil:
            guard let home, Paths.complaint(aboutName: name) == nil else { return nil }
            let path = try home.file(.replays, name, suffix: ".json")
            return Folders.kind(of: path) == nil ? nil : path
        default: return name.hasSuffix(".json") ? name : nil
        }
    }

    private static func bytes(_ node: JSONNode, _ name: String) throws(FileError) -> [UInt8] {
        guard let data = Data(base64Encoded: try node.string(name)) else { throw node.error("\(name) is not base64") }
        return [UInt8](data)
    }
}

private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
