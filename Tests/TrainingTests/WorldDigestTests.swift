// A world that is a file may change between two commands: what was begun in the one does not go on in the other.
import Agents
import Environments
import RLCore
import TestSupport
import Testing
import Training

@Suite struct WorldDigestTests {
    private let folder = TemporaryFolder()

    private func write(map: String = #"["SFF", "FHG"]"#, reward: String = #"{"G": 1, "H": -1}"#, more: String = "") throws {
        try Folders.make(folder("envs"))
        try AtomicFile.write(
            #"{"format": 1, "world": "grid", "map": \#(map), "reward": \#(reward)\#(more)}"#, to: folder("envs/island.json"))
    }
    private func catalogues() throws -> Catalogues {
        let home = try DataHome(home: folder.path, executable: nil)
        var catalogue = EnvironmentCatalogue.builtIn
        catalogue.elsewhere = WorldFile.elsewhere { home }
        return Catalogues(environments: catalogue)
    }
    private func begin() throws {
        try write()
        let catalogues = try catalogues()
        var plan = try TrainingPlan(catalogues.algorithms["q-learning"], in: catalogues.environments["island"])
        plan.setBudget(steps: 400, lanes: 1)
        let run = try TrainingRun(plan), files = try RunFolder(new: folder("run"), for: run)
        run.observers = [files]
        defer { run.observers = [] }
        while run.step < 300 { try run.advance() }
        try files.checkpoint(run)
        try files.interrupt(run)
    }
    private func goOn() throws { _ = try StoppedRun(folder("run"), catalogues()) { Issue.record("\($0)") }.open() }
    private func read() throws { _ = try AgentFile.read(folder("run/best.safetensors"), catalogues()) }

    @Test(arguments: [
        (#"["SFF", "FFG"]"#, #"{"G": 1, "H": -1}"#, ""), (#"["SFF", "FHG"]"#, #"{"G": 1, "H": -5}"#, ""),
        (#"["SFF", "FHG"]"#, #"{"G": 1, "H": -1, "step": -0.5}"#, ""),
        (#"["SFF", "FHG"]"#, #"{"G": 1, "H": -1}"#, #", "legend": {"H": "free"}"#),
    ]) func anotherWorldIsRefused(_ map: String, _ reward: String, _ more: String) throws {
        try begin()
        let before = folder.bytes("run/run.json")
        try write(map: map, reward: reward, more: more)
        for failure in [fileFailure(goOn), fileFailure(read)] {
            #expect(
                failure?.exitStatus == 65 && failure?.message.contains("island has changed since") == true, "\(failure as Any)")
        }
        #expect(folder.bytes("run/run.json") == before)
        try write()
        try goOn()
        try read()
    }

    /// What a run and an agent write down themselves, and what decides nothing.
    @Test func wordsAndDefaultsMayChange() throws {
        try begin()
        try write(more: #", "summary": "an island", "time_limit": 7, "slip": 0.5, "threshold": 0.5"#)
        try goOn()
        try read()
    }

    /// Runs and agents of before say nothing of it.
    @Test func withoutADigestNothingIsCompared() throws {
        try begin()
        let plan = try #require(folder.text("run/run.json"))
        let line = try #require(plan.split(separator: "\n").first { $0.contains("\"environment_digest\"") })
        try AtomicFile.write(plan.replacing(line + "\n", with: ""), to: folder("run/run.json"))
        try Folders.remove(folder("run/checkpoints"))
        try write(map: #"["SFF", "FFG"]"#)
        try goOn()
        #expect(folder.text("run/run.json")?.contains("environment_digest") == false)
    }
}
