// Ranges, the order of trials, the journal, and one small sweep from beginning to end.
import Agents
import Basics
import Environments
import Foundation
import TestSupport
import Testing
import Training

@testable import Commands

@Suite struct SweepTests {
    private let folder = TemporaryFolder()
    private let settings = Settings([
        SettingDeclaration("learning_rate", .number(0.1), .numbers(0...10), help: ""),
        SettingDeclaration("batch_size", .integer(32), .integers(1...1024), help: ""),
        SettingDeclaration("double", .boolean(false), help: ""),
        SettingDeclaration("learning_starts", .integer(1000), .integers(0...Int.max), help: ""),
        SettingDeclaration("bias", .number(0), help: ""),
    ])

    @Test func rangesAreRead() throws {
        #expect(
            try SearchRange("learning_rate=1e-4..0.5:log", for: settings).values == .between(1e-4, 0.5, isLogarithmic: true))
        #expect(try SearchRange("learning_rate=0..1", for: settings).values == .between(0, 1, isLogarithmic: false))
        #expect(try SearchRange("batch_size=16..64", for: settings).values == .whole(16, 64, isLogarithmic: false))
        #expect(try SearchRange("double=true|false", for: settings).values == .words(["true", "false"]))
        for wrong in [
            "learning_rate", "learning_rate=1", "learning_rate=1..0.5", "learning_rate=0..1:log", "double=true..false",
            // Wider than a draw can be.
            "learning_starts=0..9223372036854775807", "learning_starts=1..9223372036854775807:log", "bias=-1e308..1e308",
        ] {
            #expect(throws: UsageError.self, "\(wrong)") { try SearchRange(wrong, for: settings) }
        }
        for wrong in ["rate=1..2", "learning_rate=1..20", "double=true|perhaps", "batch_size=1..2.5"] {
            #expect(throws: SettingError.self, "\(wrong)") { try SearchRange(wrong, for: settings) }
        }
    }

    @Test func drawsStayInsideAndSpreadInLogSpace() throws {
        var random = RandomSource(seed: 1)
        let range = try SearchRange("learning_rate=1e-4..1:log", for: settings)
        let values = (0..<400).compactMap { _ in Double(range.draw(using: &random)) }
        #expect(values.count == 400 && values.allSatisfy { (1e-4...1).contains($0) })
        // Half of the draws lie below 10⁻²: 200 ± 10, five deviations.
        #expect((150...250).contains(values.count { $0 < 1e-2 }))
        let whole = try SearchRange("batch_size=1..4", for: settings)
        #expect(Set((0..<100).map { _ in whole.draw(using: &random) }) == ["1", "2", "3", "4"])
        let tiny = try #require(Double(try SearchRange("learning_rate=1e-320..2e-320", for: settings).draw(using: &random)))
        #expect(tiny > 0 && tiny < 1e-300)
    }

    @Test func moreTrialsLeaveTheFirstOnesAsTheyAre() throws {
        let range = try SearchRange("learning_rate=1e-4..1:log", for: settings)
        func values(_ trials: Int) -> [String] {
            let plan = SweepPlan(ranges: [range], trials: trials, seeds: 2, firstSeed: 8000, isHalving: false)
            return (0..<3).map { plan.assignment(of: $0)[0].value }
        }
        #expect(values(3) == values(100) && Set(values(3)).count == 3)
    }

    @Test func halvingKeepsTheBetterHalfAndDoublesTheSeeds() {
        let plan = SweepPlan(ranges: [], trials: 5, seeds: 5, firstSeed: 8000, isHalving: true)
        #expect(plan.rungs == [1, 2, 4, 5])
        #expect(plan.survivors(of: [0: 1, 1: 5, 2: -.infinity, 3: 5, 4: 2]) == [1, 3, 4])
        #expect(plan.survivors(of: [7: 1, 3: 1]) == [3])
        #expect(SweepPlan(ranges: [], trials: 5, seeds: 3, firstSeed: 8000, isHalving: false).rungs == [3])
    }

    @Test func theJournalGoesOnAndRefusesAnotherSweep() throws {
        let asked: JSON = ["format": 1, "trials": 4]
        let first = SweepJournal.Entry(trial: 0, seed: 8000, score: 1.5),
            failed = SweepJournal.Entry(trial: 1, seed: 8000, score: nil)
        try Folders.make(folder("sweep"))
        var journal: SweepJournal? = try SweepJournal(in: folder("sweep"), of: asked)
        try journal?.add(first)
        try journal?.add(failed)
        journal = nil
        let text = try #require(folder.text("sweep/journal.jsonl"))
        // A crash cuts the last line short.
        try AtomicFile.write(text + #"{"trial":2,"se"#, to: folder("sweep/journal.jsonl"))
        #expect(try SweepJournal(in: folder("sweep"), of: asked).entries == [first, failed])
        #expect(folder.text("sweep/journal.jsonl") == text)
        #expect(throws: FileError.self) { try SweepJournal(in: folder("sweep"), of: ["format": 1, "trials": 5]) }
        try AtomicFile.write(text + "nonsense\n", to: folder("sweep/journal.jsonl"))
        #expect(throws: FileError.self) { try SweepJournal(in: folder("sweep"), of: asked) }
        #expect(folder.text("sweep/journal.jsonl") == text + "nonsense\n")
    }

    /// A journal is a file like any other: what stands in it is looked at before it is believed.
    @Test(arguments: [
        #"{"trial":-1,"seed":8000,"score":1}"#, #"{"trial":5000000000,"seed":8000,"score":1}"#,
        #"{"trial":10000,"seed":8000,"score":1}"#, #"{"trial":0,"seed":7999,"score":1}"#,
        #"{"trial":0,"seed":9223372036854775807,"score":1}"#, #"{"trial":0,"seed":8000,"score":"1"}"#,
        #"{"trial":0,"seed":8000}"#, #"{"trial":0,"seed":8000,"score":1,"more":1}"#, #"[0, 8000, 1]"#,
    ])
    func anEntryThatNoSweepWritesIsRefused(_ entry: String) throws {
        try Folders.make(folder("sweep"))
        try AtomicFile.write("{}\n" + entry + "\n", to: folder("sweep/journal.jsonl"))
        let error = #expect(throws: FileError.self) { try SweepJournal(in: folder("sweep"), of: [:]) }
        #expect(error?.exitStatus == 65 && error?.description.contains("journal.jsonl, line 2") == true, "\(error as Any)")
    }

    /// Whatever a journal says is refused with 65 or makes a result.
    @Test func damagedJournals() throws {
        let plan = SweepPlan(
            ranges: [try SearchRange("learning_rate=1e-4..1:log", for: Catalogues().algorithms["q-learning"].settings)],
            trials: 3, seeds: 2,
            firstSeed: 8000, isHalving: false)
        let base = TrainingPlan(try Catalogues().algorithms["q-learning"], in: TwoStepProbe.specification)
        try Folders.make(folder("sweep"))
        var random = RandomSource(seed: 5), refused = 0
        let good = Array((1...2).map { #"{"trial":\#($0),"seed":8000,"score":\#($0).5}"# + "\n" }.joined().utf8)
        let tokens = DamageTokens.json + ["-", "9999999999"]
        for i in 0..<2000 {
            let bytes = Array("{}\n".utf8) + (i % 4 == 0 ? random.noise() : random.damaged(good, with: tokens))
            try AtomicFile.write(bytes, to: folder("sweep/journal.jsonl"), durable: false)
            let read: () throws -> Void = { [folder] in
                _ = SweepResult(plan, base: base, entries: try SweepJournal(in: folder("sweep"), of: [:]).entries)
            }
            do { try read() } catch let error as FileError {
                refused += 1
                #expect(error.exitStatus == 65, "\(error)")
            }
        }
        #expect(refused > 500)
    }

    /// Values that are lists keep to their column.
    @Test func theTableQuotesWhatHoldsACommaOrAQuote() throws {
        let plan = SweepPlan(
            ranges: [try SearchRange("net_arch=16,16|32", for: DQN.specification.settings)], trials: 8, seeds: 1, firstSeed: 8000,
            isHalving: false)
        let base = TrainingPlan(DQN.specification, in: CartPole.specification)
        let entries = (0..<8).map { SweepJournal.Entry(trial: $0, seed: 8000, score: Double($0)) }
        try SweepResult(plan, base: base, entries: entries).write(to: folder.path)
        let rows = try #require(folder.text("table.csv")).split(separator: "\n").map(String.init)
        #expect(rows[0] == "trial,net_arch,seeds,mean_score")
        let expected = (0..<8).reversed().map { number in
            "\(number),\(plan.assignment(of: number)[0].value == "32" ? "32" : "\"16,16\""),1,\(number).0"
        }
        #expect(
            Array(rows.dropFirst()) == expected && rows.contains { $0.contains("\"16,16\"") }
                && rows.contains { $0.contains(",32,") })
    }

    /// Without halving more trials only add to what is there; fewer take nothing away.
    @Test func moreTrialsGoOnInTheSameFolder() throws {
        func sweep(_ trials: Int) throws -> BuiltBinary.Ending {
            try BuiltBinary(
                [
                    "sweep", "q-learning", "probe-two-step", "--over", "learning_rate=0.1..0.5", "--trials", "\(trials)",
                    "--seeds",
                    "1", "--steps", "100", "--out", "sweep", "--json", "--quiet",
                ], in: folder.path
            ).ending()
        }
        #expect(try sweep(1).status == 0)
        let first = try #require(folder.text("sweep/journal.jsonl"))
        let more = try sweep(2)
        #expect(more.status == 0, "\(more.err)")
        let second = try #require(folder.text("sweep/journal.jsonl"))
        #expect(second.hasPrefix(first) && second.split(separator: "\n").count == 3)
        #expect(try sweep(1).status == 0 && folder.text("sweep/journal.jsonl") == second)
        #expect(folder.text("sweep/table.csv")?.split(separator: "\n").count == 3)
    }

    /// A crash before the first line was on the disk leaves nothing, or a piece of that line.
    @Test(arguments: ["", #"{"format":1,"tri"#]) func aJournalWithoutItsFirstLineIsNew(_ rest: String) throws {
        try Folders.make(folder("sweep"))
        try AtomicFile.write(rest, to: folder("sweep/journal.jsonl"))
        #expect(try SweepJournal(in: folder("sweep"), of: ["format": 1, "trials": 4]).entries.isEmpty)
        #expect(folder.text("sweep/journal.jsonl") == "{\"format\":1,\"trials\":4}\n")
    }

    private let long = [
        "sweep", "q-learning", "probe-two-step", "--over", "learning_rate=0.1..0.5", "--trials", "1", "--seeds", "1", "--steps",
        "1000000000", "--out", "sweep", "--json",
    ]
    /// The processes that `parent` has started.
    private func children(of parent: Int32) -> [Int32] {
        let text = try? String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
        return (text ?? "").split(separator: " ").compactMap { Int32($0) }
    }

    /// A run that something killed has said nothing about its trial: it is named, and the same command tries it again.
    @Test func aRunThatIsKilledIsNoFailedTrial() throws {
        let sweep = try BuiltBinary(long, in: folder.path)
        try sweep.wait(for: folder("sweep/trial-0/seed-8000/run.json"))
        for child in children(of: sweep.process.processIdentifier) { kill(child, SIGKILL) }
        let ending = sweep.ending()
        #expect(ending.status == 1 && ending.out == "", "\(ending.out)")
        #expect(ending.err.contains("trial 0, seed 8000") && ending.err.contains("the same command tries"), "\(ending.err)")
        #expect(folder.text("sweep/journal.jsonl")?.split(separator: "\n").count == 1)
    }

    /// A sweep that was killed leaves runs that go on; the next one does not take their folders away.
    @Test func runsOfAKilledSweepAreNotTrampled() throws {
        let sweep = try BuiltBinary(long, in: folder.path)
        try sweep.wait(for: folder("sweep/trial-0/seed-8000/run.json"))
        let orphans = children(of: sweep.process.processIdentifier)
        #expect(!orphans.isEmpty)
        defer { for orphan in orphans { kill(orphan, SIGKILL) } }
        sweep.signal(SIGKILL)
        // Not `waitUntilExit`, which waits for the orphans too.
        while !children(of: sweep.process.processIdentifier).isEmpty { usleep(1000) }
        let plan = folder.bytes("sweep/trial-0/seed-8000/run.json")
        let again = try BuiltBinary(long, in: folder.path).ending()
        #expect(again.status == 73 && again.err.contains("another rl works in this folder"), "\(again.status) \(again.err)")
        #expect(plan != nil && folder.bytes("sweep/trial-0/seed-8000/run.json") == plan)
    }

    /// Five runs of a moment each, by child processes, as on the command line.
    @Test func aSweepFindsWhatIsBetterWritesAPresetAndGoesOn() throws {
        let words = [
            "sweep", "q-learning", "probe-two-step", "--over", "learning_rate=0.1..0.5", "--trials", "3", "--seeds", "2",
            "--halving",
            "--steps", "300", "--out", "sweep", "--json", "--quiet",
        ]
        let first = try BuiltBinary(words, in: folder.path).ending()
        #expect(first.status == 0, "\(first.err)")
        let document = try JSONReader.parse(first.out).json
        #expect(document["complete"] == true && document["trials"]?.arrayValue?.count == 3)
        // Three runs on the first seed, the better two on a second one.
        let lines = try #require(folder.text("sweep/journal.jsonl")).split(separator: "\n")
        #expect(lines.count == 1 + 5)
        #expect(folder.text("sweep/table.csv")?.hasPrefix("trial,learning_rate,seeds,mean_score\n") == true)
        // What it wrote is a preset that trains.
        let trained = try BuiltBinary(
            ["train", "q-learning", "probe-two-step", "--preset", "sweep/preset.json", "--out", "run", "--quiet"], in: folder.path
        ).ending()
        #expect(trained.status == 0, "\(trained.err)")
        let plan = try JSONReader.read(folder("run/run.json")).json["plan"]
        #expect(plan?["steps"] == 300 && plan?["preset"] == "preset")
        let rate = try #require(document["best"]?["values"]?["learning_rate"]?.stringValue)
        #expect(plan?["hyperparameters"]?["learning_rate"]?.numberValue == Double(rate))
        // Cut back to three runs, it tries the others again and ends with the same.
        try AtomicFile.write(lines[0..<4].map { $0 + "\n" }.joined(), to: folder("sweep/journal.jsonl"))
        let again = try BuiltBinary(words, in: folder.path).ending()
        #expect(again.status == 0 && again.out == first.out)
        #expect(folder.text("sweep/journal.jsonl")?.split(separator: "\n").sorted() == lines.sorted())
        // Tuning seeds alone.
        #expect(lines.dropFirst().allSatisfy { $0.contains(#""seed":8000,"#) || $0.contains(#""seed":8001,"#) })
    }

    @Test func mistakesAreSentences() {
        for (line, status, hint) in [
            ("sweep dqn cartpole", 64, "--over is missing"), ("sweep dqn cartpole --over rate=1..2", 64, "not a known setting"),
            ("sweep dqn cartpole --over gamma=0.5..0.1", 64, "a range that grows"),
            ("sweep dqn cartpole --over gamma=0.1..0.9 --over gamma=0.2..0.3", 64, "given twice"),
            ("sweep dqn cartpol --over gamma=0.1..0.9", 64, "cartpole"),
        ] {
            let result = Invocation(line, of: Bellman.application(), environment: ["BELLMAN_HOME": folder.path])
            #expect(result.status == status && result.err.contains(hint), "\(line): \(result.status) \(result.err)")
        }
    }
}
