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

/// A plan of any algorithm in any world, with a network, a memory and episodes so small that a few hundred steps fill and end them.
func tinyPlan(
    _ algorithm: String, _ world: String, steps: Int, lanes: Int = 2, _ more: [(String, String)] = []
) throws -> TrainingPlan {
    let catalogues = Catalogues()
    var plan = try TrainingPlan(catalogues.algorithms[algorithm], in: catalogues.environments[world])
    // One that keeps traces of a single lane.
    plan.setBudget(steps: steps, lanes: algorithm == "ac-lambda" ? 1 : lanes)
    plan.evaluationInterval = steps / 3
    plan.evaluationEpisodes = 2
    plan.checkpointInterval = steps / 4
    let hasMemory = plan.hyperparameters.declarations.contains { $0.key == "buffer_size" }
    let small = [
        ("net_arch", "8"), ("batch_size", "8"), ("learning_starts", "16"), ("buffer_size", "64"), ("n_epochs", "2"),
        ("n_steps", hasMemory ? "2" : "8"), ("target_update_interval", "10"),
    ]
    for (key, value) in small + more where plan.hyperparameters.declarations.contains(where: { $0.key == key }) {
        try plan.hyperparameters.set(key, parsing: value, from: "the test")
    }
    if plan.environmentSettings.declarations.contains(where: { $0.key == "time_limit" }) {
        try plan.environmentSettings.set("time_limit", parsing: "30", from: "the test")
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

/// The checkpoints of a run of any plan: for asking which there are, and where.
func checkpoints(of path: String) throws -> CheckpointFolder { try CheckpointFolder(path: path, plan: shortPlan()) }

/// Every file of a run by its path inside, without what belongs to the clock and the machine.
func comparableFiles(of path: String) throws -> [String: [UInt8]] { try RunComparison.comparableFiles(of: path) }
