// A run that was stopped anywhere, by anything, ends with the bytes of one that never was.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct StoppedRunTests {
    private let folder = TemporaryFolder()

    /// Before the first checkpoint, on one, between two, late enough that the interruption's own checkpoint is among the newest, at the end.
    @Test(arguments: ["dqn", "random"], [1, 150, 200, 555, 990, 1000]) func resumingIsExact(_ name: String, _ step: Int) throws {
        let algorithm = try Catalogues().algorithms[name]
        try train(shortPlan(algorithm), in: folder("whole"))
        let whole = try comparableFiles(of: folder("whole"))
        for saving in [true, false] {
            let path = folder("stopped-\(saving)")
            try trainAndStop(shortPlan(algorithm), in: path, at: step, saving: saving)
            try resume(path)
            let files = try comparableFiles(of: path)
            #expect(files.keys.sorted() == whole.keys.sorted())
            for (name, bytes) in whole { #expect(files[name] == bytes, "\(name), stopped at \(step), saving: \(saving)") }
        }
    }

    @Test func severalLanesAndSeveralInterruptions() throws {
        let plan = try shortPlan(lanes: 7)
        try train(plan, in: folder("whole"))
        try trainAndStop(plan, in: folder("stopped"), at: 300, saving: true)
        for step in [500, 650, 700, 840] {
            let stopped = try StoppedRun(folder("stopped"), Catalogues()) { Issue.record("\($0)") }
            let files = try stopped.open()
            stopped.run.observers = [files]
            while stopped.run.step < step { try stopped.run.advance() }
            try files.checkpoint(stopped.run)
            try files.interrupt(stopped.run)
        }
        try resume(folder("stopped"))
        #expect(try comparableFiles(of: folder("stopped")) == comparableFiles(of: folder("whole")))
    }

    @Test func theNewestTwoCheckpointsAreKept() throws {
        try trainAndStop(shortPlan(), in: folder("run"), at: 700, saving: false)
        #expect(try checkpoints(of: folder("run")).steps() == [400, 600])
    }

    @Test(arguments: [0, 3, 700]) func aDamagedCheckpointGivesWayToTheOneBefore(_ length: Int) throws {
        try train(shortPlan(), in: folder("whole"))
        try trainAndStop(shortPlan(), in: folder("run"), at: 700, saving: false)
        let newest = try checkpoints(of: folder("run")).state(600)
        let bytes = try readFile(newest, limit: 1 << 30)
        try AtomicFile.write(Array(bytes.prefix(length)), to: newest)
        var said: [String] = []
        try resume(folder("run")) { said.append($0) }
        #expect(said.count == 1 && said.first?.contains("checkpoints/600") == true)
        #expect(try comparableFiles(of: folder("run")) == comparableFiles(of: folder("whole")))
    }

    /// As a run that was killed before its first checkpoint, and one whose checkpoints somebody took away.
    @Test func withoutACheckpointItStartsAgain() throws {
        try train(shortPlan(), in: folder("whole"))
        try trainAndStop(shortPlan(), in: folder("early"), at: 150, saving: false)
        try trainAndStop(shortPlan(), in: folder("run"), at: 700, saving: false)
        try Folders.remove(folder("run/checkpoints"))
        for name in ["early", "run"] {
            try resume(folder(name)) { Issue.record("\($0)") }
            #expect(try comparableFiles(of: folder(name)) == comparableFiles(of: folder("whole")))
        }
    }

    /// What is done to a run with checkpoints at 400 and 600, the status that it ends with, and what the sentence names.
    private static let ruins: [(String, @Sendable (TemporaryFolder) throws -> Void, Int32, String)] = [
        (
            "another format",
            { folder in
                for step in [400, 600] {
                    let state = try checkpoints(of: folder("run")).state(step)
                    let text = String(decoding: try readFile(state, limit: 1 << 30), as: Unicode.ASCII.self)
                    #expect(text.contains(#""format":"2""#))
                    var bytes = try readFile(state, limit: 1 << 30)
                    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: #""format":"2""#.utf8) })
                    bytes[place + 10] = UInt8(ascii: "3")
                    try AtomicFile.write(bytes, to: state)
                }
            }, 65, "checkpoints/600/state.safetensors: the checkpoint is of format 3"
        ),
        (
            "a shared segment is empty", { try AtomicFile.write("", to: $0("run/replay/000001.safetensors")) }, 65,
            "000001.safetensors"
        ),
        ("a shared segment is gone", { try Folders.remove($0("run/replay/000001.safetensors")) }, 65, "000001.safetensors"),
        ("no table", { try Folders.remove($0("run/metrics.csv")) }, 66, "metrics.csv"),
        (
            "a table of words",
            { folder in
                let text = try #require(folder.text("run/metrics.csv"))
                try AtomicFile.write(text.replacing("\n10,", with: "\nxx,"), to: folder("run/metrics.csv"))
            }, 65, "metrics.csv, line 2: \"xx\" is not a number"
        ),
        (
            "another table",
            { folder in
                let text = try #require(folder.text("run/evaluations.csv"))
                try AtomicFile.write(text.replacing("mean_return", with: "mean_regret"), to: folder("run/evaluations.csv"))
            }, 65, "evaluations.csv, line 1: another header than"
        ),
    ]

    /// Hours of work are not thrown away because a file cannot be read.
    @Test(arguments: ruins.indices) func whereNoCheckpointCanBeUsedNothingChanges(_ index: Int) throws {
        let (what, ruin, status, words) = Self.ruins[index]
        try trainAndStop(shortPlan(), in: folder("run"), at: 700, saving: false)
        try ruin(folder)
        let before = try comparableFiles(of: folder("run"))
        for steps in [nil, 1400] {
            let error = fileFailure { _ = try StoppedRun(folder("run"), Catalogues(), steps: steps) { _ in }.open() }
            #expect(error?.exitStatus == status && error?.description.contains(words) == true, "\(what): \(error as Any)")
            #expect(error?.message.contains("nothing was changed") == true, "\(what): \(error as Any)")
            #expect(try comparableFiles(of: folder("run")) == before, "\(what)")
        }
    }

    /// Solved before it was stopped or killed: when, is known from its tables.
    @Test(arguments: [true, false]) func whenItWasSolvedIsRemembered(_ saving: Bool) throws {
        let catalogues = Catalogues()
        var plan = try TrainingPlan(catalogues.algorithms["random"], in: catalogues.environments["probe-constant"])
        plan.setBudget(steps: 1000, lanes: 1)
        let solved = try trainWithAFakeClock(plan, until: 505, saving: saving) ?? .nan
        if saving {
            let timing = try JSONReader.read(folder("run/run.json")).json["timing"]
            #expect(timing?["seconds_to_solve"]?.numberValue == solved)
        }
        try resume(folder("run"))
        let timing = try JSONReader.read(folder("run/run.json")).json["timing"]
        let said = try #require(timing?["seconds_to_solve"]?.numberValue)
        // The row of the evaluation's step was written just after it.
        #expect((solved...solved + 5).contains(said), "\(said) s, it was \(solved) s")
    }

    /// A state that was written by another run does not fit, however well it is preserved.
    @Test func aCheckpointOfAnotherRunIsRefused() throws {
        try trainAndStop(shortPlan(steps: 300), in: folder("short"), at: 250, saving: false)
        try trainAndStop(shortPlan(Catalogues().algorithms["random"]), in: folder("other"), at: 250, saving: false)
        let state = try readFile(checkpoints(of: folder("other")).state(200), limit: 1 << 30)
        try AtomicFile.write(state, to: checkpoints(of: folder("short")).state(200))
        let before = try comparableFiles(of: folder("short"))
        let error = fileFailure { _ = try StoppedRun(folder("short"), Catalogues()) { _ in } }
        #expect(error?.exitStatus == 65 && error?.message.contains("belongs to another run") == true)
        #expect(try comparableFiles(of: folder("short")) == before)
    }

    /// Where the last step is none of the plan's checkpoints, nothing comes that would remove the interruption's.
    @Test func anInterruptionsCheckpointDoesNotOutliveTheRun() throws {
        try train(shortPlan(steps: 950), in: folder("whole"))
        for step in [900, 950] {
            let path = folder("stopped-\(step)")
            try trainAndStop(shortPlan(steps: 950), in: path, at: step, saving: true)
            #expect(try checkpoints(of: path).steps() == [600, 800, step])
            try resume(path)
            #expect(try comparableFiles(of: path).keys.sorted() == comparableFiles(of: folder("whole")).keys.sorted())
            #expect(try comparableFiles(of: path) == comparableFiles(of: folder("whole")))
        }
    }

    /// Trains by a clock that advances by a second whenever it is asked, and stops; answers when the run was solved.
    private func trainWithAFakeClock(_ plan: TrainingPlan, until step: Int, saving: Bool) throws -> Double? {
        var now = 0.0
        let run = try TrainingRun(plan) {
            now += 1
            return now
        }
        let files = try RunFolder(new: folder("run"), for: run)
        run.observers = [files]
        defer { run.observers = [] }
        while run.step < step { try run.advance() }
        if saving {
            try files.checkpoint(run)
            try files.interrupt(run)
        }
        return run.secondsToSolve
    }

    /// Whatever a run that was stopped says about time goes on where it was.
    @Test(arguments: [true, false]) func theClockGoesOn(_ saving: Bool) throws {
        _ = try trainWithAFakeClock(shortPlan(Catalogues().algorithms["random"]), until: 705, saving: saving)
        try resume(folder("run"))
        let timing = try CSVTable(folder("run/timing.csv"))
        #expect(timing.rows.count == 100)
        for (i, name) in timing.columns.enumerated() {
            let values = timing.rows.map { $0[i] }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "\(name) runs backwards")
        }
        let seconds = try #require(JSONReader.read(folder("run/run.json")).json["timing"]?["seconds"]?.numberValue)
        let last = try #require(timing["seconds"]?.last)
        #expect(seconds >= last && last > 2000, "\(seconds) s in the end, \(last) s in the last row")
    }

    @Test func aFinishedRunTellsWhatItReached() throws {
        let report = try train(shortPlan(), in: folder("run"))
        let stopped = try StoppedRun(folder("run"), Catalogues()) { _ in }
        #expect(stopped.isFinished)
        #expect(stopped.document == report.document(run: folder("run"), seconds: report.seconds))
    }

    @Test func whatIsNoRunIsRefused() throws {
        #expect(fileFailure { _ = try StoppedRun(folder("absent"), Catalogues()) { _ in } }?.exitStatus == 66)
        try trainAndStop(shortPlan(), in: folder("run"), at: 10, saving: false)
        let good = try #require(folder.text("run/run.json"))
        for (old, new, words) in [
            ("\"format\": 1", "\"format\": 2", "format 1"),
            ("\"environment_version\": 1", "\"environment_version\": 9", "version 9"),
            ("\"steps\": 1000", "\"steps\": 9223372036854775807", "\"steps\" must be from 1 to"),
            ("\"lanes\": 1", "\"lanes\": 0", "\"lanes\" must be from 1 to"), ("\"gamma\": 0.99", "\"gamma\": 7", "gamma must be"),
            ("\"eval_episodes\": 3", "\"eval_episodes\": -3", "\"eval_episodes\" must be"),
            ("\"seed\": 0", "\"seed\": -1", "0 or more"),
            ("\"status\"", "\"statsu\"", "\"status\" is missing"),
        ] {
            #expect(good.contains(old))
            try AtomicFile.write(good.replacing(old, with: new), to: folder("run/run.json"))
            let error = fileFailure { _ = try StoppedRun(folder("run"), Catalogues()) { _ in } }
            #expect(
                error?.exitStatus == 65 && error?.message.contains(words) == true, "\(new): \(error?.description ?? "accepted")")
        }
    }
}
