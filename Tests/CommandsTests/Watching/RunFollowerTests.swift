// A run is followed by looking at its files.
import Foundation
import RLCore
import Rendering
import TestSupport
import Testing
import Training

@testable import Commands

@Suite struct RunFollowerTests {
    private let folder = TemporaryFolder()
    private func train(_ name: String, steps: Int, seed: Int) {
        let result = Invocation(
            ["train", "q-learning", "frozenlake", "--steps", "\(steps)", "--seed", "\(seed)", "--out", folder(name), "--quiet"],
            of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
        #expect(result.status == 0, "\(result.err)")
    }
    private func replace(_ file: String, from other: String) throws {
        try FileManager.default.removeItem(atPath: folder("run/\(file)"))
        try FileManager.default.copyItem(atPath: folder("\(other)/\(file)"), toPath: folder("run/\(file)"))
    }

    @Test("newer weights and a longer curve are taken when they come, and looked for twice a second at most")
    func newerWeights() throws {
        train("run", steps: 2000, seed: 1)
        train("other", steps: 20_000, seed: 2)
        let catalogues = Catalogues()
        let session = try WatchSession(try Exhibit(run: folder("run"), catalogues))
        let follower = RunFollower(folder("run"), catalogues)
        #expect(session.exhibit.agent == nil && session.exhibit.playsAtRandom)
        follower.look(at: 0, for: session)
        let first = try #require(session.exhibit.agent)
        #expect(session.learningCurve.count == 20 && session.runStatus == "finished" && first.seed == 1)
        let revision = session.revision
        follower.look(at: 1, for: session)
        #expect(session.revision == revision, "nothing new, nothing to paint")

        try replace("best.safetensors", from: "other")
        try replace("evaluations.csv", from: "other")
        follower.look(at: 1.4, for: session)
        #expect(session.exhibit.agent?.seed == 1, "only half a second after the last look")
        follower.look(at: 1.6, for: session)
        #expect(session.exhibit.agent?.seed == 2 && session.learningCurve.last?.step == 20_000)
    }

    @Test("a file that cannot be read is said, not fatal, and the next version is taken")
    func damage() throws {
        train("run", steps: 2000, seed: 1)
        train("other", steps: 2000, seed: 2)
        let session = try WatchSession(try Exhibit(run: folder("run"), Catalogues()))
        let follower = RunFollower(folder("run"), Catalogues())
        follower.look(at: 0, for: session)
        try Data("no weights".utf8).write(to: URL(fileURLWithPath: folder("run/best.safetensors")))
        follower.look(at: 1, for: session)
        #expect(session.notice?.text.hasPrefix("the run cannot be read") == true && session.exhibit.agent?.seed == 1)
        try replace("best.safetensors", from: "other")
        follower.look(at: 2, for: session)
        #expect(session.exhibit.agent?.seed == 2)
    }
}
