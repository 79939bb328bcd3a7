// Curves of runs, and the middle of a group of them.
import TestSupport
import Testing

@testable import Training

@Suite struct RunCurveTests {
    private let folder = TemporaryFolder()

    private func write(_ name: String, _ text: String) throws { try AtomicFile.write(text, to: folder("run/" + name)) }

    private func record(status: String = "finished") throws -> RunRecord {
        try Folders.make(folder("run"))
        let plan = #"{"algorithm": "dqn", "environment": "cartpole", "seed": 3}"#
        try write(
            "run.json",
            #"{"format": 1, "status": "\#(status)", "plan": \#(plan), "results": {"final": {"mean_return": 12.5}}}"#)
        try write(
            "metrics.csv", "step,updates,episodes,return_mean,loss\n10,0,1,,\n20,1,3,5,0.5\n30,2,5,7,0.25\n40,3,9,9,0.125\n")
        try write("timing.csv", "step,seconds,act\n10,1,0\n20,2,0\n30,4,0\n40,8,0\n")
        try write("evaluations.csv", "step,mean_return,std_return,min_return,max_return,episodes\n15,1,0,1,1,3\n35,2,0,2,2,3\n")
        return try RunRecord(folder("run"))
    }

    @Test func aColumnOverStepsSecondsAndEpisodes() throws {
        let run = try record()
        #expect(run.finalReturn == 12.5 && run.isFinished && run.seed == 3 && run.preset == nil)
        let overSteps = try RunCurve(run, "return_mean", over: .steps)
        #expect(overSteps.x == [20, 30, 40] && overSteps.y == [5, 7, 9])
        #expect(try RunCurve(run, "return_mean", over: .seconds).x == [2, 4, 8])
        #expect(try RunCurve(run, "return_mean", over: .episodes).x == [3, 5, 9])
        #expect(try RunCurve(run, "return_mean", over: .steps, smoothing: 2).y == [5, 6, 8])
        let evaluations = try RunCurve(run, "eval", over: .seconds)
        #expect(evaluations.x == [1.5, 6] && evaluations.y == [1, 2])
        let error = fileFailure { _ = try RunCurve(run, "reward", over: .steps) }
        #expect(error?.exitStatus == 65 && error?.message.contains("return_mean, loss") == true)
    }

    @Test func onlyAFinishedRunKeepsItsLastValue() throws {
        let finished = try RunCurve(record(), "return_mean", over: .steps)
        #expect(finished.value(at: 25) == 6 && finished.value(at: 40) == 9 && finished.value(at: 1000) == 9)
        #expect(finished.value(at: 19) == nil)
        let stopped = try RunCurve(record(status: "interrupted"), "return_mean", over: .steps)
        #expect(stopped.value(at: 40) == 9 && stopped.value(at: 41) == nil)
    }

    @Test func theMiddleOfAGroup() {
        let curves = [1.0, 2, 3, 100].map { RunCurve(x: [1, 2], y: [$0, 2 * $0], isComplete: true) }
        let group = GroupCurve(curves + [RunCurve(x: [1], y: [4], isComplete: true)])
        #expect(group.x == [1, 2])
        // Five values with one cut from each end: 2, 3, 4; then 4, 4, 6 of 2, 4, 4, 6, 200.
        #expect(group.middle == [3, 14.0 / 3])
        #expect(group.intervals.allSatisfy { $0.low < $0.high })
        // A run that was killed after its first row says nothing about later ones: 2 and 3 are left of 1, 2, 3, 100.
        let killed = GroupCurve(
            [1.0, 2, 3, 100].map { RunCurve(x: [1, 2], y: [$0, $0], isComplete: true) }
                + [RunCurve(x: [1], y: [4], isComplete: false)])
        #expect(killed.middle == [3, 2.5])
    }

    @Test func tablesAreReadStrictly() throws {
        _ = try record()
        try write("metrics.csv", "step,loss\n1,2\n2")
        #expect(try CSVTable(folder("run/metrics.csv")).rows == [[1, 2]])
        for (text, line) in [("step,loss\n1,2\n2\n", 3), ("step,loss\n1,x\n", 2)] {
            try write("metrics.csv", text)
            let error = fileFailure { _ = try CSVTable(folder("run/metrics.csv")) }
            #expect(error?.kind == .malformed && error?.line == line)
        }
        #expect(fileFailure { _ = try RunRecord.all(at: folder("nowhere")) }?.exitStatus == 66)
        try Folders.make(folder("empty"))
        #expect(fileFailure { _ = try RunRecord.all(at: folder("empty")) }?.message.contains("no run") == true)
        #expect(try RunRecord.all(at: folder.path).map(\.path) == [folder("run")])
    }
}
