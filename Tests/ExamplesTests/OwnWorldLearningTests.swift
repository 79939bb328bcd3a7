// An agent learns a world that no room of ours knows, with a preset of its own.
import Foundation
import Testing

@Suite struct OwnWorldLearningTests {
    @Test func anAgentLearnsToPark() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("own-world-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let trained = try Example(
            "own-world", "train", "dqn", "sled", "--preset", "Examples/own-world/dqn-sled.json", "--out", folder.path,
            "--no-progress")
        #expect(trained.status == 0, "\(trained.lines)")
        // Random pushes take all of the two hundred steps or leave the ice.
        #expect(trained.lines.contains { $0.hasPrefix("solved") }, "\(trained.lines)")
    }
}
