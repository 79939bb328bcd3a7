// The same seed gives the same bits, whoever looks on, however often, on however many threads, and whatever the clock says.
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct DeterminismTests {
    private let folder = TemporaryFolder()

    /// The last weights of a run that nobody watches, or of one whose files are written.
    private func fingerprint(_ plan: TrainingPlan, threads: Int = 1, in path: String? = nil) throws -> String {
        let run = try TrainingRun(plan, threads: threads)
        if let path { run.observers = [try RunFolder(new: path, for: run)] }
        defer { run.observers = [] }
        while !run.isFinished { try run.advance() }
        return run.fingerprint()
    }

    @Test(arguments: [("dqn", "cartpole"), ("ppo", "pendulum"), ("a2c", "cartpole"), ("q-learning", "frozenlake")])
    func nothingButTheSeedMatters(_ algorithm: String, _ world: String) throws {
        let plan = try tinyPlan(algorithm, world, steps: 480, lanes: 12)
        let alone = try fingerprint(plan)
        #expect(alone.count == 16)
        for threads in 2...3 { #expect(try fingerprint(plan, threads: threads) == alone, "\(threads) threads") }
        #expect(try fingerprint(plan, in: folder("watched")) == alone, "with its files written")
        for interval in [12, 100, 1_000_000] {
            var other = plan
            other.checkpointInterval = interval
            #expect(try fingerprint(other, in: folder("checkpoints-\(interval)")) == alone, "checkpoints every \(interval)")
            other = plan
            other.evaluationInterval = interval
            other.evaluationEpisodes = 1 + interval % 7
            #expect(try fingerprint(other, threads: 2) == alone, "evaluations every \(interval)")
        }
        var other = plan
        other.seed = 1
        #expect(try fingerprint(other) != alone)
    }

    @Test func theFingerprintIsInTheResultsAndThatOfAResumedRun() throws {
        let plan = try tinyPlan("dqn", "cartpole", steps: 200)
        let report = try train(plan, in: folder("whole"))
        #expect(try report.fingerprint == fingerprint(plan))
        #expect(try JSONReader.read(folder("whole/run.json")).json["results"]?["fingerprint"] == JSON(report.fingerprint))
        try trainAndStop(plan, in: folder("run"), at: 110, saving: true)
        try resume(folder("run"))
        #expect(try JSONReader.read(folder("run/run.json")).json["results"]?["fingerprint"] == JSON(report.fingerprint))
    }

    /// Clocks that stand, run backwards, jump and answer nonsense change `timing` alone.
    @Test func noClockMatters() throws {
        let plan = try tinyPlan("dqn", "cartpole", steps: 200)
        try train(plan, in: folder("whole"))
        var ticks = 0.0
        let clocks: [(String, () -> Double)] = [
            ("still", { 7 }),
            (
                "backwards",
                {
                    ticks -= 3600; return ticks
                }
            ),
            (
                "jumping",
                {
                    ticks += 1; return ticks * 1e17
                }
            ),
            ("broken", { .nan }), ("endless", { .infinity }),
        ]
        for (name, clock) in clocks {
            let run = try TrainingRun(plan, clock: clock), files = try RunFolder(new: folder(name), for: run)
            run.observers = [files]
            defer { run.observers = [] }
            while !run.isFinished { try run.advance() }
            try files.finish(run.finish(episodes: 5))
            for file in try RunComparison(of: folder("whole"), with: folder(name)).files {
                #expect(file.difference == nil, "\(name): \(file.name)")
            }
            // What cannot be a number of seconds is none in the document either, which stays readable.
            _ = try JSONReader.read(folder(name + "/run.json"))
        }
    }
}
