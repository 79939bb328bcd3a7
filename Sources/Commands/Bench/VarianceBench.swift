// `rl bench variance`: trains once, keeps the policy of the start, the middle and the end, and measures their gradients.

import Agents
import Basics
import Environments
import Measuring
import RLCore
import Training

struct VarianceBench {
    let preset: String
    let seed: UInt64
    let batches: Int
    let episodes: Int

    /// Episodes of the measurement begin here: training and examining never see these seeds.
    private static let firstSeed: UInt64 = 3_000_000

    func run(_ context: Context, _ live: LiveLine) throws -> VarianceReport {
        let plan = try plan(context)
        let policies = try train(plan, live)
        var report = VarianceReport(
            preset: preset, environment: plan.environment.name, seed: seed, batches: batches, episodes: episodes,
            discount: plan.hyperparameters.number("gamma"))
        let vector = try plan.environment.makeVector(plan.environmentSettings, lanes: episodes)
        for policy in policies {
            live.update("\(policy.name) of the training: \(batches) batches of \(counted(episodes, "episode")) …")
            let sampler = try GradientSampler(
                AgentContext(
                    observationSpace: vector.observationSpace, actionSpace: vector.actionSpace, lanes: episodes, steps: 1,
                    random: RandomSource(seed: seed, key: [3])), plan.hyperparameters, weights: policy.weights)
            report.policies.append(
                VarianceReport.Policy(
                    name: policy.name, step: policy.step,
                    variance: try GradientVariance.measure(sampler, in: vector, batches: batches, seed: Self.firstSeed)))
        }
        live.finish()
        return report
    }

    private func plan(_ context: Context) throws -> TrainingPlan {
        guard let home = try context.dataHome() else {
            throw CommandFailure("there is no folder of presets; set BELLMAN_HOME to the one that holds agents/")
        }
        var plan = try Preset(try home.file(.agents, preset, suffix: ".json")).plan(context.application.catalogues)
        guard plan.algorithm.name == REINFORCE.specification.name, plan.hyperparameters.text("baseline") == "value" else {
            throw UsageError("--preset needs one of reinforce with baseline=value, as reinforce-cartpole is; \(preset) is not")
        }
        plan.seed = seed
        return plan
    }

    /// The weights before the first step, of the step nearest to half of the run, and of its last.
    private func train(_ plan: TrainingPlan, _ live: LiveLine) throws -> [(name: String, step: Int, weights: Archive)] {
        let run = try TrainingRun(plan)
        var kept = [(step: 0, weights: weights(of: run))]
        let interval = max(1, plan.steps / 1000)
        while !run.isFinished {
            let before = run.step
            try run.advance()
            guard run.isFinished || run.step / interval != before / interval else { continue }
            kept.append((run.step, weights(of: run)))
            live.update("training, step \(grouped(run.step)) …")
        }
        let half = run.step / 2
        let middle = kept.min { abs($0.step - half) < abs($1.step - half) } ?? kept[0]
        return [("start", kept[0]), ("middle", middle), ("end", kept[kept.count - 1])].map { ($0, $1.step, $1.weights) }
    }

    private func weights(of run: TrainingRun) -> Archive {
        var archive = Archive()
        run.agent.makePolicy().save(into: &archive)
        return archive
    }
}
