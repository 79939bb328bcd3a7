// A budget that is changed on resuming: the run ends like one that was made with that budget and the old one's schedules.
import Agents
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct LongerRunTests {
    private let folder = TemporaryFolder()

    private func plan(_ steps: Int, schedule: Int) throws -> TrainingPlan {
        // Exploration lasts for most of the budget: a schedule that moved would be seen.
        var plan = try tinyPlan("dqn", "cartpole", steps: schedule, [("exploration_fraction", "0.9")])
        plan.origins["steps"] = "--steps"
        return steps == schedule ? plan : plan.lasting(steps)
    }
    private func goOn(_ path: String, to steps: Int) throws {
        let stopped = try StoppedRun(path, Catalogues(), steps: steps) { Issue.record("\($0)") }
        let files = try stopped.open()
        stopped.run.observers = [files]
        while !stopped.run.isFinished { try stopped.run.advance() }
        try files.finish(stopped.run.finish(episodes: 5))
    }
    private func expectEqual(_ a: String, _ b: String) throws {
        let comparison = try RunComparison(of: folder(a), with: folder(b))
        #expect(comparison.files.count >= 7)
        for file in comparison.files { #expect(file.difference == nil, "\(file.name)") }
    }

    /// On the grids of evaluations, reports and checkpoints; and off them, where the shorter run has looked at itself once more.
    @Test(arguments: [(300, 420), (310, 402), (307, 600)]) func aFinishedRunGoesOnLonger(_ first: Int, _ then: Int) throws {
        try train(plan(first, schedule: first), in: folder("run"))
        try goOn(folder("run"), to: then)
        try train(plan(then, schedule: first), in: folder("whole"))
        try expectEqual("whole", "run")
        let document = try JSONReader.read(folder("run/run.json")).json
        #expect(document["plan"]?["steps"] == JSON((then + 1) / 2 * 2))
        #expect(document["plan"]?["schedule_steps"] == JSON((first + 1) / 2 * 2))
    }

    /// Alarms are told by shares of what schedules are shares of, not of the budget.
    @Test func alarmsRingAtTheSameStep() throws {
        func random(_ steps: Int) throws -> TrainingPlan {
            var plan = try shortPlan(Catalogues().algorithms["random"], steps: 600)
            (plan.evaluationInterval, plan.evaluationEpisodes, plan.writesJSONLines) = (30, 10, true)
            plan.origins["steps"] = "--steps"
            return steps == 600 ? plan : plan.lasting(steps)
        }
        try train(random(600), in: folder("run"))
        try goOn(folder("run"), to: 1200)
        try train(random(1200), in: folder("whole"))
        try expectEqual("whole", "run")
        let alarms = try JSONReader.read(folder("run/run.json")).json["alarms"]?.arrayValue
        #expect(alarms?.map { $0["kind"] } == ["no_improvement"] && alarms?.map { $0["step"] } == [450])
    }

    /// Whatever stops the first steps of going on longer, what there was before can be had again, and the longer run too.
    @Test func whatCannotGoOnLongerIsStillARun() throws {
        try train(plan(310, schedule: 310), in: folder("whole"))
        try train(plan(402, schedule: 310), in: folder("longer"))
        try train(plan(310, schedule: 310), in: folder("run"))
        try Folders.remove(folder("run/best.replay.json"))
        try Folders.make(folder("run/best.replay.json"))
        #expect(fileFailure { try goOn(folder("run"), to: 402) }?.exitStatus == 73)
        try Folders.remove(folder("run/best.replay.json"))
        #expect(try JSONReader.read(folder("run/run.json")).json["status"] == "running")
        try resume(folder("run")) { Issue.record("\($0)") }
        try expectEqual("whole", "run")
        try goOn(folder("run"), to: 402)
        try expectEqual("longer", "run")
    }

    @Test func aStoppedRunMayEndEarlierOrLater() throws {
        for steps in [260, 500] {
            try trainAndStop(plan(300, schedule: 300), in: folder("stopped-\(steps)"), at: 190, saving: true)
            try goOn(folder("stopped-\(steps)"), to: steps)
            try train(plan(steps, schedule: 300), in: folder("whole-\(steps)"))
            try expectEqual("whole-\(steps)", "stopped-\(steps)")
        }
    }

    /// The schedules of a run of 600 steps are others than those of a run of 300 that goes on to 600.
    @Test func schedulesStay() throws {
        try train(plan(300, schedule: 300), in: folder("run"))
        try goOn(folder("run"), to: 600)
        try train(plan(600, schedule: 600), in: folder("other"))
        #expect(folder.bytes("run/best.safetensors") != folder.bytes("other/best.safetensors"))
    }

    @Test func whatItHasTakenCannotBeTakenBack() throws {
        try train(plan(300, schedule: 300), in: folder("run"))
        let before = try comparableFiles(of: folder("run"))
        for steps in [10, 298] {
            let error = #expect(throws: BudgetSpent.self) { try goOn(folder("run"), to: steps) }
            #expect(error == BudgetSpent(path: folder("run"), asked: steps, taken: 300))
        }
        #expect(try StoppedRun(folder("run"), Catalogues(), steps: 300) { _ in }.isFinished)
        #expect(try comparableFiles(of: folder("run")) == before)
    }

    /// A run that reached its goal has reached it in any longer budget, too.
    @Test func aGoalThatWasReachedStaysReached() throws {
        var short = try plan(300, schedule: 300), long = try plan(600, schedule: 300)
        (short.untilReturn, long.untilReturn) = (1, 1)
        try train(short, in: folder("run"))
        try goOn(folder("run"), to: 600)
        try train(long, in: folder("whole"))
        try expectEqual("whole", "run")
        #expect(try JSONReader.read(folder("run/run.json")).json["results"]?["steps"] == 100)
    }
}
