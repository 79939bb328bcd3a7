// `rl bench`: how fast this build is on this machine, beside the most that the machine can do.

import Basics
import Measuring
import Training

struct Bench: Command {
    static let name = "bench"
    static let summary = "measures speed, as shares of this machine's own peak"
    static let discussion = """
        core (the default) times the update of small Q networks on the tape and by hand, acting, Cart-Pole's lanes and every size \
        of register tile; environments times every world, and sweeps of value iteration over a million states beside a copy of as many \
        bytes. All on one thread, in that thread's own CPU time: at least five \
        repetitions after a warm-up, of which the median and the spread are shown.

        GFLOP/s count a multiply-add as two; the share is that of the CPU's fused multiply-adds, measured in the same process. \
        The bench reports and judges nothing: compare figures of one machine and one hour only.
        """
    static let examples = [
        "rl bench core", "rl bench environments --json", "rl bench core --only update/   # the names that begin so",
    ]

    enum Subject: String, CaseIterable, ArgumentValue, OptionValue {
        case core, environments
        typealias Single = Subject
    }

    @Argument("WHAT", help: "core or environments") var subject = Subject.core
    @Option("--only", value: "NAME", help: "measure only the cases whose names begin with this") var only: String?
    @Option("--repetitions", value: "N", in: 5...1000, help: "repetitions of each case") var repetitions = 7
    @Option("--duration", value: "SECONDS", in: 0...10, help: "what one repetition lasts") var duration = 0.05
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let all = subject == .core ? CoreBench.cases : WorldBench.cases()
        let chosen = all.filter { only.map($0.name.hasPrefix) ?? true }
        guard !chosen.isEmpty else {
            let advice = nearestWord(to: only ?? "", in: all.map(\.name)).map { "did you mean \($0)?" }
            throw UsageError(
                "no case of \(subject.rawValue) begins with \"\(only ?? "")\"; \(advice ?? "rl bench \(subject.rawValue) shows the names")"
            )
        }
        let stopwatch = Stopwatch(repetitions: repetitions, duration: duration)
        let live = LiveLine(on: context.errors, isSilent: json)
        live.update("measuring the machine's peak …")
        var report = BenchReport(
            machine: MachineFacts.gather(context), load: systemLoad(), peak: MachinePeak.measure(with: stopwatch))
        for (index, item) in chosen.enumerated() {
            live.update("\(index + 1) of \(chosen.count): \(item.name) …")
            report.results.append(item.measure(with: stopwatch))
        }
        for (name, parts) in CoreBench.breakdowns where report.results.contains(where: { $0.name == name }) {
            report.breakdowns.append((name, parts()))
        }
        live.finish()
        if json {
            context.output.line(JSONWriter.pretty(report.json))
        } else {
            report.show(on: context.output)
        }
    }
}
