// Random bytes and random damage in every file that is read: an error with status 65, never a crash.
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct DamageTests {
    private let folder = TemporaryFolder()

    /// Changes, removes, doubles and inserts a few bytes, with a taste for what JSON is made of.
    private func damaged(_ bytes: [UInt8], using random: inout RandomSource) -> [UInt8] {
        var bytes = bytes
        let tokens = ["9223372036854775807", "-1", "1e309", "null", "[]", "{}", "\"\"", "\"a\":", ",", "0", "\u{0}"].map {
            Array($0.utf8)
        }
        for _ in 0...random.below(3) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[place] = UInt8(random.below(256))
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
            case 2: bytes.insert(contentsOf: tokens[random.below(tokens.count)], at: place)
            case 3:
                bytes.replaceSubrange(
                    place..<min(bytes.count, place + 1 + random.below(5)), with: tokens[random.below(tokens.count)])
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }
    private func noise(using random: inout RandomSource) -> [UInt8] {
        (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
    }

    /// Feeds `read` with damage of `good` and with noise; anything but success and `FileError` 65 is a failure.
    private func torture(_ name: String, _ good: [UInt8], count: Int, seed: UInt64, _ read: (String) throws -> Void) throws {
        var random = RandomSource(seed: seed)
        var refused = 0
        for i in 0..<count {
            try AtomicFile.write(
                i % 4 == 0 ? noise(using: &random) : damaged(good, using: &random), to: folder(name), durable: false)
            do { try read(folder(name)) } catch let error as FileError {
                refused += 1
                #expect(error.exitStatus == 65, "\(error)")
            } catch let error as UnknownName {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(refused > count / 2)
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
}
