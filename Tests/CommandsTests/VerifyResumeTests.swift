// `rl verify-resume` and `rl resume --steps` in this process: what they print, and what they leave behind.
import Commands
import TestSupport
import Testing
import Training

@Suite struct VerifyResumeTests {
    private let folder = TemporaryFolder()
    private func rl(_ words: String...) -> Invocation {
        Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path, "TMPDIR": folder.path])
    }

    @Test func everyFileHasItsLine() throws {
        let result = rl("verify-resume", "random", "cartpole", "--steps", "200", "--at", "77")
        #expect(result.status == 0, "\(result.err)")
        for name in ["run.json", "metrics.csv", "evaluations.csv", "best.safetensors", "checkpoints/180/state.safetensors"] {
            let lines = result.out.split(separator: "\n").filter { $0.hasPrefix("  \(name) ") }
            #expect(lines.count == 2 && lines.allSatisfy { $0.hasSuffix(" bytes  equal") }, "\(name): \(lines)")
        }
        #expect(result.out.contains("stopped and resumed\n") && result.out.contains("killed and resumed\n"))
        #expect(folder.names == [], "the folders of the proof are gone")
    }

    @Test func theDocument() throws {
        let result = rl("verify-resume", "q-learning", "frozenlake", "--steps", "300", "--seed", "5", "--json")
        let json = try JSONReader.parse(Array(result.out.utf8), path: "").json
        #expect(
            json.objectValue?.members.map(\.key) == [
                "algorithm", "environment", "seed", "steps", "at", "equal", "fingerprint", "files",
            ])
        #expect(json["equal"] == true && json["at"] == 150 && json["seed"] == 5)
        for kind in ["stopped", "killed"] {
            let files = try #require(json["files"]?[kind]?.arrayValue)
            #expect(files.count >= 6 && files.allSatisfy { $0["difference"] == .null && $0["bytes"] != .null })
        }
    }

    @Test func aBudgetMayGrow() throws {
        let run = folder("run")
        #expect(rl("train", "random", "cartpole", "--steps", "200", "--out", run, "--quiet").status == 0)
        #expect(rl("resume", run).err.contains("has finished; nothing is left to do"))
        let spent = rl("resume", run, "--steps", "150")
        #expect(
            spent.status == 64 && spent.complaint.contains("has taken 200 steps already; --steps must be more than that, not 150")
        )
        #expect(rl("resume", run, "--steps", "300", "--threads", "2", "--quiet").status == 0)
        let whole = [
            "train", "random", "cartpole", "--steps", "300", "--schedule-steps", "200", "--out", folder("whole"), "--quiet",
        ]
        #expect(Invocation(whole, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path]).status == 0)
        let comparison = try RunComparison(of: folder("whole"), with: run)
        for file in comparison.files { #expect(file.difference == nil, "\(file.name)") }
    }

    /// The comparison sees a byte, a tensor, a file.
    @Test func differencesAreNamed() throws {
        for name in ["a", "b"] { _ = rl("train", "q-learning", "frozenlake", "--steps", "200", "--out", folder(name), "--quiet") }
        _ = rl("train", "q-learning", "frozenlake", "--steps", "200", "--seed", "1", "--out", folder("c"), "--quiet")
        #expect(try RunComparison(of: folder("a"), with: folder("b")).isEqual)
        let best = try #require(folder.bytes("c/best.safetensors"))
        try AtomicFile.write(best, to: folder("b/best.safetensors"))
        try AtomicFile.write("step", to: folder("b/evaluations.csv"))
        try Folders.remove(folder("b/best.replay.json"))
        try AtomicFile.write("", to: folder("b/more"))
        let differing = try RunComparison(of: folder("a"), with: folder("b")).files.filter { $0.difference != nil }
        #expect(differing.map(\.name) == ["best.replay.json", "best.safetensors", "evaluations.csv", "more"])
        #expect(differing[0].difference == "is missing" && differing[3].difference == "is not in the first run")
        #expect(differing[1].difference?.hasPrefix("differs from byte ") == true)
        #expect(differing[2].difference?.hasPrefix("differs from byte 4 on (") == true)
    }
}
