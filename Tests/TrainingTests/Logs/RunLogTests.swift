// The copies of a run's tables: what they hold, that equal seeds give equal bytes, and that a resumed run ends with the same.
import Agents
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct RunLogTests {
    private let folder = TemporaryFolder()

    private func plan(steps: Int = 600) throws -> TrainingPlan {
        var plan = try shortPlan(steps: steps)
        plan.writesTensorBoard = true
        plan.writesJSONLines = true
        return plan
    }

    private func events(_ path: String) throws -> [Range<Int>] {
        let bytes = try readFile(path, limit: 1 << 20)
        var place = 0, records: [Range<Int>] = []
        while let record = EventRecords.data(at: place, of: bytes) {
            records.append(record)
            place = record.upperBound + 4
        }
        #expect(place == bytes.count)
        return records
    }

    @Test func everyRowIsInBoth() throws {
        try train(plan(), in: folder("run"))
        let rows = try CSVTable(folder("run/metrics.csv")), evaluations = try CSVTable(folder("run/evaluations.csv"))
        // The first event is the file's version.
        #expect(try events(folder("run/\(TensorBoardLog.name)")).count == 1 + rows.rows.count + evaluations.rows.count)
        let lines = try #require(folder.text("run/metrics.jsonl")).split(separator: "\n").map {
            try JSONReader.parse(String($0)).json
        }
        let reports = lines.filter { $0["event"] == "report" }
        #expect(reports.map { $0["loss"]?.numberValue ?? .nan }.map(\.description) == (rows["loss"] ?? []).map(\.description))
        #expect(reports.map { $0["step"]?.integerValue } == (rows["step"] ?? []).map { Int($0) })
        #expect(lines.filter { $0["event"] == "evaluation" }.map { $0["mean_return"]?.numberValue } == evaluations["mean_return"])
    }

    @Test func aRunThatIsResumedEndsWithTheSame() throws {
        try train(plan(), in: folder("whole"))
        // Killed at 470: the checkpoint is of step 400, and rows up to 470 are there already.
        try trainAndStop(plan(), in: folder("killed"), at: 470, saving: false)
        try resume(folder("killed"))
        try trainAndStop(plan(), in: folder("early"), at: 150, saving: false)
        try resume(folder("early"))
        let whole = try events(folder("whole/\(TensorBoardLog.name)"))
        for name in ["killed", "early"] {
            #expect(folder.bytes("\(name)/metrics.jsonl") == folder.bytes("whole/metrics.jsonl"))
            #expect(try events(folder("\(name)/\(TensorBoardLog.name)")) == whole)
        }
    }

    @Test func withoutThemThereAreNone() throws {
        try train(shortPlan(steps: 300), in: folder("run"))
        #expect(folder.bytes("run/metrics.jsonl") == nil && folder.bytes("run/\(TensorBoardLog.name)") == nil)
    }
}
