// Agents on disk: what was written decides the same again, and what does not fit is refused in a sentence.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct AgentFileTests {
    private let folder = TemporaryFolder()

    /// An agent that was never trained, in `a.safetensors`.
    private func write(_ change: (inout [(String, String)]) -> Void = { _ in }, weights: ((inout Archive) -> Void)? = nil) throws
    {
        let plan = try shortPlan(seed: 9)
        var archive = Archive()
        try TrainingRun(plan).agent.makePolicy().save(into: &archive)
        weights?(&archive)
        var metadata = AgentFile.metadata(plan, step: 123)
        change(&metadata)
        try SafetensorsFile.write(archive, metadata: metadata, to: folder("a.safetensors"))
    }
    private func failure() -> FileError? { fileFailure { _ = try AgentFile.read(folder("a.safetensors"), Catalogues()) } }

    @Test func roundTrip() throws {
        try write()
        let agent = try AgentFile.read(folder("a.safetensors"), Catalogues())
        #expect(agent.algorithm.name == "dqn" && agent.environment.name == "cartpole" && agent.seed == 9 && agent.step == 123)
        #expect(agent.hyperparameters.integers("net_arch") == [16] && agent.environmentSettings.integer("time_limit") == 500)
        let original = try TrainingRun(shortPlan(seed: 9)).agent.makePolicy()
        let worlds = try agent.makeWorlds(lanes: 3)
        #expect(
            evaluate(agent.policy, in: worlds, episodes: 6, firstSeed: 1)
                == evaluate(original, in: try agent.makeWorlds(lanes: 1), episodes: 6, firstSeed: 1))
    }

    @Test(arguments: [
        ("format", "2", "reads format 1"), ("algorithm", "dqm", "did you mean \"dqn\"?"), ("seed", "-1", "whole numbers"),
        ("step", "x", "whole numbers"),
        ("environment", #"{"name":"cartpole","version":2,"parameters":{}}"#, "trained in version 2"),
        ("environment", #"{"name":"cartpol","version":1,"parameters":{}}"#, "did you mean \"cartpole\"?"),
        ("environment", #"{"name":"cartpole","version":1,"parameters":{"lwo":0}}"#, "did you mean \"low\"?"),
        ("environment", "[", "must be here"), ("hyperparameters", #"{"net_arch":[17]}"#, "q.0.weight"),
        ("hyperparameters", #"{"net_arch":[9000000]}"#, "from 1 to 8192"), ("hyperparameters", "7", "must be an object"),
    ])
    func metadataThatDoesNotFit(_ key: String, _ value: String, _ words: String) throws {
        try write { metadata in
            for i in metadata.indices where metadata[i].0 == key { metadata[i].1 = value }
        }
        let error = failure()
        #expect(error?.exitStatus == 65 && error?.message.contains(words) == true, "\(error?.description ?? "accepted")")
    }

    @Test(arguments: ["format", "algorithm", "environment", "hyperparameters", "seed", "step"]) func everyKeyIsNeeded(
        _ key: String
    ) throws {
        try write { $0.removeAll { $0.0 == key } }
        let error = failure()
        #expect(error?.exitStatus == 65 && error?.message.contains("\"\(key)\"") == true)
    }

    @Test func weightsThatDoNotFit() throws {
        try write { _ in
        } weights: {
            $0 = Archive()
        }
        #expect(failure()?.exitStatus == 65)
        try write { _ in
        } weights: {
            $0 = Archive()
            $0.store([Float](repeating: .nan, count: 64), as: "q.0.weight")
        }
        #expect(failure()?.exitStatus == 65)
    }

    @Test func everyTruncationAndEveryFlippedByteIsNoticed() throws {
        try write()
        let whole = try #require(folder.bytes("a.safetensors"))
        var random = RandomSource(seed: 1)
        for _ in 0..<400 {
            var bytes = whole
            if random.below(2) == 0 {
                bytes.removeLast(1 + random.below(bytes.count))
            } else {
                bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
            }
            try AtomicFile.write(bytes, to: folder("a.safetensors"), durable: false)
            // A changed letter of the header may leave a file that is as good as before, or one of another seed.
            if let error = failure() { #expect(error.exitStatus == 65) } else { #expect(bytes.count == whole.count) }
        }
    }

    @Test func agentsAreFoundByNameFileAndRun() throws {
        let home = try DataHome(home: folder.path, executable: nil)
        try Folders.make(folder("agents"))
        try write()
        let bytes = try #require(folder.bytes("a.safetensors"))
        try AtomicFile.write(bytes, to: folder("agents/dqn-cartpole.safetensors"))
        try train(shortPlan(steps: 300), in: folder("run"))
        #expect(try AgentFile.find("dqn-cartpole", home: home) == folder("agents/dqn-cartpole.safetensors"))
        #expect(try AgentFile.find(folder("run"), home: home) == folder("run/best.safetensors"))
        #expect(try AgentFile.find("x.safetensors", home: home) == "x.safetensors")
        for (name, words) in [
            ("dqn-cartpol", "did you mean \"dqn-cartpole\"?"), ("zzz", "trained agents: dqn-cartpole"),
            (folder("agents"), "best.safetensors"),
        ] {
            let error = fileFailure { _ = try AgentFile.find(name, home: home) }
            #expect(error?.exitStatus == 66 && error?.message.contains(words) == true)
        }
    }
}
