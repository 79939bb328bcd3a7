// Growing files and tables: buffered, cut when resuming, honest about a full disk.

import Foundation
import TestSupport
import Testing
import Training

struct AppendingFileTests {
    private let folder = TemporaryFolder()

    @Test func linesWaitForFlush() throws {
        let file = try AppendingFile(folder("f"))
        try file.append("one")
        #expect(folder.text("f") == "" && file.length == 4)
        try file.flush()
        try file.append("zwei é")
        try file.flush(durable: true)
        #expect(folder.text("f") == "one\nzwei é\n" && file.length == folder.bytes("f")?.count)
    }

    @Test func manyLinesDoNotWait() throws {
        let file = try AppendingFile(folder("f"))
        for _ in 0..<100 { try file.append(String(repeating: "x", count: 999)) }
        #expect(folder.bytes("f")!.count >= 1 << 16 && file.length == 100_000)
        try file.flush()
        #expect(folder.bytes("f")!.count == 100_000)
    }

    @Test func resumingCuts() throws {
        try AtomicFile.write("one\ntwo\nhal", to: folder("f"))
        let file = try AppendingFile(folder("f"), keeping: 8)
        try file.append("three")
        try file.flush()
        #expect(folder.text("f") == "one\ntwo\nthree\n" && file.length == 14)
        _ = try AppendingFile(folder("f"))
        #expect(folder.text("f") == "")
    }

    @Test func aShorterFileIsRefused() throws {
        try AtomicFile.write("one\n", to: folder("f"))
        do {
            _ = try AppendingFile(folder("f"), keeping: 8)
            Issue.record("accepted")
        } catch { #expect(error.exitStatus == 65) }
        #expect(folder.text("f") == "one\n")
    }

    @Test func fullDisk() throws {
        let file = try AppendingFile("/dev/full")
        try file.append("one")
        for _ in 0..<2 {
            do {
                try file.flush()
                Issue.record("written")
            } catch { #expect(error.exitStatus == 73 && error.message.contains("disk is full")) }
        }
        do {
            _ = try AppendingFile(folder("absent/f"))
            Issue.record("opened")
        } catch { #expect(error.exitStatus == 73) }
    }

    @Test func tables() throws {
        let table = try CSVWriter(folder("t.csv"), columns: ["step", "return_mean"])
        try table.append([100, 500.0])
        try table.append([200, 0.1])
        try table.file.flush()
        let length = table.file.length
        try table.append([300, nil])
        try table.append([.integer(400), .number(.nan)])
        try table.append([CSVValue(Int?.none), .number(-.infinity)])
        try table.file.flush()
        #expect(folder.text("t.csv") == "step,return_mean\n100,500.0\n200,0.1\n300,\n400,nan\n,-inf\n")

        let resumed = try CSVWriter(folder("t.csv"), columns: ["step", "return_mean"], keeping: length)
        try resumed.append([300, CSVValue(1e-7)])
        try resumed.file.flush()
        #expect(folder.text("t.csv") == "step,return_mean\n100,500.0\n200,0.1\n300,1e-07\n")
        do {
            _ = try CSVWriter(folder("t.csv"), columns: ["step", "loss"], keeping: length)
            Issue.record("another header accepted")
        } catch { #expect(error.exitStatus == 65 && error.message.contains("another header than step,loss; ")) }
        #expect(folder.text("t.csv") == "step,return_mean\n100,500.0\n200,0.1\n300,1e-07\n")
    }
}
