// REINFORCE's hyperparameters, and what excludes what.
import Basics
import Neural
import RLCore

extension REINFORCE {
    public static let specification = AlgorithmSpecification.policyGradient(
        "reinforce", summary: "the Monte-Carlo policy gradient, with a baseline as an option",
        source: "Williams 1992, Simple statistical gradient-following algorithms for connectionist reinforcement learning",
        declarations: PolicySettings.learningRate(1e-3) + declarations + PolicySettings.coefficients()
            + [PolicySettings.gradientLimit(10)] + PolicySettings.optimizer("adam", epsilon: 1e-8) + PolicySettings.network(),
        defaultSteps: 1_000_000, defaultLanes: 8,
        hasValue: { $0.text("baseline") == Baseline.value.rawValue }
    ) { (context, settings) throws(SettingError) in
        REINFORCE(context, try Hyperparameters(settings, context)) { PolicySettings.makeOptimizer(settings, for: $0) }
    }

    private static let declarations: [SettingDeclaration] = [
        SettingDeclaration(
            "n_episodes", .integer(8), .integers(1...1_000_000), help: "episodes in one update, as many from each lane"),
        PolicySettings.gamma,
        SettingDeclaration(
            "reward_to_go", .boolean(true), help: "credit an action with what followed it, not with its whole episode"),
        SettingDeclaration(
            "baseline", .text(Baseline.value.rawValue), .words(Baseline.allCases.map(\.rawValue)),
            help: "what is taken from returns: nothing, their moving average, or a learned value of the state"),
        SettingDeclaration(
            "baseline_decay", .number(0.9), .numbers(0...0.999999), help: "of the moving average, for each update"),
        SettingDeclaration(
            "normalize_advantage", .boolean(false), help: "weights of an update shifted to mean 0 and scaled to deviation 1"),
    ]
}

extension REINFORCE.Hyperparameters {
    init(_ settings: Settings, _ context: AgentContext) throws(SettingError) {
        learningRate = settings.schedule("learning_rate", steps: context.steps)
        episodes = settings.integer("n_episodes")
        discount = settings.number("gamma")
        usesRewardToGo = settings.boolean("reward_to_go")
        baseline = REINFORCE.Baseline(rawValue: settings.text("baseline")) ?? .none
        baselineDecay = settings.number("baseline_decay")
        normalises = settings.boolean("normalize_advantage")
        entropyWeight = Float(settings.number("ent_coef"))
        valueWeight = Float(settings.number("vf_coef"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        hidden = settings.integers("net_arch")
        activation = settings.activation
        guard episodes % context.lanes == 0 else {
            throw SettingError(
                key: "n_episodes",
                "n_episodes \(episodes) cannot be shared by \(context.lanes) lanes; \((episodes / context.lanes + 1) * context.lanes) can"
            )
        }
        if baseline == .value && !usesRewardToGo {
            throw SettingError(
                key: "baseline",
                "baseline=value is fitted to the return from each state on: leave reward_to_go=true, or choose baseline=moving_average"
            )
        }
    }
}
