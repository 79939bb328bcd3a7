// Recordings: small files that play again exactly, and that say where they do not.
import Basics
import Environments
import Kernels
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite("Recordings")
struct RecordingTests {
    private let folder = TemporaryFolder()

    /// Plays one episode with random actions.
    private func played(_ name: String, seed: UInt64 = 5, steps limit: Int = 10_000) throws -> Recording {
        let environment = try EnvironmentCatalogue.builtIn[name]
        let world = try environment.makeVector(environment.settings, lanes: 1)
        let actions = Actions(lanes: 1, space: world.actionSpace)
        var random = RandomSource(seed: seed, key: [1])
        let recorder = EpisodeRecorder()
        recorder.begin(world.reset(using: [RandomSource(seed: seed)]).observations)
        for _ in 0..<limit {
            actions.draw(0, from: world.actionSpace, using: &random)
            let batch = world.step(actions)
            recorder.add(actions, batch, lane: 0)
            if batch.ending(of: 0) != .running { break }
        }
        return recorder.recording(of: environment, environment.settings, seed: seed, agent: "a test")
    }
    private func written(_ recording: Recording) throws -> String {
        try recording.write(to: folder("episode.json"))
        return folder("episode.json")
    }

    @Test("a recording of every world is read back and plays the same way", arguments: EnvironmentCatalogue.builtIn.names)
    func everyWorld(name: String) throws {
        let recording = try played(name, steps: 3000)
        let again = try Recording.read(try written(recording), .builtIn)
        #expect(again.actions == recording.actions && again.check == recording.check && again.hash == recording.hash)
        #expect(again.totalReward == recording.totalReward && again.ending == recording.ending && again.agent == "a test")
        try Resimulation(again).verify()
    }

    @Test("another action is found at the step in which it was taken")
    func changedAction() throws {
        let recording = try played("cartpole")
        for place in [0, recording.steps / 2, recording.steps - 1] {
            var actions = recording.actions
            actions[place] = actions[place] == .discrete(0) ? .discrete(1) : .discrete(0)
            let changed = Recording(
                environment: recording.environment, environmentSettings: recording.environmentSettings, seed: recording.seed,
                agent: "", actions: actions, check: recording.check, hash: recording.hash, totalReward: recording.totalReward,
                ending: recording.ending)
            #expect(throws: ReplayDifference.self) { try Resimulation(changed).verify() }
            let play = try Resimulation(changed)
            while play.advance() {}
            #expect(play.difference?.step == place + 1)
        }
    }

    @Test("another seed, return or ending is found")
    func changedWhole() throws {
        let text = String(decoding: try readFile(written(try played("cartpole")), limit: 1 << 20), as: UTF8.self)
        for (old, new) in [
            ("\"seed\":5", "\"seed\":6"), ("\"ending\":\"terminated\"", "\"ending\":\"truncated\""),
            ("\"return\":", "\"return\":1"),
        ] {
            #expect(text.contains(old))
            try AtomicFile.write(text.replacing(old, with: new), to: folder("changed.json"))
            let changed = try Recording.read(folder("changed.json"), .builtIn)
            #expect(throws: ReplayDifference.self, "\(new)") { try Resimulation(changed).verify() }
        }
    }

    @Test("500 steps of Cart-Pole fit in 1.5 KB")
    func size() throws {
        let actions = Array(repeating: RecordedAction.discrete(1), count: 500)
        let environment = CartPole.specification
        let recording = Recording(
            environment: environment, environmentSettings: environment.settings, seed: 2_000_000,
            agent: "dqn, seed 100, step 46000, greedy",
            actions: actions, check: Array(repeating: 200, count: 500), hash: .max, totalReward: 500, ending: .truncated)
        #expect(try readFile(written(recording), limit: 1 << 20).count <= 1536)
    }

    @Test(
        "actions take as few bits as tell them apart",
        arguments: [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (18, 5), (256, 8), (257, 9)])
    func packing(choices: Int, bits: Int) {
        let packed = PackedActions(.discrete(choices))
        #expect(packed.bitsEach == bits)
        let actions = (0..<101).map { RecordedAction.discrete($0 * 7 % choices) }
        let bytes = packed.pack(actions)
        #expect(bytes.count == (101 * bits + 7) / 8)
        #expect(packed.unpack(bytes, steps: 101) == actions)
        #expect(packed.unpack(bytes + [0], steps: 101) == nil)
    }

    @Test("continuous actions come back bit for bit, and nothing that is no number does")
    func continuous() {
        let packed = PackedActions(.box(.vector(2), low: [-1, -1], high: [1, 1]))
        let actions = [RecordedAction.continuous([0.1, -0.0]), .continuous([1, -.leastNonzeroMagnitude])]
        #expect(packed.unpack(packed.pack(actions), steps: 2) == actions)
        #expect(packed.unpack(packed.pack([.continuous([.nan, 0])]), steps: 1) == nil)
    }

    @Test(
        "a damaged file is refused with its place",
        arguments: [
            ("\"format\":1", "\"format\":2"), ("cartpole", "cardpole"), ("\"version\":1", "\"version\":77"),
            ("\"steps\":", "\"steps\":1"),
            ("\"actions\":\"", "\"actions\":\"AAAA"), ("\"check\":\"", "\"check\":\"!"), ("\"hash\":\"", "\"hash\":\"0"),
            ("\"ending\":\"terminated\"", "\"ending\":\"finished\""), ("\"env\":{}", "\"env\":{\"gravity\":1}"),
            ("\"agent\"", "\"player\""),
        ])
    func damage(old: String, new: String) throws {
        let text = String(decoding: try readFile(written(try played("cartpole")), limit: 1 << 20), as: UTF8.self)
        #expect(text.contains(old))
        try AtomicFile.write(text.replacing(old, with: new), to: folder("damaged.json"))
        #expect {
            try Recording.read(folder("damaged.json"), .builtIn)
        } throws: { error in
            (error as? FileError)?.kind == .malformed && "\(error)".contains("damaged.json, line 1, column")
        }
    }

    @Test("a run keeps the first episode of its best evaluation, and it plays again")
    func ofRun() throws {
        try train(shortPlan(), in: folder("run"))
        let path = try #require(try Recording.find(folder("run"), home: nil))
        let recording = try Recording.read(path, .builtIn)
        #expect(recording.seed == SeedRange.selection)
        try Resimulation(recording).verify()
        let agent = try AgentFile.read(folder("run/best.safetensors"), Catalogues())
        let again = evaluate(agent.policy, in: try agent.makeWorlds(lanes: 1), episodes: 1, firstSeed: SeedRange.selection)
        #expect(again.returns == [recording.totalReward] && again.lengths == [recording.steps])
    }

    @Test("every recording that ships plays the same way")
    func shipped() throws {
        let home = try #require(try DataHome.find(home: nil) ?? DataHome(home: nil, executable: #filePath))
        let names = try home.names(.replays, suffix: ".json")
        #expect(!names.isEmpty)
        for name in names {
            try Resimulation(try Recording.read(home.file(.replays, name, suffix: ".json"), .builtIn)).verify()
        }
    }
}
