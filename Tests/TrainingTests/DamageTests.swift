// Random bytes and random damage in every file that is read: an error with status 65, never a crash.
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct DamageTests {
    private let folder = TemporaryFolder()

    /// Feeds `read` with damage of `good` and with noise; anything but success and `FileError` 65 is a failure.
    ///
    /// - Parameter share: of all, how many the reader must notice; what a table says may be anything.
    private func torture(
        _ name: String, _ good: [UInt8], with tokens: [String] = DamageTokens.json, count: Int, seed: UInt64,
        refusing share: Double = 0.5, _ read: (String) throws -> Void
    ) throws {
        var random = RandomSource(seed: seed)
        var refused = 0
        for i in 0..<count {
            try AtomicFile.write(
                i % 4 == 0 ? random.noise() : random.damaged(good, with: tokens), to: folder(name), durable: false)
            do { try read(folder(name)) } catch let error as FileError {
                refused += 1
                #expect(error.exitStatus == 65, "\(error)")
            } catch let error as UnknownName {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(Double(refused) > share * Double(count))
    }

    @Test func presets() throws {
        let good = Array(
            """
            // A comment.
            {"format": 1, "algorithm": "dqn", "environment": "cartpole", "steps": 1000, "lanes": 2, "until_return": 9.5,
             "env": {"time_limit": 100}, "hyperparameters": {"net_arch": [8, 8], "double": true, "loss": "mse", "gamma": 0.5},
             "source": "made up", "expected": {"threshold": 1, "seeds": [1, 2], "final": [1.5, 2]}}
            """.utf8)
        try torture("preset.json", good, count: 2000, seed: 1) { _ = try Preset($0).plan(Catalogues()) }
    }

    @Test func plansOfRuns() throws {
        try trainAndStop(shortPlan(), in: folder("run"), at: 1, saving: false)
        let good = try #require(folder.bytes("run/run.json"))
        try torture("plan.json", good, count: 2000, seed: 2) {
            var object = try JSONReader.read($0).object("a run")
            _ = try TrainingPlan(object.node("plan"), Catalogues())
        }
    }

    @Test func agents() throws {
        try train(shortPlan(steps: 300), in: folder("run"))
        let good = try #require(folder.bytes("run/best.safetensors"))
        try torture("agent.safetensors", good, count: 2000, seed: 3) { _ = try AgentFile.read($0, Catalogues()) }
    }

    /// As `rl plot` reads them: every quantity over every axis, alone, smoothed and in a group with a table that is whole.
    @Test func tables() throws {
        let whole = "step,episodes,return_mean,loss\n10,1,0.5,\n20,2,-1.5,0.25\n30,4,2e-05,nan\n"
        let plan = #"{"format": 1, "status": "finished", "plan": {"algorithm": "dqn", "environment": "cartpole", "seed": 1}}"#
        for name in ["whole", "run"] {
            try Folders.make(folder(name))
            try AtomicFile.write(plan, to: folder(name + "/run.json"))
            try AtomicFile.write(whole, to: folder(name + "/metrics.csv"))
        }
        let good = try RunCurve(RunRecord(folder("whole")), "return_mean", over: .steps)
        try torture(
            "run/metrics.csv", Array(whole.utf8), with: DamageTokens.table, count: 2000, seed: 4, refusing: 0.3
        ) { path in
            try AtomicFile.write([UInt8](try readFile(path, limit: 1 << 20)), to: folder("run/timing.csv"), durable: false)
            let run = try RunRecord(folder("run"))
            for axis in [CurveAxis.steps, .episodes] {
                let curve = try RunCurve(run, "return_mean", over: axis, smoothing: 2)
                _ = GroupCurve([good, curve], bootstrap: StratifiedBootstrap(resamples: 2))
            }
        }
    }
}
