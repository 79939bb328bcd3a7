// `rl eval`: episodes on fixed seeds, headless; made for CI.

import Agents
import Basics
import Environments
import RLCore
import Training

struct Eval: Command {
    static let name = "eval"
    static let summary = "plays episodes on fixed seeds and says how good an agent is"
    static let discussion = """
        Episode i uses seed + i in a fresh world of the kind the agent was trained in. With --min-return the exit status is 3 when \
        the mean is below it. Several agents are all played, and the worst status wins.
        """
    static let examples = [
        "rl eval dqn-cartpole --min-return 475 --json     # exit status 3 when it is worse",
        "rl eval runs/dqn-cartpole/seed-0 --episodes 1000",
        "rl eval dqn-cartpole --min-return 475 --junit report.xml",
    ]

    @Arguments(
        "AGENT", atLeast: 1, completing: .names(.agent), help: "a trained agent's name, a .safetensors file or a run's folder")
    var agents: [String]
    @Option("--episodes", value: "N", in: 1...1_000_000, help: "how many episodes") var episodes = 100
    @Option("--seed", value: "N", in: 0...Train.greatestSeed, help: "the first episode's seed") var seed = SeedRange.report
    @Option("--mode", value: "MODE", help: "greedy, sampled or epsilon=X") var mode = "greedy"
    @Option("--min-return", value: "X", help: "exit with status 3 when the mean return is below X") var minimum: Double?
    @Option("--junit", value: "FILE", completing: .files, help: "write the result as a JUnit report") var junit: String?
    @Flag("--regret", help: "compare with the exact optimum, where the world's rules can be read") var regret
    @Flag("--json", help: "print one JSON document and nothing else") var json

    private struct Played {
        let agent: TrainedAgent
        let evaluation: Evaluation
        let regret: Regret?
    }
    /// One agent of the call: what it reached, or why it could not be evaluated.
    private struct Result {
        let name: String
        let outcome: Swift.Result<Played, any Error>
    }

    mutating func run(_ context: inout Context) throws {
        let mode = try parsedMode(self.mode)
        let home = try context.dataHome()
        let catalogues = context.application.catalogues
        let results = agents.map { name in
            Result(name: name, outcome: Swift.Result { try play(name, mode, home, catalogues) })
        }
        if let junit { try AtomicFile.write(report(results).text, to: junit) }
        // Alone, an agent that cannot be read is the command's own failure; among several it does not silence the others.
        if agents.count == 1 { _ = try results[0].outcome.get() }
        if json {
            let documents = results.map(document)
            context.output.line(JSONWriter.pretty(documents.count == 1 ? documents[0] : .array(documents)))
        } else {
            for result in results { show(result, on: context.output) }
        }
        for result in results {
            if case .failure(let error) = result.outcome { context.console.complain(sentence(of: error)) }
        }
        context.status = results.map(status).max { $0.rawValue < $1.rawValue } ?? .done
    }

    private func play(
        _ name: String, _ mode: Mode, _ home: DataHome?, _ catalogues: Catalogues
    ) throws -> Played {
        let agent = try AgentFile.read(try AgentFile.find(name, home: home), catalogues)
        let worlds = try agent.makeWorlds(lanes: min(episodes, 100))
        let evaluation = evaluate(agent.policy, in: worlds, episodes: episodes, firstSeed: seed, mode: mode)
        return Played(agent: agent, evaluation: evaluation, regret: regret ? try exactRegret(of: agent, catalogues) : nil)
    }

    /// Of the greedy policy, discounted as the agent was trained to.
    private func exactRegret(of agent: TrainedAgent, _ catalogues: Catalogues) throws -> Regret {
        guard let world = try agent.environment.makeModel(agent.environmentSettings) else {
            let known = try catalogues.environments.names.filter { try catalogues.environments[$0].hasModel }
            throw UsageError(
                "--regret needs a world with a model, \(agent.environment.name) has none; "
                    + "these have: \(known.joined(separator: ", "))"
            )
        }
        do {
            return try Regret(
                of: agent.policy, in: try PlanningModel(world),
                discount: agent.discount)
        } catch let error as PlanningError {
            throw CommandFailure(error.description)
        }
    }

