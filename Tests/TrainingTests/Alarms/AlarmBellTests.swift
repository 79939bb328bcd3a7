// Each alarm on rows that must raise it and on rows that must not; each rings once; a resumed run rings the same.
import Agents
import Basics
import Environments
import RLCore
import TestSupport
import Testing

@testable import Training

@Suite struct AlarmBellTests {
    private let folder = TemporaryFolder()

    private func bell(_ algorithm: AlgorithmSpecification, _ values: [String: String] = [:]) throws -> AlarmBell {
        var plan = TrainingPlan(algorithm, in: CartPole.specification)
        plan.setBudget(steps: 10_000, lanes: 1)
        for (key, value) in values { try plan.hyperparameters.set(key, parsing: value, from: "the test") }
        return AlarmBell(plan)
    }
    private func hear(_ bell: inout AlarmBell, rows: Int, _ values: [(String, Double)]) {
        for i in 1...rows { bell.hear(ReportRow(step: 100 * i, columns: values.map(\.0), values: values.map(\.1))) }
    }
    private func evaluation(_ step: Int, _ mean: Double, deviation: Double = 5) -> EvaluationRow {
        EvaluationRow(step: step, mean: mean, deviation: deviation, minimum: mean - 5, maximum: mean + 5, episodes: 25)
    }

    @Test func deadUnitsRingAfterFiveRowsAndOnce() throws {
        var bell = try bell(DQN.specification)
        hear(&bell, rows: 4, [("dead_units", 0.95)])
        #expect(bell.alarms.isEmpty)
        hear(&bell, rows: 1, [("dead_units", 0.5)])
        hear(&bell, rows: 4, [("dead_units", 0.95)])
        #expect(bell.alarms.isEmpty)
        hear(&bell, rows: 3, [("dead_units", 0.95)])
        #expect(bell.alarms.map(\.kind) == [.deadUnits] && bell.alarms[0].step == 100)
        hear(&bell, rows: 20, [("dead_units", 0.95)])
        #expect(bell.alarms.count == 1)
    }

    /// Cart-Pole's chance is log 2 = 0.69 nats.
    @Test func entropyRingsBelowTheThresholdOnly() throws {
        let collapsed = [("return_mean", 20.0), ("entropy", 0.001)]
        var bell = try bell(PPO.specification)
        hear(&bell, rows: 5, collapsed)
        #expect(bell.alarms.map(\.kind) == [.entropyCollapsed] && bell.alarms[0].advice.contains("ent_coef"))
        var solved = try self.bell(PPO.specification)
        solved.hear(evaluation(50, 500, deviation: 0))
        hear(&solved, rows: 9, collapsed)
        var curious = try self.bell(PPO.specification)
        hear(&curious, rows: 9, [("return_mean", 20), ("entropy", 0.1)])
        #expect(solved.alarms.isEmpty && curious.alarms.isEmpty)
    }

    @Test func valuesRingFarAboveEveryReturn() throws {
        // The best return is 20, the largest 20: the bound is 220.
        var bell = try bell(DQN.specification)
        hear(&bell, rows: 5, [("return_mean", 20), ("q_mean", 219)])
        #expect(bell.alarms.isEmpty)
        hear(&bell, rows: 3, [("return_mean", 20), ("q_mean", 221)])
        #expect(bell.alarms.map(\.kind) == [.valuesAboveReturns] && bell.alarms[0].advice.contains("double=true"))
        var scaled = try self.bell(DQN.specification, ["reward_scale": "10"])
        hear(&scaled, rows: 9, [("return_mean", 20), ("q_mean", 2210)])
        #expect(scaled.alarms.isEmpty)
    }

    @Test func clippingRingsWhenNothingElseIsLeft() throws {
        var bell = try bell(DQN.specification, ["max_grad_norm": "0.5"])
        hear(&bell, rows: 30, [("gradient_norm", 9.9)])
        hear(&bell, rows: 24, [("gradient_norm", 10.1)])
        #expect(bell.alarms.isEmpty)
        hear(&bell, rows: 1, [("gradient_norm", 10.1)])
        #expect(bell.alarms.map(\.kind) == [.gradientClipped])
        var solved = try self.bell(DQN.specification, ["max_grad_norm": "0.5"])
        solved.hear(evaluation(50, 480))
        hear(&solved, rows: 30, [("gradient_norm", 10.1)])
        #expect(solved.alarms.isEmpty)
    }

