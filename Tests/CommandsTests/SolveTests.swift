// `rl solve` and `rl eval --regret`: what they print, what they refuse, and the agents between them.

import Agents
import Commands
import RLCore
import TestSupport
import Testing
import Training

/// One state, one action, a reward for ever: at discount 1 no sum ends.
private struct Spring: MDP {
    let stateCount = 1, actionCount = 1
    let layout: GridLayout? = nil
    var starts: [(probability: Double, state: Int)] { [(1, 0)] }
    func transitions(of action: Int, in state: Int) -> [Transition] {
        [Transition(probability: 1, next: 0, reward: 1, terminates: false)]
    }
}

private let spring = EnvironmentSpecification(
    "spring", version: 1, summary: "pays for ever", timeLimit: 10, threshold: nil, observationNames: ["state"],
    actionNames: ["wait"], declarations: []
) { _ in Spring() }

@Suite struct SolveTests {
    private let application = Bellman.application(adding: [spring])

    private func run(_ line: String) -> Invocation { Invocation(line, of: application) }
    private func document(_ line: String) throws -> JSON {
        let invocation = run(line)
        #expect(invocation.status == 0 && invocation.err == "", "\(invocation.err)")
        return try JSONReader.parse(invocation.out).json
    }

    private func numbers(_ array: JSON?) -> [Double] { array?.arrayValue?.compactMap { $0.numberValue } ?? [] }

