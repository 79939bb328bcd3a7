// DQN and Rainbow as the catalogue lists them: hyperparameters in Stable-Baselines3's words, and the worlds that they fit.
import Basics
import Kernels
import Neural
import RLCore

extension DQN {
    public static let specification = specification(
        "dqn", "deep Q-network: Q-learning with a replay memory and a target network",
        source: "Mnih et al. 2015, Human-level control through deep reinforcement learning, Nature 518")

    /// The same learner with every addition switched on; any of them can be switched off again.
    public static let rainbow = specification(
        "rainbow", "DQN with double, duelling, prioritised, n-step, distributional and noisy learning together",
        source: "Hessel et al. 2018, Rainbow: combining improvements in deep reinforcement learning",
        instead: [
            "double": .boolean(true), "dueling": .boolean(true), "prioritized": .boolean(true), "n_steps": .integer(3),
            "distribution": .text("c51"), "noisy": .boolean(true), "exploration_initial_eps": .number(0),
            "exploration_final_eps": .number(0), "adam_epsilon": .number(1.5e-4),
        ])

    private static func specification(
        _ name: String, _ summary: String, source: String, instead: [String: SettingValue] = [:]
    ) -> AlgorithmSpecification {
        AlgorithmSpecification(
            name: name, summary: summary, source: source,
            declarations: declarations.map {
                SettingDeclaration($0.key, instead[$0.key] ?? $0.initial, $0.domain, help: $0.help)
            },
            defaultSteps: 50_000, defaultLanes: 1,
            objection: { observations, actions in
                guard case .discrete = actions else {
                    return "\(name) needs a discrete action space, this world's is \(actions)"
                }
                return Torso.objection(observations).map { "\(name) does not fit: \($0)" }
            },
            agent: { (context, settings) throws(SettingError) in
                try DQN(context, Hyperparameters(settings, context)) { optimizer(settings, for: $0) }
            },
            policy: { (context, settings) throws(SettingError) in
                var random = context.random
                let store = ParameterStore(), plan = try QNetwork.Plan(settings, context)
                return QPolicy(
                    QNetwork("q", context.observationSpace, plan, in: store, using: &random), store, returns: plan.returns,
                    observationSpace: context.observationSpace, actionCount: plan.actions, lanes: context.lanes)
            })
    }

    private static let declarations: [SettingDeclaration] = [
        SettingDeclaration("learning_rate", .number(1e-3), .numbers(0...10), help: "step size α of the optimizer"),
        SettingDeclaration(
            "learning_rate_final", .number(-1), .numbers(-1...10),
            help: "the step size falls in a straight line to this at the end of the budget; -1 keeps it constant"),
        SettingDeclaration("buffer_size", .integer(50_000), .integers(1...100_000_000), help: "transitions in the replay memory"),
        SettingDeclaration(
            "memory_bits", .boolean(false), help: "the memory keeps one bit of each byte of a picture: whether it is zero"),
        SettingDeclaration(
            "learning_starts", .integer(1000), .integers(0...Int.max), help: "environment steps before the first update"),
        SettingDeclaration("batch_size", .integer(64), .integers(1...65_536), help: "transitions in one update"),
        SettingDeclaration("gamma", .number(0.99), .numbers(0...1), help: "discount γ"),
        SettingDeclaration(
            "n_steps", .integer(1), .integers(1...1000), help: "steps whose rewards a target sums before it bootstraps"),
        SettingDeclaration(
            "train_freq", .integer(4), .integers(1...Int.max), help: "environment steps between rounds of updates"),
        SettingDeclaration("gradient_steps", .integer(1), .integers(1...1_000_000), help: "updates in a round"),
        SettingDeclaration(
            "target_update_interval", .integer(500), .integers(1...Int.max),
            help: "environment steps between updates of the target"),
        SettingDeclaration(
            "tau", .number(1), .numbers(0...1), help: "share of the online network in such an update: 1 copies it"),
        SettingDeclaration(
            "exploration_fraction", .number(0.2), .numbers(0...1),
            help: "share of the budget over which ε falls in a straight line"),
        SettingDeclaration("exploration_initial_eps", .number(1), .numbers(0...1), help: "ε at the first step"),
        SettingDeclaration("exploration_final_eps", .number(0.05), .numbers(0...1), help: "ε after that"),
        SettingDeclaration(
            "max_grad_norm", .number(10), .numbers(1e-9...Double.infinity),
            help: "gradients longer than this are scaled down to it"),
        SettingDeclaration(
            "double", .boolean(false), help: "choose the next action by the online network, value it by the target"),
        SettingDeclaration(
            "dueling", .boolean(false), help: "the state's value and the actions' advantages by heads of their own"),
        SettingDeclaration("noisy", .boolean(false), help: "the heads explore by noise in their weights, whose size is learned"),
        SettingDeclaration(
            "noisy_sigma", .number(0.5), .numbers(0...10), help: "σ₀: the size of that noise at first, times √inputs"),
        SettingDeclaration(
            "prioritized", .boolean(false), help: "draw what surprised more often, and weigh it less"),
        SettingDeclaration("priority_alpha", .number(0.5), .numbers(0...1), help: "α: 0 draws uniformly, 1 in full proportion"),
        SettingDeclaration(
            "priority_epsilon", .number(1e-6), .numbers(1e-12...1), help: "added to each error, so that none is 0"),
        SettingDeclaration("priority_beta", .number(0.4), .numbers(0...1), help: "β of the importance weights at the first step"),
        SettingDeclaration(
            "priority_beta_final", .number(1), .numbers(0...1), help: "β at the end of the budget, in a straight line"),
        SettingDeclaration(
            "distribution", .text("none"), .words(["none", "c51", "quantile"]),
            help: "learn the mean of the return, probabilities of fixed returns, or its quantiles"),
        SettingDeclaration("atoms", .integer(51), .integers(2...1000), help: "how many fixed returns, or quantiles"),
        SettingDeclaration("v_min", .number(-10), .numbers(-1e9...1e9), help: "the least of the fixed returns (c51)"),
        SettingDeclaration("v_max", .number(10), .numbers(-1e9...1e9), help: "the largest of the fixed returns (c51)"),
        SettingDeclaration(
            "loss", .text("huber"), .words(["huber", "mse"]), help: "of the temporal-difference error, where the mean is learned"),
        SettingDeclaration("optimizer", .text("adam"), .words(["adam", "rmsprop", "sgd"]), help: "what applies the gradients"),
        SettingDeclaration("adam_epsilon", .number(1e-8), .numbers(0...1), help: "ε of Adam, and of RMSProp"),
        SettingDeclaration(
            "net_arch", .integers([64, 64]), .integers(1...8192),
            help:
                "widths of the hidden layers, on pictures of those after the convolutions (empty there: the paper's, 128 or 512)"),
        .activation(),
    ]

    private static func optimizer(_ settings: Settings, for store: ParameterStore) -> any Optimizer {
        let epsilon = Float(settings.number("adam_epsilon"))
        switch settings.text("optimizer") {
        case "rmsprop": return RMSProp(for: store, decay: 0.95, epsilon: epsilon, centred: true)
        case "sgd": return SGD(for: store)
        default: return Adam(for: store, epsilon: epsilon)
        }
    }
}
