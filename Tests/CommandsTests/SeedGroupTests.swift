// `--seeds N` and `rl resume GROUP`: a group that was stopped is completed, whatever its seeds had come to.
import Commands
import Foundation
import Glibc
import TestSupport
import Testing
import Training

@Suite struct SeedGroupTests {
    private let folder = TemporaryFolder()
    private let short = [
        "train", "dqn", "cartpole", "--steps", "6000", "--set", "net_arch=16", "--set", "learning_starts=500", "--eval-every",
        "1500", "--eval-episodes", "3", "--quiet",
    ]
    private func rl(_ words: [String]) throws -> BuiltBinary.Ending { try BuiltBinary(words, in: folder.path).ending() }
    private func document(_ ending: BuiltBinary.Ending) throws -> JSON {
        try JSONReader.parse(Array(ending.out.utf8), path: "").json
    }

    /// One seed half-way, one that never began, and one that had finished: each ends as in a group that nobody touched.
    @Test func resumingAGroupDoesWhatIsLeft() throws {
        let words = short + ["--seeds", "3", "--seed", "5", "--json"]
        let whole = try document(try rl(words + ["--out", "whole"]))
        let group = try BuiltBinary(words + ["--out", "group"], in: folder.path)
        try group.wait(forCheckpoint: 1200, in: folder("group/seed-5"))
        group.signal(SIGTERM)
        let stopped = group.ending()
        #expect(stopped.status == 143 && stopped.err.contains("go on with: rl resume group\n"), "\(stopped.err)")
        for name in ["seed-6", "seed-7"] { try Folders.remove(folder("group/" + name)) }
        #expect(try rl(short + ["--seed", "7", "--out", "group/seed-7"]).status == 0)
        let kept = folder.bytes("group/seed-7/run.json")

        let resumed = try rl(["resume", "group", "--json", "--quiet"])
        #expect(resumed.status == 0 && resumed.err == "", "\(resumed.err)")
        let result = try document(resumed)
        #expect(result.objectValue?.members.map(\.key) == ["runs", "summary"])
        #expect(result["runs"]?.arrayValue?.map { $0["seed"] } == [5, 6, 7])
        for key in ["iqm", "ci95", "fraction_solved"] { #expect(result["summary"]?[key] == whole["summary"]?[key], "\(key)") }
        for seed in 5...7 {
            for name in ["metrics.csv", "evaluations.csv", "best.safetensors"] {
                let bytes = folder.bytes("group/seed-\(seed)/\(name)")
                #expect(bytes == folder.bytes("whole/seed-\(seed)/\(name)") && bytes?.isEmpty == false, "\(seed) \(name)")
            }
        }
        #expect(folder.bytes("group/seed-7/run.json") == kept)
        // Nothing is left: the same summary again.
        let again = try rl(["resume", "group"])
        #expect(again.status == 0 && again.out.contains("over 3 seeds"), "\(again.err)")
        #expect(try rl(["resume", "group", "--steps", "9000"]).status == 64)
    }

    /// A group that another one joins is one group, whose words are kept apart.
    @Test func groupsInOneFolderAreResumedTogether() throws {
        for seed in ["1", "11"] {
            let made = try rl(
                [
                    "train", "random", "cartpole", "--steps", "\(seed)00", "--seeds", "2", "--seed", seed, "--out", "group",
                    "--quiet",
                ])
            #expect(made.status == 0, "\(made.err)")
        }
        for seed in [2, 12] { try Folders.remove(folder("group/seed-\(seed)")) }
        let resumed = try rl(["resume", "group", "--json", "--quiet"])
        #expect(resumed.status == 0, "\(resumed.err)")
        let runs = try document(resumed)["runs"]?.arrayValue
        #expect(runs?.map { $0["seed"] } == [1, 2, 11, 12] && runs?.map { $0["steps"] } == [100, 100, 1100, 1100])
    }

    @Test(arguments: [
        "", "{}", #"{"format": 1, "groups": [{"seed": 0, "seeds": 2}]}"#,
        #"{"format": 1, "groups": [{"seed": 9007199254740992, "seeds": 2, "train": ["random", "cartpole"]}]}"#,
        #"{"format": 1, "groups": [{"seed": 0, "seeds": 5000000000, "train": ["random", "cartpole"]}]}"#,
        #"{"format": 1, "groups": [{"seed": 0, "seeds": 2, "train": ["random", "cartpole", "--help"]}]}"#,
        #"{"format": 1, "groups": [{"seed": 0, "seeds": 2, "train": ["random", "cartpole", "--no-such-option"]}]}"#,
    ])
    func aGroupThatIsNoneIsRefused(_ text: String) throws {
        try Folders.make(folder("group"))
        try AtomicFile.write(text, to: folder("group/group.json"))
        let ending = try rl(["resume", "group"])
        #expect(ending.status == 65 && ending.err.contains("group/group.json"), "\(ending.status) \(ending.err)")
        #expect(try folder.names == ["group"] && Folders.names(in: folder("group")) == ["group.json"])
    }

    /// What the others reached is told although one of them failed.
    @Test func oneFailureLeavesTheOthersTheirDocument() throws {
        try Folders.make(folder("group"))
        // In the way of the second seed.
        try AtomicFile.write("", to: folder("group/seed-1"))
        let ending = try rl(
            ["train", "random", "cartpole", "--steps", "200", "--seeds", "3", "--out", "group", "--json", "--quiet"])
        #expect(ending.status == 1 && ending.err.contains("1 of 3 runs failed; seed 1 ended with status 73"), "\(ending.err)")
        let result = try document(ending)
        #expect(result["runs"]?.arrayValue?.map { $0["seed"] } == [0, 2])
        #expect(result["failed"] == [["seed": 1, "status": 73]] && result["summary"]?["iqm"]?.numberValue != nil)
    }

    @Test func seedsBeyondTheGreatestAreRefusedAtOnce() throws {
        let ending = try rl(["train", "random", "cartpole", "--seed", "9007199254740992", "--seeds", "2", "--out", "group"])
        #expect(ending.status == 64 && ending.err.contains("9007199254740992"), "\(ending.status) \(ending.err)")
        #expect(folder.names.isEmpty)
    }
}
