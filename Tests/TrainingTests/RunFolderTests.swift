// The files of a run: their columns and grids, and that equal seeds give equal bytes.
import Agents
import Basics
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct RunFolderTests {
    private let folder = TemporaryFolder()

    private func rows(_ name: String) throws -> [[String]] {
        try #require(folder.text(name)).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func everyFileIsThere() throws {
        try train(shortPlan(), in: folder("run"))
        #expect(
            try Set(comparableFiles(of: folder("run")).keys) == [
                "run.json", "metrics.csv", "evaluations.csv", "best.safetensors", "best.replay.json",
                "checkpoints/800/state.safetensors",
                "checkpoints/1000/state.safetensors", "replay/000002.safetensors", "replay/000003.safetensors",
                "replay/000004.safetensors", "replay/000005.safetensors",
            ])
        #expect(try rows("run/timing.csv").count == 101)
    }

    @Test func tablesHaveTheirColumnsAndGrids() throws {
        try train(shortPlan(lanes: 3), in: folder("run"))
        let metrics = try rows("run/metrics.csv")
        #expect(metrics[0] == ["step", "updates", "episodes", "return_mean", "length_mean"] + columnsOfDQN)
        // The budget is 1,002 steps, a hundredth in whole steps of three lanes is 9.
        #expect(metrics.dropFirst().map { Int($0[0]) } == Array(stride(from: 9, through: 999, by: 9)) + [1002])
        #expect(metrics[1].suffix(8).allSatisfy { $0.isEmpty })
        // ReLU may die but does not saturate.
        #expect(metrics.last?[11] == "")
        #expect(metrics.last?.enumerated().allSatisfy { $0.offset == 11 || Double($0.element)?.isFinite == true } == true)
        let ratios = metrics.dropFirst().compactMap { Double($0[12]) }
        #expect(ratios.count > 80 && ratios.allSatisfy { (1e-6..<1).contains($0) })
        let evaluations = try rows("run/evaluations.csv")
        #expect(evaluations[0] == ["step", "mean_return", "std_return", "min_return", "max_return", "episodes"])
        #expect(evaluations.dropFirst().map { $0[0] } == ["252", "501", "750", "1002"])
        #expect(evaluations.dropFirst().allSatisfy { $0[5] == "3" })
        #expect(
            try rows("run/timing.csv")[0] == ["step", "seconds", "act", "worlds", "learn", "report", "checkpoint", "written"])
    }
    private var columnsOfDQN: [String] {
        ["loss", "gradient_norm", "q_mean", "epsilon", "learning_rate", "dead_units", "saturation", "update_ratio"]
    }

    @Test(arguments: ["dqn", "random"]) func equalSeedsGiveEqualBytes(_ name: String) throws {
        let algorithm = try Catalogues().algorithms[name]
        try train(shortPlan(algorithm, seed: 7), in: folder("a"))
        try train(shortPlan(algorithm, seed: 7), in: folder("elsewhere/b"))
        try train(shortPlan(algorithm, seed: 8), in: folder("c"))
        let first = try comparableFiles(of: folder("a"))
        #expect(try comparableFiles(of: folder("elsewhere/b")) == first)
        let other = try comparableFiles(of: folder("c"))
        for name in ["metrics.csv", "checkpoints/1000/state.safetensors"] { #expect(other[name] != first[name], "\(name)") }
    }

    @Test func runJSONSaysWhatWasReached() throws {
        let report = try train(shortPlan(), in: folder("run"))
        let document = try JSONReader.read(folder("run/run.json")).json
        #expect(
            document.objectValue?.members.map(\.key) == ["format", "status", "plan", "results", "alarms", "machine", "timing"])
        #expect(document["status"] == "finished" && document["results"] == report.json)
        #expect(document["results"]?["solved"] == false && document["results"]?["steps"] == 1000)
        #expect(document["timing"]?.objectValue?.members.map(\.key) == ["seconds", "seconds_to_solve", "checkpoint", "written"])
    }

    @Test func theKeptWeightsAreThoseOfTheBestEvaluation() throws {
        let report = try train(shortPlan(), in: folder("run"))
        let agent = try AgentFile.read(folder("run/best.safetensors"), Catalogues())
        #expect(agent.step == report.best.step && agent.seed == 0 && agent.algorithm.name == "dqn")
        let again = evaluate(agent.policy, in: try agent.makeWorlds(lanes: 2), episodes: 5, firstSeed: SeedRange.report)
        #expect(again == report.final)
        let best = try rows("run/evaluations.csv").dropFirst().compactMap { Double($0[1]) }.max()
        #expect(best == report.best.evaluation.mean)
    }

    @Test func aFolderThatHoldsARunIsLeftAlone() throws {
        try train(shortPlan(), in: folder("run"))
        let before = try comparableFiles(of: folder("run"))
        let error = fileFailure { _ = try RunFolder(new: folder("run"), for: TrainingRun(shortPlan(seed: 3))) }
        #expect(error?.exitStatus == 73 && error?.message.contains("holds a run already") == true)
        #expect(try comparableFiles(of: folder("run")) == before)
    }

    /// Somebody's own file may have the name of one of ours.
    @Test(arguments: [
        "metrics.csv", "timing.csv", "evaluations.csv", "metrics.jsonl", "events.out.tfevents.0.rl", "best.safetensors",
        "best.replay.json", "diverged.safetensors", "checkpoints", "replay",
    ]) func filesOfOthersAreLeftAlone(_ name: String) throws {
        try Folders.make(folder("run"))
        if ["checkpoints", "replay"].contains(name) {
            try Folders.make(folder("run/\(name)/7"))
        } else {
            try AtomicFile.write("precious", to: folder("run/" + name))
        }
        try AtomicFile.write("mine", to: folder("run/notes.txt"))
        let error = fileFailure { try train(shortPlan(steps: 300), in: folder("run")) }
        #expect(error?.exitStatus == 73 && error?.message.contains(name) == true, "\(error as Any)")
        #expect(try Folders.names(in: folder("run")) == [name, "notes.txt"].sorted())
        #expect(folder.text("run/" + name) == (["checkpoints", "replay"].contains(name) ? nil : "precious"))
        try Folders.remove(folder("run/" + name))
        try train(shortPlan(steps: 300), in: folder("run"))
        #expect(folder.text("run/notes.txt") == "mine")
    }

    /// Whoever looks at a run while it trains sees its tables from the beginning, and each row when it is there.
    @Test func rowsAreThereWhenTheyAreReported() throws {
        let plan = try shortPlan(Catalogues().algorithms["random"])
        let run = try TrainingRun(plan), files = try RunFolder(new: folder("run"), for: run)
        run.observers = [files]
        defer { run.observers = [] }
        for name in ["metrics", "timing", "evaluations"] {
            let table = try CSVTable(folder("run/\(name).csv"))
            #expect(table.columns.first == "step" && table.rows.isEmpty)
        }
        while run.step < 20 { try run.advance() }
        for name in ["metrics", "timing"] { #expect(try CSVTable(folder("run/\(name).csv"))["step"] == [10, 20], "\(name)") }
    }

    @Test func oneRunAtATime() throws {
        let run = try TrainingRun(shortPlan())
        let held = try RunFolder(new: folder("run"), for: run)
        let error = fileFailure { _ = try RunFolder(new: folder("run"), for: run) }
        #expect(error?.kind == .locked && error?.exitStatus == 73)
        withExtendedLifetime(held) {}
    }

    @Test func aFileInTheWayIsNamed() throws {
        try AtomicFile.write("precious", to: folder("file"))
        let error = fileFailure { _ = try RunFolder(new: folder("file/run"), for: TrainingRun(shortPlan())) }
        #expect(error?.exitStatus == 73)
        #expect(folder.text("file") == "precious" && folder.names == ["file"])
    }

    @Test func divergenceStopsTheRun() throws {
        var plan = try shortPlan()
        for (key, value) in [("optimizer", "sgd"), ("learning_rate", "10"), ("max_grad_norm", "1e300"), ("loss", "mse")] {
            try plan.hyperparameters.set(key, parsing: value, from: "the test")
        }
        let error = #expect(throws: Divergence.self) { try train(plan, in: folder("run")) }
        #expect(error?.description.contains("training diverged") == true && error?.description.contains("learning_rate") == true)
    }
}
