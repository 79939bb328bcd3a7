// `rl record` and `rl replay` as a user types them.
import Commands
import Foundation
import TestSupport
import Testing
import Training

@Suite struct RecordTests {
    private let folder = TemporaryFolder()
    private func rl(_ words: String...) -> Invocation {
        Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path, "PATH": folder("nowhere")])
    }
    private func trained() -> String {
        #expect(rl("train", "random", "frozenlake", "--steps", "200", "--out", folder("run"), "--quiet").status == 0)
        return folder("run")
    }

    @Test func anEpisodeIsRecordedAndPlayedAgain() throws {
        let run = trained()
        let recorded = rl("record", run, "--out", folder("episode.json"), "--mode", "sampled", "--json")
        #expect(recorded.status == 0)
        let document = try JSONReader.parse(Array(recorded.out.utf8), path: "").json
        #expect(document["environment"] == "frozenlake" && document["seed"] == 2_000_000)
        let replayed = rl("replay", folder("episode.json"), "--verify")
        #expect(replayed.status == 0 && replayed.out.contains("every step agrees"))
        // The run's own best episode.
        #expect(rl("replay", run, "--verify").status == 0)
    }

    @Test func aChangedRecordingNamesItsStep() throws {
        _ = rl("record", trained(), "--out", folder("episode.json"))
        let text = try #require(folder.text("episode.json"))
        let check = try #require(text.firstMatch(of: #/"check":"(..)/#))
        try Data(text.replacing(check.output.0, with: "\"check\":\"" + (check.output.1 == "zz" ? "yy" : "zz")).utf8)
            .write(to: URL(fileURLWithPath: folder("episode.json")))
        let replayed = rl("replay", folder("episode.json"), "--verify")
        #expect(replayed.status == 1 && replayed.err.contains("step 1 shows something else"))
        #expect(rl("replay", folder("episode.json")).status == 0)
    }

    @Test func picturesOfEveryStepAndOfOne() throws {
        let run = trained()
        let recorded = rl("record", run, "--out", folder("steps.png"), "--size", "64x48")
        #expect(recorded.status == 0)
        let first = try #require(folder.bytes("steps-00000.png")), second = try #require(folder.bytes("steps-00001.png"))
        #expect(first.prefix(4) == [137, 80, 78, 71] && first[16..<24] == [0, 0, 0, 64, 0, 0, 0, 48] && !second.isEmpty)
        #expect(rl("record", run, "--out", folder("one.png"), "--size", "64x48", "--step", "1").status == 0)
        #expect(folder.bytes("one.png") == second)
        #expect(rl("record", run, "--out", folder("far.png"), "--step", "100000").status == 64)
        #expect(folder.bytes("far.png") == nil)
    }

    @Test func filmsWithoutFFmpegSayHowToGetIt() {
        let result = rl("record", trained(), "--out", folder("film.gif"))
        #expect(result.status == 1 && result.err.contains("apt-get install ffmpeg"))
        #expect(folder.bytes("film.gif") == nil)
    }

    @Test func mistakesAreSentences() {
        let run = trained()
        for (words, status, hint) in [
            (["record", run], 64, "--out is needed"), (["record", run, "--out", "x.avi"], 64, ".json, .png, .gif or .mp4"),
            (["record", run, "--out", "x.png", "--size", "9000x2"], 64, "WIDTHxHEIGHT"),
            (["record", run, "--out", "x.gif", "--step", "3"], 64, "--step"),
            (["record", "no-such-agent", "--out", "x.json"], 66, "no such agent"),
            (["record", run, "--out", folder("no/such/folder/x.json")], 73, "no/such/folder"),
            (["replay", "no-such"], 66, "rl record"),
        ] {
            let result = Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
            #expect(result.status == status && result.err.contains(hint), "\(words): \(result.status) \(result.err)")
        }
    }
}