    private func passes(_ evaluation: Evaluation) -> Bool { minimum.map { evaluation.mean >= $0 } ?? true }

    private func status(_ result: Result) -> ExitStatus {
        switch result.outcome {
        case .success(let played): passes(played.evaluation) ? .done : .belowMinimum
        case .failure(let error): (error as? any ExitStatusProviding).flatMap { ExitStatus(rawValue: $0.exitStatus) } ?? .failed
        }
    }

    private func show(_ result: Result, on output: Output) {
        guard case .success(let played) = result.outcome else {
            return output.line("\(result.name) cannot be evaluated", .red)
        }
        let e = played.evaluation
        let seeds = episodes == 1 ? "seed \(seed)" : "seeds \(seed) to \(seed + UInt64(episodes - 1))"
        output.line("\(result.name) in \(played.agent.environment.name), \(mode), \(seeds)", .bold)
        output.line("  mean return \(rounded(e.mean)) ± \(rounded(e.standardDeviation)) over \(counted(episodes, "episode"))")
        output.line(
            "  median \(rounded(e.median)), lowest \(rounded(e.minimum)), highest \(rounded(e.maximum)); "
                + "mean length \(rounded(e.meanLength, 1)) steps")
        if let regret = played.regret {
            let error = regret.largestError.map { "; largest |Q - Q*| \(rounded($0, 6))" } ?? ""
            output.line(
                "  exact value \(rounded(regret.value, 6)) of \(rounded(regret.optimalValue, 6)): "
                    + "regret \(rounded(regret.regret, 6)); "
                    + "optimal in \(rounded(100 * regret.optimalShare, 1)) % of \(regret.statesCounted) states\(error)")
        }
        if let minimum {
            let passed = passes(e)
            output.line("  \(passed ? "passes" : "is below") --min-return \(plain(minimum))", passed ? .green : .red)
        }
    }

    private func document(_ result: Result) -> JSON {
        switch result.outcome {
        case .failure(let error):
            return ["agent": JSON(result.name), "error": JSON(sentence(of: error))]
        case .success(let played):
            let e = played.evaluation
            var document = JSONObject([
                ("agent", JSON(result.name)), ("environment", JSON(played.agent.environment.name)), ("episodes", JSON(episodes)),
                ("seed", JSON(seed: seed)), ("mode", JSON(mode)), ("mean_return", JSON(e.mean)),
                ("std_return", JSON(e.standardDeviation)), ("min_return", JSON(e.minimum)), ("max_return", JSON(e.maximum)),
                ("median_return", JSON(e.median)), ("mean_length", JSON(e.meanLength)), ("returns", JSON(e.returns)),
            ])
            if let regret = played.regret {
                document["regret"] = [
                    "largest_error": JSON(regret.largestError), "optimal_share": JSON(regret.optimalShare),
                    "states": JSON(regret.statesCounted), "optimal_value": JSON(regret.optimalValue), "value": JSON(regret.value),
                    "regret": JSON(regret.regret),
                ]
            }
            return .object(document)
        }
    }

    private func report(_ results: [Result]) -> JUnitReport {
        JUnitReport(
            suite: "rl eval",
            cases: results.map { result in
                switch result.outcome {
                case .failure(let error):
                    return JUnitReport.Case(name: result.name, className: "rl", ending: .error(sentence(of: error)))
                case .success(let played):
                    let e = played.evaluation
                    let summary = "mean return \(plain(e.mean)) over \(counted(episodes, "episode")) from seed \(seed)"
                    return JUnitReport.Case(
                        name: result.name, className: played.agent.environment.name,
                        ending: passes(e) ? .passed(summary) : .failed("\(summary) is below \(plain(minimum ?? 0))"))
                }
            })
    }
}
