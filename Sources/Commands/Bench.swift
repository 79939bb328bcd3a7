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
        bytes. variance trains reinforce once and measures how much its policy gradient varies from batch to batch under each way of \
        crediting actions, at the start, in the middle and at the end of the training. All on one thread, in that thread's own CPU time: at least five \
        repetitions after a warm-up, of which the median and the spread are shown.

        GFLOP/s count a multiply-add as two; the share is that of the CPU's fused multiply-adds, measured in the same process. \
        The bench reports and judges nothing: compare figures of one machine and one hour only.
        """
    static let examples = [
        "rl bench core", "rl bench environments --json", "rl bench core --only update/   # the names that begin so",
        "rl bench variance --svg variance.svg",
    ]

    enum Subject: String, CaseIterable, ArgumentValue, OptionValue {
        case core, environments, variance
        typealias Single = Subject
    }

    @Argument("WHAT", help: "core, environments or variance") var subject = Subject.core
    @Option("--only", value: "NAME", help: "measure only the cases whose names begin with this") var only: String?
    @Option("--repetitions", value: "N", in: 5...1000, help: "repetitions of each case") var repetitions = 7
    @Option("--duration", value: "SECONDS", in: 0...10, help: "what one repetition lasts") var duration = 0.05
    @Option("--preset", value: "NAME", help: "variance: trains with this preset of reinforce [reinforce-cartpole]") var preset:
        String?
    @Option("--seed", value: "N", help: "variance: of that training [0]") var seed: UInt64?
    @Option("--batches", value: "N", in: 2...100_000, help: "variance: gradients for each policy [1000]") var batches: Int?
    @Option("--episodes", value: "N", in: 1...1000, help: "variance: episodes in each of them [10]") var episodes: Int?
    @Option("--svg", value: "FILE", completing: .files, help: "variance: writes a picture too") var svg: String?
    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        if subject == .variance { return try measureVariance(context) }
        let foreign = [
            ("--preset", preset != nil), ("--seed", seed != nil), ("--batches", batches != nil),
            ("--episodes", episodes != nil), ("--svg", svg != nil),
        ]
        if let option = foreign.first(where: { $0.1 }) {
            throw UsageError("\(option.0) belongs to rl bench variance, not to rl bench \(subject.rawValue)")
        }
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

    private func measureVariance(_ context: Context) throws {
        if only != nil { throw UsageError("--only chooses among timed cases; rl bench variance always measures all of its own") }
        let live = LiveLine(on: context.errors, isSilent: json)
        let report = try VarianceBench(
            preset: preset ?? "reinforce-cartpole", seed: seed ?? 0, batches: batches ?? 1000, episodes: episodes ?? 10
        ).run(context, live)
        if let svg { try AtomicFile.write(VariancePicture(report).svg, to: svg) }
        if json {
            context.output.line(JSONWriter.pretty(report.json))
        } else {
            report.show(on: context.output)
        }
    }
}
