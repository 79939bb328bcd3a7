// `rl bench variance`: its document, its table, its picture, and what it refuses.
import Agents
import Measuring
import Testing
import Training

@testable import Commands

@Suite struct VarianceReportTests {
    private var report: VarianceReport {
        var report = VarianceReport(
            preset: "reinforce-cartpole", environment: "cartpole", seed: 3, batches: 1000, episodes: 10, discount: 0.99)
        for (name, step) in [("start", 0), ("middle", 5000), ("end", 10_000)] {
            report.policies.append(
                VarianceReport.Policy(
                    name: name, step: step,
                    variance: PolicyVariance(
                        meanReturn: 20.25,
                        estimates: [1000.0, 400, 100, 50, 1.234].map {
                            VarianceEstimate(trace: $0, low: 0.75 * $0, high: 1.25 * $0)
                        })))
        }
        return report
    }

    @Test func theDocument() throws {
        let json = report.json
        #expect(json["batches"] == 1000 && json["seed"] == 3)
        let policies = try #require(json["policies"]?.arrayValue)
        #expect(policies.map { $0["name"] } == ["start", "middle", "end"])
        #expect(policies[1]["step"] == 5000)
        #expect(
            policies[2]["variants"]?.arrayValue?.map { $0["name"] } == [
                "none", "reward_to_go", "discount", "moving_average", "value",
            ])
        #expect(policies[0]["variants"]?.arrayValue?[1] == ["name": "reward_to_go", "trace": 400.0, "ci95": [300.0, 500.0]])
    }

    @Test func theTable() {
        let script = ScriptedConsole()
        let console = script.console()
        report.show(on: console.output)
        console.output.flush()
        #expect(script.out.contains("start, step 0 "))
        #expect(script.out.contains("\nreward to go         400 [300, 500]"))
        #expect(script.out.contains("less learned value   1.23 [0.926, 1.54]"))
    }

    /// Ten times the trace is one step of the scale; everything lies inside the picture.
    @Test func thePicture() throws {
        let svg = VariancePicture(report).svg
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
        // A background, three groups of five bars, and five squares of the legend.
        #expect(svg.components("<rect ") == 1 + 15 + 5)
        #expect(svg.contains("10⁰") && svg.contains("10⁴") && !svg.contains("10⁵"))
        #expect(svg.contains("end: step 10,000, mean return 20.3"))
    }

    @Test func whatItRefuses() {
        let other = Invocation("bench variance --preset q-learning-taxi", of: Bellman.application())
        #expect(other.status == 64 && other.complaint.contains("reinforce"))
        #expect(Invocation("bench variance --only update/", of: Bellman.application()).status == 64)
        #expect(Invocation("bench core --svg x.svg", of: Bellman.application()).status == 64)
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(_ part: String) -> Int {
        var count = 0, rest = self[...]
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
