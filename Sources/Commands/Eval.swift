// `rl eval`: episodes on fixed seeds, headless; made for CI.

import Agents
import Basics
import RLCore
import Training

struct Eval: Command {
    static let name = "eval"
    static let summary = "plays episodes on fixed seeds and says how good an agent is"
    static let discussion = """
        Episode i uses seed + i in a fresh world of the kind the agent was trained in. With --min-return the exit status is 3 when the \
        mean is below it; with several agents the worst status wins.
        """
    static let examples = [
        "rl eval dqn-cartpole --min-return 475 --json     # exit status 3 when it is worse",
        "rl eval runs/dqn-cartpole/seed-0 --episodes 1000",
        "rl eval dqn-cartpole --min-return 475 --junit report.xml",
    ]

    @Arguments("AGENT", atLeast: 1, completing: .names(.agent), help: "a trained agent's name, a .safetensors file or a run's folder")
    var agents: [String]
    @Option("--episodes", value: "N", in: 1...1_000_000, help: "how many episodes") var episodes = 100
    @Option("--seed", value: "N", help: "the first episode's seed") var seed = SeedRange.report
    @Option("--mode", value: "MODE", help: "greedy, sampled or epsilon=X") var mode = "greedy"
    @Option("--min-return", value: "X", help: "exit with status 3 when the mean return is below X") var minimum: Double?
    @Option("--junit", value: "FILE", completing: .files, help: "write the result as a JUnit report") var junit: String?
    @Flag("--json", help: "print one JSON document and nothing else") var json

    private struct Result {
        let agent: TrainedAgent
        let name: String
        let evaluation: Evaluation
        let passed: Bool
    }

    mutating func run(_ context: inout Context) throws {
        guard seed.addingReportingOverflow(UInt64(episodes)).overflow == false else {
            throw UsageError("--seed \(seed) leaves no room for \(episodes) episodes")
        }
        let mode = try parsedMode()
        let home = try? DataHome()
        var results: [Result] = []
        for name in agents {
            let agent = try AgentFile.read(try AgentFile.find(name, home: home), context.application.catalogues)
            let worlds = try agent.makeWorlds(lanes: min(episodes, 100))
            let evaluation = evaluate(agent.policy, in: worlds, episodes: episodes, firstSeed: seed, mode: mode)
            results.append(
                Result(agent: agent, name: name, evaluation: evaluation, passed: minimum.map { evaluation.mean >= $0 } ?? true))
        }
        if let junit { try AtomicFile.write(report(results).text, to: junit) }
        if json {
            let documents = results.map(document)
            context.output.line(JSONWriter.pretty(documents.count == 1 ? documents[0] : .array(documents)))
        } else {
            for result in results { show(result, on: context.output) }
        }
        if results.contains(where: { !$0.passed }) { context.status = .belowMinimum }
    }

    private func parsedMode() throws(UsageError) -> Mode {
        switch mode {
        case "greedy": return .greedy
        case "sampled": return .sampled
        default:
            if mode.hasPrefix("epsilon="), let share = Double(mode.dropFirst(8)), (0...1).contains(share) { return .epsilon(share) }
            throw UsageError("--mode must be greedy, sampled or epsilon=X with X from 0 to 1, got \"\(mode)\"")
        }
    }

    private func show(_ result: Result, on output: Output) {
        let e = result.evaluation
        output.line("\(result.name) in \(result.agent.environment.name), \(mode), seeds \(seed) to \(seed + UInt64(episodes - 1))", .bold)
        output.line("  mean return \(rounded(e.mean)) ± \(rounded(e.standardDeviation)) over \(episodes) episodes")
        output.line(
            "  median \(rounded(e.median)), lowest \(rounded(e.minimum)), highest \(rounded(e.maximum)); mean length \(rounded(e.meanLength, 1)) steps")
        if let minimum {
            output.line("  \(result.passed ? "passes" : "is below") --min-return \(rounded(minimum))", result.passed ? .green : .red)
        }
    }

    private func document(_ result: Result) -> JSON {
        let e = result.evaluation
        return [
            "agent": JSON(result.name), "environment": JSON(result.agent.environment.name), "episodes": JSON(episodes),
            "seed": JSON(Int(clamping: seed)), "mode": JSON(mode), "mean_return": JSON(e.mean), "std_return": JSON(e.standardDeviation),
            "min_return": JSON(e.minimum), "max_return": JSON(e.maximum), "median_return": JSON(e.median),
            "mean_length": JSON(e.meanLength), "returns": JSON(e.returns),
        ]
    }

    private func report(_ results: [Result]) -> JUnitReport {
        JUnitReport(
            suite: "rl eval",
            cases: results.map { result in
                let e = result.evaluation
                let summary = "mean return \(e.mean) over \(episodes) episodes from seed \(seed)"
                return JUnitReport.Case(
                    name: result.name, className: result.agent.environment.name, output: summary,
                    failure: result.passed ? nil : "\(summary) is below \(minimum ?? 0)")
            })
    }
}
