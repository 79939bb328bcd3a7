// A trained agent as a file: weights as safetensors, with everything needed to make it decide again in its metadata.
public import Agents
public import Basics
import Environments
public import RLCore

/// An agent that was read: who trained it, for which world, and the policy itself.
public struct TrainedAgent {
    public let path: String
    public let algorithm: AlgorithmSpecification
    public let environment: EnvironmentSpecification
    public let hyperparameters: Settings
    public let environmentSettings: Settings
    public let seed: UInt64
    /// Environment steps after which these weights were kept.
    public let step: Int
    public let policy: any Policy

    /// As it was trained; 0.99 where its algorithm has none.
    public var discount: Double {
        hyperparameters.declarations.contains { $0.key == "gamma" } ? hyperparameters.number("gamma") : 0.99
    }

    /// Fresh worlds of the kind it was trained in.
    public func makeWorlds(lanes: Int) throws -> any VectorEnvironment {
        try environment.makeVector(environmentSettings, lanes: lanes)
    }
}

public enum AgentFile {
    static let format = "1"

    /// What the metadata of a safetensors file says about the agent in it.
    static func metadata(_ plan: TrainingPlan, step: Int) -> [(String, String)] {
        [
            ("format", format), ("algorithm", plan.algorithm.name),
            (
                "environment",
                JSONWriter.compact([
                    "name": JSON(plan.environment.name), "version": JSON(plan.environment.version),
                    "parameters": plan.environmentSettings.json,
                ])
            ), ("hyperparameters", JSONWriter.compact(plan.hyperparameters.json)), ("seed", "\(plan.seed)"), ("step", "\(step)"),
        ]
    }

    public static func write(_ weights: Archive, of plan: TrainingPlan, step: Int, to path: String) throws(FileError) {
        try SafetensorsFile.write(weights, metadata: metadata(plan, step: step), to: path)
    }

    /// - Throws: `FileError`: `.missing`, or `.malformed` when the file is damaged, is no agent, or does not fit its own world.
    public static func read(_ path: String, _ catalogues: Catalogues) throws(FileError) -> TrainedAgent {
        let (weights, metadata) = try SafetensorsFile.read(path)
        func malformed(_ message: String) -> FileError { FileError(.malformed, path: path, message) }
        func text(_ key: String) throws(FileError) -> String {
            guard let value = metadata[key] else { throw malformed("the metadata lacks \"\(key)\"; this is not an agent of rl") }
            return value
        }
        guard try text("format") == format else {
            throw malformed("the agent is of format \(try text("format")), this rl reads format \(format)")
        }
        guard let seed = UInt64(try text("seed")), let step = Int(try text("step")), step >= 0 else {
            throw malformed("\"seed\" and \"step\" of the metadata must be whole numbers")
        }
        var world = try JSONReader.parse(try text("environment"), path: path).object("\"environment\"")
        let worldName = try world.string("name"), version = try world.integer("version"),
            parameters = try world.node("parameters")
        try world.finish()
        do {
            let algorithm = try catalogues.algorithms[try text("algorithm")]
            let environment = try catalogues.environments[worldName]
            guard environment.version == version else {
                throw malformed(
                    "trained in version \(version) of \(worldName), this rl has version \(environment.version): train it again")
            }
            var environmentSettings = environment.settings, hyperparameters = algorithm.settings
            try environmentSettings.take(parameters, from: "agent")
            try hyperparameters.take(try JSONReader.parse(try text("hyperparameters"), path: path), from: "agent")
            let worlds = try environment.makeVector(environmentSettings, lanes: 1)
            if let objection = algorithm.objection(observations: worlds.observationSpace, actions: worlds.actionSpace) {
                throw malformed(objection)
            }
            let policy = try algorithm.makePolicy(
                AgentContext(
                    observationSpace: worlds.observationSpace, actionSpace: worlds.actionSpace, lanes: 1, steps: step,
                    random: RandomSource(seed: 0)), hyperparameters)
            try policy.load(from: weights)
            return TrainedAgent(
                path: path, algorithm: algorithm, environment: environment, hyperparameters: hyperparameters,
                environmentSettings: environmentSettings, seed: seed, step: step, policy: policy)
        } catch let error as FileError {
            throw error
        } catch {
            throw malformed("\(error)")
        }
    }

    /// Where `name` is: a `.safetensors` file, a run's folder (its best weights), or the name of a trained agent in `agents/`.
    ///
    /// - Throws: `.missing`, naming the nearest agent there is.
    public static func find(_ name: String, home: DataHome?) throws(FileError) -> String {
        if name.hasSuffix(".safetensors") { return name }
        if Folders.kind(of: name) == .folder {
            let best = Paths.join(name, RunFolder.bestName)
            guard Folders.kind(of: best) != nil else {
                throw FileError(
                    .missing, path: name, "no \(RunFolder.bestName) in this folder; a run keeps one after its first evaluation")
            }
            return best
        }
        if name.hasSuffix(".json"), Folders.kind(of: name) != nil {
            throw FileError(
                .malformed, path: name,
                "this is a preset or a recording, not an agent; an agent is a .safetensors file or a run's folder")
        }
        let known = try home?.names(.agents, suffix: ".safetensors") ?? []
        if let home, known.contains(name) { return try home.file(.agents, name, suffix: ".safetensors") }
        let hint =
            nearestWord(to: name, in: known).map { "did you mean \"\($0)\"?" }
            ?? (known.isEmpty ? "no trained agent is installed" : "trained agents: \(known.joined(separator: ", "))")
        throw FileError(.missing, path: name, "no such agent, file or run; \(hint)")
    }
}
