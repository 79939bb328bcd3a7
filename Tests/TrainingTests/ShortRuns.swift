// Runs of a few hundred steps that write every file a run can write.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

/// A plan with several evaluations, checkpoints every 200 steps and, for DQN, updates from step 100 on.
func shortPlan(
    _ algorithm: AlgorithmSpecification = DQN.specification, seed: UInt64 = 0, steps: Int = 1000, lanes: Int = 1
) throws -> TrainingPlan {
    var plan = TrainingPlan(algorithm, in: CartPole.specification)
    plan.setBudget(steps: steps, lanes: lanes)
    plan.seed = seed
    plan.evaluationInterval = 250
    plan.evaluationEpisodes = 3
    plan.checkpointInterval = 200
    if algorithm.name == "dqn" {
        for (key, value) in [("learning_starts", "100"), ("buffer_size", "500"), ("net_arch", "16"), ("batch_size", "16")] {
            try plan.hyperparameters.set(key, parsing: value, from: "the test")
        }
    }
    return plan
}

/// Trains to the end in `path`.
@discardableResult func train(_ plan: TrainingPlan, in path: String) throws -> RunReport {
    let run = try TrainingRun(plan)
    let folder = try RunFolder(new: path, for: run)
    run.observers = [folder]
    while !run.isFinished { try run.advance() }
    let report = try run.finish(episodes: 5)
    try folder.finish(report)
    return report
}

/// Trains until `step`, saves there if told, and drops everything as a crash would.
func trainAndStop(_ plan: TrainingPlan, in path: String, at step: Int, saving: Bool) throws {
    let run = try TrainingRun(plan)
    let folder = try RunFolder(new: path, for: run)
    run.observers = [folder]
    while run.step < step { try run.advance() }
    if saving {
        try folder.checkpoint(run)
        try folder.interrupt(run)
    }
}

/// Goes on from the newest checkpoint to the end.
func resume(_ path: String, say: (String) -> Void = { _ in }) throws {
    let stopped = try StoppedRun(path, Catalogues(), say: say)
    let run = stopped.run
    let folder = try stopped.open()
    run.observers = [folder]
    while !run.isFinished { try run.advance() }
    try folder.finish(run.finish(episodes: 5))
}

/// Every file of a run by its path inside, without what belongs to the clock and the machine.
func comparableFiles(of path: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    func collect(_ inside: String) throws {
        for name in try Folders.names(in: Paths.join(path, inside)) {
            let inner = inside.isEmpty ? name : "\(inside)/\(name)"
            if Folders.kind(of: Paths.join(path, inner)) == .folder {
                try collect(inner)
            } else if name != "timing.csv" {
                files[inner] = try readFile(Paths.join(path, inner), limit: 1 << 30)
            }
        }
    }
    try collect("")
    if case .object(var document) = try JSONReader.read(Paths.join(path, "run.json")).json {
        document["machine"] = nil
        document["timing"] = nil
        files["run.json"] = Array(JSONWriter.pretty(.object(document)).utf8)
    }
    return files
}