    @Test func noImprovementRingsAtThreeQuartersOfTheBudget() throws {
        var bell = try bell(DQN.specification)
        // Three standard errors of 5 / √25 above 20 is 23.
        for i in 1...14 { bell.hear(evaluation(500 * i, i == 4 ? 23 : 20)) }
        #expect(bell.alarms.isEmpty)
        bell.hear(evaluation(7500, 21))
        #expect(bell.alarms.map(\.kind) == [.noImprovement] && bell.alarms[0].step == 7500)
        var better = try self.bell(DQN.specification)
        for i in 1...20 { better.hear(evaluation(500 * i, i == 4 ? 23.1 : 20)) }
        var solved = try self.bell(DQN.specification)
        for i in 1...20 { solved.hear(evaluation(500 * i, 495, deviation: 0)) }
        #expect(better.alarms.isEmpty && solved.alarms.isEmpty)
    }

    /// A finite world without a threshold may have been solved before anyone looked; of a game nobody would say so.
    @Test func noImprovementIsQuietWhereTheFirstEvaluationMayHaveBeenTheOptimum() throws {
        let learner = try Catalogues().algorithms["q-learning"]
        func alarms(_ algorithm: AlgorithmSpecification, _ world: EnvironmentSpecification, deviation: Double) -> [Alarm] {
            var plan = TrainingPlan(algorithm, in: world)
            plan.setBudget(steps: 10_000, lanes: 1)
            var bell = AlarmBell(plan)
            for i in 1...20 { bell.hear(evaluation(500 * i, -13, deviation: deviation)) }
            return bell.alarms
        }
        #expect(alarms(learner, CliffWalking.specification, deviation: 0).isEmpty)
        #expect(alarms(learner, Blackjack.specification, deviation: 1).isEmpty)
        #expect(alarms(DQN.specification, Pendulum.specification, deviation: 1).map(\.kind) == [.noImprovement])
        // Only what there is to change is advised.
        let random = alarms(RandomAgent.specification, CartPole.specification, deviation: 1)
        #expect(random.map(\.kind) == [.noImprovement] && random[0].advice.contains("learning_rate") == false)
        #expect(alarms(DQN.specification, CartPole.specification, deviation: 1)[0].advice.contains("learning_rate (now "))
    }

    /// Tables are files: whatever numbers stand in them, the rules have an answer.
    @Test func numbersWithoutBoundsAreHeard() throws {
        var bell = try bell(DQN.specification)
        for column in ["dead_units", "q_mean", "gradient_norm", "return_mean", "entropy"] {
            for value in [1e300, -1e300, .infinity, .nan, .leastNonzeroMagnitude] { hear(&bell, rows: 30, [(column, value)]) }
        }
        #expect(bell.alarms.first?.kind == .deadUnits && bell.alarms.first?.message.hasPrefix("100 % of") == true)
        var late = try self.bell(DQN.specification)
        for step in [1, Int.max / 4 + 1, 9_000_000_000_000_000_000, Int.max] {
            for _ in 1...4 { late.hear(evaluation(step, 20)) }
        }
        #expect(late.alarms.map(\.kind) == [.noImprovement])
        for mean in [1e300, .nan, .infinity] { late.hear(evaluation(.max, mean, deviation: mean)) }
    }

    /// A random agent never improves: its run says so in run.json, once, and so does the same run after a stop.
    @Test func aRunWritesItsAlarms() throws {
        var plan = try shortPlan(RandomAgent.specification, steps: 600)
        plan.evaluationInterval = 30
        plan.evaluationEpisodes = 10
        plan.writesJSONLines = true
        try train(plan, in: folder("whole"))
        try trainAndStop(plan, in: folder("stopped"), at: 520, saving: true)
        try resume(folder("stopped"))
        let document = try JSONReader.read(folder("whole/run.json")).json
        #expect(document["alarms"]?.arrayValue?.map { $0["kind"] } == ["no_improvement"])
        #expect(document["alarms"]?.arrayValue?.map { $0["step"] } == [450])
        #expect(try JSONReader.read(folder("stopped/run.json")).json["alarms"] == document["alarms"])
        #expect(try comparableFiles(of: folder("stopped")) == comparableFiles(of: folder("whole")))
        #expect(folder.text("whole/metrics.jsonl")?.contains(#"{"event":"alarm","kind":"no_improvement","step":450,"#) == true)
    }

    @Test(
        arguments: [
            (0, "0"), (475, "475"), (0.69314, "0.693"), (9.996, "10"), (-0.0123456, "-0.0123"), (72_712, "72700"),
            (1.6e-40, "1.6e-40"), (1_234_567, "1.23e6"),
        ] as [(Double, String)])
    func numbersHaveThreeDigits(_ value: Double, _ text: String) { #expect(significant(value) == text) }
}
