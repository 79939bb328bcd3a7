// A disk that fails at the first, second, third … call of a training: one line, an agreed status, nothing half-written, and the same end.
import Basics
import Glibc
import TestSupport
import Testing

@testable import Training

@Suite struct FaultBitsTests {
    private let folder = TemporaryFolder()

    /// Two evaluations; three checkpoints, so that one is removed.
    private func plan() throws -> TrainingPlan {
        var plan = try tinyPlan("dqn", "cartpole", steps: 60, lanes: 1)
        // Reports every ten steps: each of them is a call or more for each table.
        plan.setBudget(steps: 60, lanes: 1, scheduleSteps: 1000)
        plan.checkpointInterval = 20
        plan.evaluationInterval = 30
        (plan.writesJSONLines, plan.writesTensorBoard) = (true, true)
        return plan
    }

    /// How a training under faults ended.
    private struct Ending {
        let error: (any Error)?
        /// Where the run was saved, when it could not be written where it belongs.
        let rescue: String?
    }
    private func train(_ path: String, under faults: FileFaults) throws -> Ending {
        var run: TrainingRun?, files: RunFolder?
        defer { run?.observers = [] }
        do {
            try FileFaults.$current.withValue(faults) {
                let made = try TrainingRun(plan())
                run = made
                let folder = try RunFolder(new: path, for: made)
                files = folder
                made.observers = [folder]
                while !made.isFinished { try made.advance() }
                try folder.finish(made.finish(episodes: 2))
            }
            return Ending(error: nil, rescue: nil)
        } catch {
            guard let run, let files, run.step > 0 else { return Ending(error: error, rescue: nil) }
            return Ending(
                error: error, rescue: FileFaults.$current.withValue(faults) { files.rescue(run, to: [folder("rescues")]) })
        }
    }
    private func goOn(_ path: String) throws {
        let stopped = try StoppedRun(path, Catalogues()) { _ in }
        if stopped.isFinished { return }
        let files = try stopped.open()
        stopped.run.observers = [files]
        defer { stopped.run.observers = [] }
        while !stopped.run.isFinished { try stopped.run.advance() }
        try files.finish(stopped.run.finish(episodes: 2))
    }

    private static let codes = [ENOSPC, EIO, EACCES, EROFS]

    /// The call after it fails with another error, and with each of them in turn: `shift` moves who meets which.
    @Test(arguments: [(true, 0), (false, 1)]) func everyCallMayFail(_ isLasting: Bool, _ shift: Int) throws {
        let counting = FileFaults(failing: 0, at: nil, lasting: false, in: folder("whole"))
        #expect(try train(folder("whole"), under: counting).error == nil)
        #expect(counting.count > 90)
        var failures = 0, rescues = 0
        for n in 1...counting.count {
            let path = folder("run-\(n)"), code = Self.codes[(n + shift) % Self.codes.count]
            let ending = try train(path, under: FileFaults(failing: code, at: n, lasting: isLasting, in: path))
            if let error = ending.error {
                failures += 1
                let failure = try #require(error as? FileError, "call \(n): \(error)")
                #expect([73, 66, 1].contains(failure.exitStatus) && !failure.description.contains("\n"), "call \(n): \(failure)")
            } else {
                // What fails when everything is done already, or only tidies up, or is tried again, stops nobody.
                #expect(!isLasting || n > counting.count - 4, "call \(n) may fail for ever and nobody says so")
            }
            try expectNothingHalfWritten(path, n)
            if let rescue = ending.rescue {
                rescues += 1
                try goOn(rescue)
                for file in try RunComparison(of: folder("whole"), with: rescue).files
                where !file.name.hasPrefix("checkpoints/") && !file.name.hasPrefix("replay/") {
                    #expect(file.difference == nil, "call \(n), saved elsewhere: \(file.name)")
                }
                let events = try [folder("whole"), rescue].map {
                    try EventRecords.length(Paths.join($0, TensorBoardLog.name), upTo: 60)
                }
                #expect(events[0] == events[1] && events[0] > 500, "call \(n), saved elsewhere: \(events) bytes of events")
                try Folders.remove(rescue)
            }
            // The disk works again.
            if Folders.kind(of: path + "/run.json") == nil {
                _ = try train(path, under: FileFaults(failing: code, at: nil, lasting: false, in: path))
            } else {
                try goOn(path)
            }
            for file in try RunComparison(of: folder("whole"), with: path).files {
                #expect(file.difference == nil, "call \(n): \(file.name)")
            }
            try Folders.remove(path)
        }
        #expect(failures > counting.count * 2 / 3 && rescues > failures / 2, "\(failures) failures, \(rescues) rescues")
    }

    private func trainWhole(_ plan: TrainingPlan, in path: String) throws {
        let run = try TrainingRun(plan), files = try RunFolder(new: path, for: run)
        run.observers = [files]
        defer { run.observers = [] }
        while !run.isFinished { try run.advance() }
        try files.finish(run.finish(episodes: 5))
    }

