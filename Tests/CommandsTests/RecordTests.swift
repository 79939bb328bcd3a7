// `rl record` and `rl replay` as a user types them.
import Commands
import Foundation
import RLCore
import Rendering
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

    @Test func filmsHaveAPictureForEveryStep() throws {
        let run = trained()
        let recorded = rl("record", run, "--out", folder("episode.json"), "--mode", "sampled", "--json")
        let document = try JSONReader.parse(Array(recorded.out.utf8), path: "").json
        let steps = try #require(document["steps"]?.numberValue)
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        for (name, more, size) in [
            ("plain.gif", ["--size", "120x90"], "120,90"), ("plain.mp4", ["--size", "121x91", "--fps", "4"], "122,92"),
            ("panel.gif", ["--panel"], "960,540"), ("panel.mp4", ["--panel", "--size", "600x300", "--fps", "4"], "600,300"),
        ] {
            let words = ["record", folder("episode.json"), "--out", folder(name)] + more
            let result = Invocation(
                words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path, "PATH": path])
            #expect(result.status == 0, "\(name): \(result.err)")
            let pace = name.hasSuffix("mp4") ? 4.0 : 8.0
            let probed = try probe(folder(name))
            #expect(probed.size == size && Double(probed.frames) == steps + 1, "\(name): \(probed)")
            #expect(abs(probed.seconds - (steps + 1) / pace) <= 0.1 * (steps + 1) / pace + 0.05, "\(name): \(probed)")
        }
        // Nothing is left of the pictures that they were made of.
        #expect(folder.names.filter { $0.contains("frames") }.isEmpty)
    }

    @Test func thePanelIsBesideTheWorld() throws {
        let run = trained()
        for words in [["--size", "400x300"], ["--size", "800x300", "--panel"]] {
            #expect(
                Invocation(
                    ["record", run, "--out", folder("\(words.count).png"), "--step", "1"] + words, of: Bellman.application(),
                    environment: ["BELLMAN_HOME": folder.path]
                ).status == 0)
        }
        let alone = try #require(Picture(png: folder.bytes("2.png") ?? [])),
            both = try #require(
                Picture(png: folder.bytes("3.png") ?? []))
        #expect(both.width == 800 && both.height == 300)
        // The world keeps three fifths of the width; the panel stands on its own ground.
        let world = Set(both.area.rows(of: both).flatMap { $0[..<480] }),
            panel = Set(both.area.rows(of: both).flatMap { $0[480...] })
        #expect(world.isSuperset(of: [alone[0, 0], .white]) && !world.contains(.night))
        #expect(both[799, 0] == .night && both[480, 299] == .night && panel.count > 20)
        #expect(rl("record", run, "--panel", "--out", folder("x.json")).status == 64)
    }

    @Test func aRecordingThatPlaysOtherwiseIsNoFilm() throws {
        _ = rl("record", trained(), "--out", folder("episode.json"))
        let text = try #require(folder.text("episode.json"))
        try Data(text.replacing("\"seed\":2000000", with: "\"seed\":2000007").utf8)
            .write(to: URL(fileURLWithPath: folder("episode.json")))
        for words in [
            ["record", folder("episode.json"), "--out", folder("x.png")],
            ["record", folder("episode.json"), "--out", folder("x.png"), "--panel"],
            ["record", folder("episode.json"), "--out", folder("x.json")], ["watch", folder("episode.json"), "--terminal"],
        ] {
            let result = Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
            #expect(result.status == 1 && result.err.contains("no longer plays as it was recorded"), "\(words): \(result.err)")
        }
        // A return that nobody earned is no better.
        let before = try #require(text.firstMatch(of: #/"return":[^,}]*/#)).output
        try Data(text.replacing(before, with: "\"return\":1e308").utf8).write(to: URL(fileURLWithPath: folder("episode.json")))
        #expect(rl("record", folder("episode.json"), "--out", folder("x.json")).err.contains("1e+308 was recorded"))
        #expect(!folder.names.contains { $0.hasPrefix("x") })
    }

    /// Size, number of pictures and duration of a film.
    private func probe(_ path: String) throws -> (size: String, frames: Int, seconds: Double) {
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let entries = "stream=width,height,nb_read_frames:format=duration"
        process.arguments = ["ffprobe", "-v", "error", "-count_frames", "-show_entries", entries, "-of", "csv=p=0", path]
        process.standardOutput = pipe
        try process.run()
        let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let fields = words.split(whereSeparator: { ",\n".contains($0) }).map(String.init)
        try #require(fields.count == 4, "ffprobe says: \(words)")
        return ("\(fields[0]),\(fields[1])", Int(fields[2]) ?? 0, Double(fields[3]) ?? 0)
    }

    @Test func mistakesAreSentences() throws {
        let run = trained()
        try AtomicFile.write("{\"format\": 1, // a remark\n\"hyperparameters\": {}}", to: folder("preset.json"))
        for (words, status, hint) in [
            (["record", run], 64, "--out is needed"), (["record", run, "--out", "x.avi"], 64, ".json, .png, .gif or .mp4"),
            (["record", run, "--out", "x.png", "--size", "9000x2"], 64, "WIDTHxHEIGHT"),
            (["record", run, "--out", "x.gif", "--step", "3"], 64, "--step"),
            (["record", "no-such-agent", "--out", "x.json"], 66, "no such agent"),
            (["record", run, "--out", folder("no/such/folder/x.json")], 73, "no/such/folder"),
            (["replay", "no-such"], 66, "rl record"), (["record", run, "--out", "png"], 64, "got \"png\""),
            (["record", run, "--out", folder(".png")], 64, ".json, .png, .gif or .mp4"),
            (["record", folder("run/best.replay.json"), "--out", "x.json", "--seed", "5"], 64, "--seed is for an agent"),
            (["watch", folder("run/best.replay.json"), "--mode", "sampled"], 64, "--mode is for an agent"),
            (["eval", folder("run/best.replay.json")], 65, "not an agent"),
            (["record", folder("preset.json"), "--out", "x.json"], 65, "this is a preset"),
        ] {
            let result = Invocation(words, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
            #expect(result.status == status && result.err.contains(hint), "\(words): \(result.status) \(result.err)")
        }
    }
}

extension PixelArea {
    fileprivate func rows(of picture: Picture) -> [[Colour]] {
        (y..<(y + height)).map { y in (x..<(x + width)).map { picture[$0, y] } }
    }
}
