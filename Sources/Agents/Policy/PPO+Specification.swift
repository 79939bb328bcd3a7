// PPO's hyperparameters, in Stable-Baselines3's words and with its defaults.
import Basics
import Neural
import RLCore

extension PPO {
    struct Hyperparameters: Sendable {
        let learningRate: Schedule
        let clipRange: Schedule
        /// Nil: the value's step is not clipped.
        let valueClipRange: Float?
        /// Nil: every epoch is run.
        let targetDivergence: Float?
        let steps: Int
        let batchSize: Int
        let epochs: Int
        let discount: Float
        let lambda: Float
        let entropyWeight: Float
        let valueWeight: Float
        let gradientLimit: Float
        let normalises: Bool
        let hidden: [Int]
        let activation: Activation
    }

    public static let specification = AlgorithmSpecification.policyGradient(
        "ppo", summary: "proximal policy optimisation: epochs of clipped updates on one rollout",
        source: "Schulman et al. 2017, Proximal policy optimization algorithms, arXiv:1707.06347",
        declarations: PolicySettings.learningRate(3e-4) + declarations + PolicySettings.coefficients()
            + [PolicySettings.gradientLimit(0.5)] + PolicySettings.optimizer("adam") + PolicySettings.network(),
        defaultSteps: 500_000, defaultLanes: 1, continuous: true
    ) { (context, settings) throws(SettingError) in
        PPO(context, try Hyperparameters(settings, context)) { PolicySettings.makeOptimizer(settings, for: $0) }
    }

    private static let declarations: [SettingDeclaration] = [
        PolicySettings.steps(2048),
        SettingDeclaration(
            "batch_size", .integer(64), .integers(1...1_000_000), help: "rows in one update; divides n_steps times the lanes"),
        SettingDeclaration("n_epochs", .integer(10), .integers(1...10_000), help: "passes over each rollout"),
        PolicySettings.gamma, PolicySettings.lambda(0.95),
        SettingDeclaration(
            "clip_range", .number(0.2), .numbers(0...1000), help: "ε: the ratio of probabilities counts within 1 ± ε"),
        SettingDeclaration(
            "clip_range_final", .number(-1), .numbers(-1...1000),
            help: "ε falls in a straight line to this at the end of the budget; -1 keeps it constant"),
        SettingDeclaration(
            "clip_range_vf", .number(0), .numbers(0...1e9), help: "how far an update may move a value; 0 does not limit it"),
        SettingDeclaration(
            "normalize_advantage", .boolean(true), help: "advantages of a minibatch shifted to mean 0 and scaled to deviation 1"),
        SettingDeclaration(
            "target_kl", .number(0), .numbers(0...1000),
            help: "a rollout's updates stop when the policy has moved 1.5 times this far; 0 does not stop them"),
    ]
}

extension PPO.Hyperparameters {
    init(_ settings: Settings, _ context: AgentContext) throws(SettingError) {
        learningRate = settings.schedule("learning_rate", steps: context.steps)
        clipRange = settings.schedule("clip_range", steps: context.steps)
        let valueRange = settings.number("clip_range_vf"), limit = settings.number("target_kl")
        valueClipRange = valueRange == 0 ? nil : Float(valueRange)
        targetDivergence = limit == 0 ? nil : Float(limit)
        steps = settings.integer("n_steps")
        batchSize = settings.integer("batch_size")
        epochs = settings.integer("n_epochs")
        discount = Float(settings.number("gamma"))
        lambda = Float(settings.number("gae_lambda"))
        entropyWeight = Float(settings.number("ent_coef"))
        valueWeight = Float(settings.number("vf_coef"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        normalises = settings.boolean("normalize_advantage")
        hidden = settings.integers("net_arch")
        activation = settings.activation
        try PolicySettings.check(batchSize: batchSize, divides: steps, lanes: context.lanes)
        if normalises && batchSize == 1 {
            throw SettingError(
                key: "batch_size",
                "batch_size 1 leaves nothing to normalise advantages by: set normalize_advantage=false, or a larger batch_size")
        }
    }
}

extension PolicySettings {
    /// The most rows that a rollout may have.
    static let largestRollout = 1 << 24

    /// - Throws: where a rollout of all lanes would have more rows than fit.
    static func check(steps: Int, lanes: Int) throws(SettingError) {
        guard steps > largestRollout / lanes else { return }
        throw SettingError(
            key: "n_steps",
            "n_steps \(steps) in \(lanes) lanes are more than the \(largestRollout) rows that a rollout may have; "
                + "\(largestRollout / lanes) fit")
    }

    /// - Throws: where minibatches of `batchSize` rows do not fill a rollout, naming the nearest size that does.
    static func check(batchSize: Int, divides steps: Int, lanes: Int) throws(SettingError) {
        try check(steps: steps, lanes: lanes)
        let rows = steps * lanes
        guard rows % batchSize != 0 else { return }
        let nearest = (1...rows).filter { rows % $0 == 0 }.min { abs($0 - batchSize) < abs($1 - batchSize) } ?? rows
        throw SettingError(
            key: "batch_size",
            "batch_size \(batchSize) does not divide a rollout of \(steps) steps in \(lanes) \(lanes == 1 ? "lane" : "lanes") "
                + "(\(rows) rows); \(nearest) does")
    }
}
