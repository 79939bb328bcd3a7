// `rl bench`: its document, its table, and what it answers to names that are not there.

import Commands
import Measuring
import Testing
import Training

@Suite struct BenchTests {
    private var report: BenchReport {
        var machine = MachineFacts()
        machine.processor = "Ideal CPU"
        machine.blasCore = "SkylakeX"
        machine.environment = ["OPENBLAS_CORETYPE": "Haswell", "HOME": "/"]
        var report = BenchReport(machine: machine, load: 0.25, peak: MachinePeak(sgemm: 240.123456, fma: 272))
        report.results = [
            BenchResult(name: CoreBench.tapeName, perSecond: 100_000, spread: 0.0312345678, gigaflops: 136),
            BenchResult(name: CoreBench.byHandName, perSecond: 110_000, spread: 0, gigaflops: nil),
        ]
        report.breakdowns = [
            (
                CoreBench.tapeName,
                [
                    UpdatePart(name: "Affine", width: 64, forward: 1e-6, backward: 2e-6, operations: 408_000),
                    UpdatePart(name: "Adam", width: 5000, forward: 0, backward: 1e-6, operations: 0),
                ]
            )
        ]
        return report
    }

    @Test func theDocument() throws {
        let json = report.json
        #expect(json.objectValue?.members.map(\.key) == ["machine", "peak_gflops", "cases"])
        #expect(json["machine"]?["openblas_variables"] == ["OPENBLAS_CORETYPE": "Haswell"])
        #expect(json["peak_gflops"] == ["sgemm": 240.12, "fma": 272.0])
        let cases = try #require(json["cases"]?.arrayValue)
        #expect(
            cases == [
                [
                    "name": "update/mlp-4-64-64-2/64", "per_second": 100_000.0, "spread": 0.031235, "gflops": 136.0,
                    "share_of_peak": 0.5,
                ],
                [
                    "name": "by-hand/mlp-4-64-64-2/64", "per_second": 110_000.0, "spread": 0.0, "gflops": nil,
                    "share_of_peak": nil,
                ],
            ])
    }

    @Test func theTable() {
        let script = ScriptedConsole()
        let console = script.console()
        report.show(on: console.output)
        console.output.flush()
        #expect(script.out.contains("\nupdate/mlp-4-64-64-2/64         100,000    3.1 %     136.0     50 %\n"))
        #expect(script.out.contains("The tape takes 1.10 times as long as its kernels called by hand."))
        #expect(script.out.contains("OPENBLAS_CORETYPE=Haswell steers OpenBLAS"))
        #expect(!script.out.contains("HOME"))
        #expect(script.out.contains("\nAffine, 64 wide                       1.00 µs   2.00 µs    75 %     136.0     50 %\n"))
        #expect(script.out.contains("\nAdam, 5000 wide                                 1.00 µs    25 %                   \n"))
    }

    @Test func unknownNamesAreUsageErrors() {
        let invocation = Invocation("bench core --only act/mlp-4-64-64-2/9", of: Bellman.application())
        #expect(invocation.status == 64)
        #expect(invocation.complaint.contains("did you mean act/mlp-4-64-64-2/"))
        #expect(Invocation("bench variants", of: Bellman.application()).status == 64)
    }

    @Test func stdoutIsOneDocument() throws {
        let invocation = Invocation("bench core --only act/mlp-4-64-64-2/ --duration 0 --json", of: Bellman.application())
        #expect(invocation.status == 0)
        #expect(invocation.err == "")
        let document = try JSONReader.parse(invocation.out).json
        #expect(document["cases"]?.arrayValue?.count == 2)
    }
}
