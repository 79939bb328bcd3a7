// What a run reached: the document of `rl train --json`, and the results in `run.json`.

import Agents
import RLCore

public struct RunReport: Sendable {
    public let plan: TrainingPlan
    public let step: Int
    public let updates: Int
    public let episodes: Int
    public let seconds: Double
    public let secondsToSolve: Double?
    public let best: (evaluation: Evaluation, step: Int)
    public let final: Evaluation
    /// See `TrainingRun.fingerprint`: of the last weights, which are not always the kept ones.
    public let fingerprint: String

    /// Nil where the world has no threshold.
    public var isSolved: Bool? { plan.environment.threshold.map { final.mean >= $0 } }

    /// What is the same for equal seeds: everything but the clock.
    public var json: JSON {
        [
            "steps": JSON(step), "updates": JSON(updates), "episodes": JSON(episodes), "solved": isSolved.map { JSON($0) } ?? nil,
            "best": [
                "mean_return": JSON(best.evaluation.mean), "episodes": JSON(best.evaluation.returns.count),
                "step": JSON(best.step),
            ],
            "final": [
                "mean_return": JSON(final.mean), "std_return": JSON(final.standardDeviation), "min_return": JSON(final.minimum),
                "episodes": JSON(final.returns.count),
            ],
            "fingerprint": JSON(fingerprint),
        ]
    }

    /// The document that `rl train --json` ends with.
    ///
    /// - Parameter seconds: from the start of the process.
    public func document(run path: String, seconds: Double) -> JSON {
        Self.document(
            run: path, plan, results: json, timing: ["seconds": JSON(seconds), "seconds_to_solve": JSON(secondsToSolve)])
    }
    /// The same from the parts of `run.json`.
    static func document(run path: String, _ plan: TrainingPlan, results: JSON, timing: JSON?) -> JSON {
        [
            "run": JSON(path), "algorithm": JSON(plan.algorithm.name), "environment": JSON(plan.environment.name),
            "seed": JSON(seed: plan.seed), "steps": results["steps"] ?? nil, "updates": results["updates"] ?? nil,
            "episodes": results["episodes"] ?? nil, "seconds": timing?["seconds"] ?? nil,
            "seconds_to_solve": timing?["seconds_to_solve"] ?? nil, "solved": results["solved"] ?? nil,
            "best": results["best"] ?? nil, "final": results["final"] ?? nil,
            "fingerprint": results["fingerprint"] ?? nil,
        ]
    }
}
