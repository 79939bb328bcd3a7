// Presets: what they may say, and where exactly they are wrong when they are.
import Basics
import TestSupport
import Testing

@testable import Training

@Suite struct PresetTests {
    private let folder = TemporaryFolder()
    private let good = """
        // A comment.
        {
          "format": 1, "algorithm": "dqn", "environment": "cartpole",
          "env": {"time_limit": 200}, "steps": 1000, "lanes": 3, "until_return": 195, "eval_every": 50, "eval_episodes": 7,
          "hyperparameters": {
            "learning_rate": 1, "net_arch": [32, 16], "double": true, "loss": "mse"
          },
          "source": "made up", "expected": {"threshold": 195, "seeds": [0, 1], "final": [200, 150.5]}
        }
        """

    private func preset(_ text: String) throws -> Preset {
        try AtomicFile.write(text, to: folder("my-preset.json"))
        return try Preset(folder("my-preset.json"))
    }

    @Test func everyKeyIsRead() throws {
        let preset = try preset(good)
        #expect(preset.name == "my-preset" && preset.algorithm == "dqn" && preset.environment == "cartpole")
        #expect(preset.source == "made up" && preset.expected == .init(threshold: 195, seeds: [0, 1], final: [200, 150.5]))
        let plan = try preset.plan(Catalogues())
        #expect(plan.steps == 1002 && plan.lanes == 3 && plan.untilReturn == 195)
        #expect(plan.evaluationInterval == 50 && plan.evaluationEpisodes == 7 && plan.checkpointInterval == 100)
        #expect(plan.hyperparameters.number("learning_rate") == 1 && plan.hyperparameters.integers("net_arch") == [32, 16])
        #expect(plan.environmentSettings.integer("time_limit") == 200)
        #expect(plan.hyperparameters.origin("loss") == "preset my-preset" && plan.hyperparameters.origin("gamma") == nil)
        #expect(plan.origins["steps"] == "preset my-preset" && plan.origins["seed"] == nil)
        let shorter = try preset.plan(Catalogues(), steps: 100, lanes: 1)
        #expect(shorter.steps == 100 && shorter.lanes == 1 && shorter.checkpointInterval == 10)
    }

    @Test(arguments: [
        ("\"steps\"", "\"stpes\"", 4, 31, "did you mean \"steps\"?"), ("1000", "-5", 4, 40, "must be from 1 to"),
        ("1000", "1e300", 4, 40, "must be an integer"), ("1000", "9223372036854775807", 4, 40, "must be from 1 to 1000000000000"),
        ("\"lanes\": 3", "\"lanes\": 0", 4, 55, "must be from 1 to 16384"), ("\"format\": 1", "\"format\": 2", 3, 13, "format 1"),
        ("195, \"eval", "\"high\", \"eval", 4, 74, "must be a number"), ("\"lanes\": 3", "\"steps\": 3", 4, 46, "second time"),
        ("[0, 1]", "[0]", 8, 36, "1 seeds and 2 final"), ("\"dqn\"", "7", 3, 29, "must be a string"),
        ("}\n}", "}\n", nil, nil, ""),
    ])
    func mistakesHaveAPlace(_ old: String, _ new: String, _ line: Int?, _ column: Int?, _ words: String) {
        #expect(good.contains(old))
        let error = fileFailure { _ = try preset(good.replacing(old, with: new, maxReplacements: 1)) }
        #expect(error?.exitStatus == 65 && error?.message.contains(words) != false, "\(error?.description ?? "accepted")")
        if let line, let column { #expect(error?.line == line && error?.column == column, "\(error?.description ?? "")") }
    }

    @Test(arguments: [
        ("\"net_arch\"", "\"net_arhc\"", 6, "did you mean \"net_arch\"?"),
        ("\"learning_rate\": 1", "\"learning_rate\": \"fast\"", 6, "a number"),
        ("[32, 16]", "[32, 0.5]", 6, "each element"), ("\"mse\"", "\"l1\"", 6, "one of huber, mse"),
        ("\"double\": true", "\"activation_fn\": \"tahn\"", 6, "leaky_relu, elu, tahn is not; did you mean \"tanh\"?"),
        ("200}, \"st", "0}, \"st", 4, "at least 1"),
    ])
    func settingsAreCheckedAgainstTheirDeclarations(_ old: String, _ new: String, _ line: Int, _ words: String) {
        #expect(good.contains(old))
        let error = fileFailure {
            _ = try preset(good.replacing(old, with: new, maxReplacements: 1)).plan(Catalogues())
        }
        #expect(
            error?.exitStatus == 65 && error?.line == line && error?.message.contains(words) == true,
            "\(error?.description ?? "accepted")")
    }

    @Test func depthAndSizeAreBounded() {
        let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        #expect(fileFailure { _ = try preset(good.replacing("{\"time_limit\": 200}", with: deep)) }?.exitStatus == 65)
        #expect(fileFailure { _ = try preset(good + String(repeating: " ", count: 1 << 20)) }?.exitStatus == 65)
        #expect(fileFailure { _ = try Preset(folder("absent.json")) }?.exitStatus == 66)
    }

    @Test func plansSurviveJSON() throws {
        var plan = try preset(good).plan(Catalogues())
        plan.seed = .max
        plan.origins["seed"] = "--seed"
        try plan.hyperparameters.set("gamma", parsing: "0.9", from: "--set")
        let text = JSONWriter.pretty(plan.json)
        let back = try TrainingPlan(JSONReader.parse(Array(text.utf8), path: "run.json"), Catalogues())
        #expect(back.json == plan.json && back.seed == .max && back.origins == plan.origins)
        #expect(back.hyperparameters == plan.hyperparameters && back.environmentSettings == plan.environmentSettings)
    }
}