    /// The textbook's values at discount 1, without being told to.
    @Test func theTextbookGridAsAGrid() {
        let invocation = run("solve gridworld")
        #expect(invocation.status == 0 && invocation.err == "")
        #expect(invocation.out.hasPrefix("gridworld: value-iteration, discount 1.0, "))
        #expect(
            invocation.out.hasSuffix(
                """

                → 0.811558219  → 0.867808219  → 0.917808219  G +0.96
                ↑ 0.761558219  #              ↑ 0.660273973  H -1.04
                ↑ 0.705308219  ← 0.655308219  ← 0.611415525  ← 0.387924911

                """))
    }

    @Test func theDocument() throws {
        let json = try document("solve frozenlake --json")
        #expect(
            json.objectValue?.members.map(\.key) == [
                "environment", "algorithm", "discount", "tolerance", "sweeps", "residual", "start_value", "values", "policy",
            ])
        #expect(json["environment"] == "frozenlake" && json["algorithm"] == "value-iteration" && json["discount"] == 0.99)
        #expect(json["tolerance"] == 1e-12)
        let values = numbers(json["values"])
        let policy = numbers(json["policy"])
        #expect(values.count == 16 && policy.count == 16)
        #expect(abs(values[0] - 0.5420259320004733) < 1e-9 && json["start_value"]?.numberValue == values[0])
        // Absorbing: the four holes and the goal.
        #expect(policy.indices.filter { policy[$0] == -1 } == [5, 7, 11, 12, 15])
    }

    @Test(arguments: ["policy-iteration", "modified-policy-iteration"]) func otherWaysToPlan(algorithm: String) throws {
        let json = try document("solve frozenlake --algorithm \(algorithm) --json")
        let reference = try document("solve frozenlake --json")
        #expect(json["algorithm"]?.stringValue == algorithm && json["policy"] == reference["policy"])
        let value = try #require(json["start_value"]?.numberValue)
        #expect(abs(value - 0.5420259320004733) < 1e-9)
    }

    @Test func discountAndParametersAreTheCallers() throws {
        let certain = try document("solve frozenlake --env-set is_slippery=false --discount 0.5 --json")
        #expect(certain["start_value"] == 0.03125)  // 0.5⁵: the sixth step pays.
        #expect(certain["discount"] == 0.5)
    }

    /// States that do not lie in a plane come as a list that says how many were left out.
    @Test func worldsWithoutAGrid() {
        let invocation = run("solve taxi")
        #expect(invocation.status == 0)
        #expect(invocation.out.contains("\nstate       value  action\n"))
        #expect(invocation.out.hasSuffix("… 460 more states: --json gives all\n"))
    }

    @Test func aWorldWithoutAModel() {
        let invocation = run("solve cartpole")
        #expect(invocation.status == 64 && invocation.out == "")
        #expect(invocation.complaint.contains("cartpole can only be played, it has no model to solve; these have: gridworld, "))
        #expect(invocation.complaint.contains("blackjack") && !invocation.complaint.contains("cartpole,"))
    }

    @Test(arguments: [
        ("solve gridwrold", #"did you mean "gridworld"?"#),
        ("solve gridworld --discount 0", "--discount must lie above 0 and be at most 1, got 0"),
        ("solve gridworld --discount 1.01", "--discount must lie above 0 and be at most 1, got 1.01"),
        ("solve gridworld --discount nan", "--discount"),
        ("solve gridworld --tolerance 0", "--tolerance"),
        ("solve gridworld --algorithm iteration", "--algorithm"),
        ("solve frozenlake --env-set is_slipery=false", #"did you mean "is_slippery"?"#),
        ("solve frozenlake --env-set is_slippery", "--env-set needs KEY=VALUE"),
        ("solve frozenlake --env-set map=SF/FF", "goal"),
        ("solve", "ENVIRONMENT"),
    ]) func mistakes(line: String, sentence: String) {
        let invocation = run(line)
        #expect(invocation.status == 64 && invocation.out == "")
        #expect(invocation.complaint.contains(sentence), "\(invocation.err)")
    }

    @Test(arguments: ["value-iteration", "policy-iteration", "modified-policy-iteration"])
    func divergence(algorithm: String) throws {
        let invocation = run("solve spring --discount 1 --algorithm \(algorithm)")
        #expect(invocation.status == 1 && invocation.out == "")
        #expect(invocation.err.split(separator: "\n").count == 1)
        #expect(invocation.complaint.contains("values grow without bound at discount 1: a cycle through state 0"))
        let discounted = try document("solve spring --discount 0.5 --json")
        let value = try #require(discounted["start_value"]?.numberValue)
        #expect(abs(value - 2) < 1e-11)
    }

    // MARK: Agents

    @Test(arguments: ["value-iteration", "policy-iteration", "modified-policy-iteration"])
    func thePlanIsAnAgent(algorithm: String) throws {
        let folder = TemporaryFolder()
        let path = folder("plan.safetensors")
        #expect(run("solve gridworld --algorithm \(algorithm) --out \(path)").status == 0)
        let json = try document("eval \(path) --regret --episodes 50 --json")
        #expect(json["environment"] == "gridworld")
        #expect(
            json["regret"]?.objectValue?.members.map(\.key) == [
                "largest_error", "optimal_share", "states", "optimal_value", "value", "regret",
            ])
        let regret = try #require(json["regret"]?["regret"]?.numberValue)
        let error = try #require(json["regret"]?["largest_error"]?.numberValue)
        let value = try #require(json["regret"]?["value"]?.numberValue)
        #expect(abs(regret) < 1e-9 && error < 1e-9 && abs(value - 0.705308219) < 1e-8)
        #expect(json["regret"]?["optimal_share"] == 1.0 && json["regret"]?["states"] == 9)
        #expect(run("solve gridworld --out \(folder.path)/none/plan.safetensors").status == 73)
    }

    /// A table after a few steps knows something of its world, and far from everything.
    @Test func aLearnedTableFallsShort() throws {
        let folder = TemporaryFolder()
        let out = folder("run")
        #expect(run("train q-learning frozenlake --steps 300 --out \(out) --quiet").status == 0)
        let json = try document("eval \(out) --regret --episodes 5 --json")
        let regret = try #require(json["regret"]?["regret"]?.numberValue)
        let optimum = try #require(json["regret"]?["optimal_value"]?.numberValue)
        let value = try #require(json["regret"]?["value"]?.numberValue)
        #expect(abs(optimum - 0.5420259320004733) < 1e-9 && regret == optimum - value && regret > 0.01)
        let text = run("eval \(out) --regret --episodes 5")
        #expect(text.status == 0 && text.out.contains("of 0.542026: regret 0."))
        #expect(text.out.contains(" % of 11 states; largest |Q - Q*| "))
    }

    @Test func regretNeedsAModel() throws {
        let folder = TemporaryFolder()
        let out = folder("run")
        #expect(run("train random cartpole --steps 10 --eval-episodes 1 --out \(out) --quiet").status == 0)
        let invocation = run("eval \(out) --regret --episodes 1")
        #expect(invocation.status == 64 && invocation.out == "")
        #expect(invocation.complaint.contains("--regret needs a world with a model, cartpole has none; these have: gridworld, "))
    }
}