    /// A finished run that is to go on longer, on a disk that fails at each call of its opening: nothing is lost that was there.
    @Test func whereGoingOnLongerFailsTheOldRunStands() throws {
        func plan(_ steps: Int) throws -> TrainingPlan {
            var plan = try tinyPlan("random", "cartpole", steps: 62, lanes: 1)
            plan.setBudget(steps: 62, lanes: 1, scheduleSteps: 1000)
            (plan.checkpointInterval, plan.evaluationInterval) = (20, 25)
            plan.writesJSONLines = true
            plan.origins["steps"] = "--steps"
            return steps == 62 ? plan : plan.lasting(steps)
        }
        func end(_ stopped: StoppedRun) throws {
            let files = try stopped.open()
            stopped.run.observers = [files]
            defer { stopped.run.observers = [] }
            while !stopped.run.isFinished { try stopped.run.advance() }
            try files.finish(stopped.run.finish(episodes: 5))
        }
        try trainWhole(plan(62), in: folder("whole"))
        try trainWhole(plan(90), in: folder("longer"))
        var failures = 0, n = 0, isThrough = false
        while !isThrough {
            // Every third call: the windows between what is written, cut and removed are wider than that.
            n += 3
            let path = folder("run-\(n)")
            try trainWhole(plan(62), in: path)
            let faults = FileFaults(failing: EIO, at: n, lasting: true, in: path)
            do {
                try FileFaults.$current.withValue(faults) { _ = try StoppedRun(path, Catalogues(), steps: 90) { _ in }.open() }
                isThrough = faults.count < n
            } catch { failures += 1 }
            if !isThrough {
                let stopped = try StoppedRun(path, Catalogues()) { _ in }
                if stopped.run.plan.steps == 62 {
                    if !stopped.isFinished { try end(stopped) }
                    for file in try RunComparison(of: folder("whole"), with: path).files {
                        #expect(file.difference == nil, "call \(n), the old budget: \(file.name)")
                    }
                }
                try end(StoppedRun(path, Catalogues(), steps: 90) { _ in })
                for file in try RunComparison(of: folder("longer"), with: path).files {
                    #expect(file.difference == nil, "call \(n), the new budget: \(file.name)")
                }
            }
            try Folders.remove(path)
        }
        #expect(failures > 15 && failures == n / 3 - 1, "\(failures) failures at \(n) calls")
    }

    /// Whatever has its name is whole.
    private func expectNothingHalfWritten(_ path: String, _ n: Int) throws {
        guard Folders.kind(of: path) == .folder else { return }
        for (name, bytes) in try RunComparison.comparableFiles(of: path) {
            if name.hasSuffix(".safetensors") { _ = try SafetensorsFile.decode(bytes, path: "call \(n): \(name)") }
            if name.hasSuffix(".json") { _ = try JSONReader.parse(bytes, path: "call \(n): \(name)") }
        }
    }

    /// A table is removed while the run trains, or a file takes the name of a folder: the sentence says so.
    @Test(arguments: [
        ("metrics.csv", "was removed while it was being written"), ("checkpoints", "a file of this name is in the way"),
    ])
    func whatIsWrongIsSaid(_ name: String, _ words: String) throws {
        let run = try TrainingRun(plan()), files = try RunFolder(new: folder("run"), for: run)
        run.observers = [files]
        defer { run.observers = [] }
        while run.step < 5 { try run.advance() }
        try Folders.remove(folder("run/" + name))
        if name == "checkpoints" { try AtomicFile.write("a file", to: folder("run/checkpoints")) }
        let failure = fileFailure { while !run.isFinished { try run.advance() } }
        #expect(failure?.exitStatus == 73 && failure?.path == folder("run/" + name), "\(failure as Any)")
        #expect(failure?.message.contains(words) == true, "\(failure as Any)")
        let rescue = try #require(files.rescue(run, to: [folder("rescues")]))
        try goOn(rescue)
    }

    /// The folder itself goes while the run trains, as when somebody removes it or a disk is unplugged.
    @Test func aFolderThatGoesAway() throws {
        let run = try TrainingRun(plan()), files = try RunFolder(new: folder("run"), for: run)
        run.observers = [files]
        defer { run.observers = [] }
        while run.step < 35 { try run.advance() }
        try files.writer.finish()
        try Folders.remove(folder("run"))
        let failure = fileFailure { while !run.isFinished { try run.advance() } }
        #expect(failure?.exitStatus == 73 && failure?.message.contains("its folder does not exist") == true, "\(failure as Any)")
        // A file is no place, nor is a folder that is none; the third takes it.
        try AtomicFile.write("a file", to: folder("file"))
        let rescue = try #require(files.rescue(run, to: [folder("file"), "/proc", folder.path]))
        #expect(rescue == folder("rescued-dqn-cartpole-seed-0") && folder.names == ["file", "rescued-dqn-cartpole-seed-0"])
        try goOn(rescue)
        let whole = try TrainingRun(plan())
        while !whole.isFinished { try whole.advance() }
        #expect(try JSONReader.read(rescue + "/run.json").json["results"]?["fingerprint"] == JSON(whole.fingerprint()))
        #expect(files.rescue(run, to: [folder("file"), "/proc"]) == nil)
    }
}
