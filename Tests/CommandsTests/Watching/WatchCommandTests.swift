// `rl watch` and `rl play` as a user types them, on a display that draws nothing.
import Foundation
import TestSupport
import Testing

@Suite struct WatchCommandTests {
    private let folder = TemporaryFolder()
    private static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func rl(_ words: String) throws -> BuiltBinary.Ending {
        try BuiltBinary(
            words.split(separator: " ").map(String.init), in: folder.path, home: WatchCommandTests.home,
            variables: ["SDL_VIDEODRIVER": "dummy"]
        ).ending()
    }

    @Test(
        "agents, runs, recordings and worlds are shown",
        arguments: [
            "watch dqn-cartpole", "watch dqn-breakout --mode sampled", "watch value-iteration-frozenlake --no-panel",
            "watch dqn-acrobot --speed 8 --size 300x200", "play pixel-pong", "play pendulum",
            "play cartpole --agent dqn-cartpole", "play blackjack --episodes 1",
        ])
    func shown(words: String) throws {
        let ending = try rl(words + " --frames 10" + (words.contains("--size") ? "" : " --size 500x200"))
        #expect(ending.status == 0 && ending.err == "", "\(words): \(ending.err)")
    }

    @Test func recordingsByFileAndName() throws {
        for words in ["watch \(WatchCommandTests.home)/replays/dqn-breakout.json", "watch replays/dqn-breakout.json"] {
            let ending = try rl(words + " --frames 10" + (words.contains("--size") ? "" : " --size 500x200"))
            #expect(ending.status == (words.contains("/replays/") && words.contains(" /") ? 0 : 66), "\(ending.err)")
        }
    }

    @Test("a run is shown before and after its first evaluation")
    func runs() throws {
        #expect(try rl("train q-learning frozenlake --steps 1000 --out run --quiet").status == 0)
        #expect(try rl("watch run --frames 40 --size 160x120").status == 0)
        try FileManager.default.removeItem(atPath: folder("run/best.safetensors"))
        #expect(try rl("watch run --frames 40 --size 160x120").status == 0)
    }

    @Test func whatWasPlayedIsWritten() throws {
        let ending = try rl("play cartpole --frames 30 --out game.json")
        #expect(ending.status == 0 && ending.out.contains("wrote    game.json"))
        #expect(try rl("replay game.json --verify").status == 0)
    }

    @Test func mistakesAreSentences() throws {
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder("damaged.json")))
        try Data("xx".utf8).write(to: URL(fileURLWithPath: folder("damaged.safetensors")))
        for (words, status, hint) in [
            ("watch", 64, "trained agents: a2c-cartpole"), ("watch dqn-cartpol", 66, "did you mean \"dqn-cartpole\""),
            ("watch damaged.json", 65, "damaged.json"), ("watch damaged.safetensors", 65, "damaged.safetensors"),
            ("watch dqn-cartpole --size 100x100", 64, "at least 160x120"), ("watch dqn-cartpole --size big", 64, "WIDTHxHEIGHT"),
            ("watch dqn-cartpole --mode lazy", 64, "--mode must be"), ("watch dqn-cartpole --speed 0", 64, "--speed"),
            ("play cartpol", 64, "cartpole"), ("play cartpole --agent dqn-frozenlake", 64, "plays frozenlake, not cartpole"),
            ("play cartpole --agent nobody", 66, "no such agent"), ("play cartpole --out game.gif", 64, ".json"),
            ("train dqn cartpole --watch --seeds 2", 64, "--watch follows one run"),
        ] {
            let ending = try rl(words)
            #expect(ending.status == status && ending.err.contains(hint), "\(words): \(ending.status) \(ending.err)")
            #expect(ending.err.split(separator: "\n").filter { $0.hasPrefix("rl: ") }.count == 1)
        }
    }
}

@Suite struct WatchMemoryTests {
    private let folder = TemporaryFolder()
    private static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Kilobytes of memory that a process has, nil once it has ended.
    private func memory(of process: Int32) -> Int? {
        let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        return text?.firstMatch(of: #/VmRSS:\s+(\d+) kB/#).flatMap { Int($0.output.1) }
    }

    @Test("watching takes no more memory as it goes on; scripts/check-window does the same for an hour's pictures")
    func noGrowth() throws {
        let rl = try BuiltBinary(
            ["watch", "dqn-cartpole", "--frames", "3000", "--size", "160x120", "--speed", "8"], in: folder.path,
            home: WatchMemoryTests.home, variables: ["SDL_VIDEODRIVER": "dummy"])
        var samples: [Int] = []
        while let kilobytes = memory(of: rl.process.processIdentifier) {
            samples.append(kilobytes)
            usleep(10_000)
        }
        #expect(rl.ending().status == 0)
        // Once everything is loaded, which takes less than the first half.
        let half = samples[samples.count / 2], last = try #require(samples.last)
        #expect(samples.count > 20 && last - half < 1024, "from \(half) to \(last) kB in \(samples.count) looks")
    }
}
