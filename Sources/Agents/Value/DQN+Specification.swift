// DQN's hyperparameters, in Stable-Baselines3's words, and the worlds that it fits.
import Basics
import Neural
import RLCore

extension DQN {
    public static let specification = AlgorithmSpecification(
        name: "dqn", summary: "deep Q-network: Q-learning with a replay memory and a target network",
        source: "Mnih et al. 2015, Human-level control through deep reinforcement learning, Nature 518",
        declarations: declarations,
        defaultSteps: 50_000, defaultLanes: 1, objection: objection
    ) { (context, settings) throws(SettingError) in
        try DQN(context, Hyperparameters(settings, steps: context.steps)) { optimizer(settings, for: $0) }
    } policy: { (context, settings) throws(SettingError) in
        guard case .discrete(let actionCount) = context.actionSpace else { fatalError("DQN needs discrete actions") }
        var random = context.random
        let store = ParameterStore()
        let network = QNetwork(
            "q", context.observationSpace, hidden: settings.integers("net_arch"), activation: settings.activation,
            actions: actionCount, in: store, using: &random)
        return QPolicy(network, store, observationSpace: context.observationSpace, actionCount: actionCount, lanes: context.lanes)
    }

    private static let declarations: [SettingDeclaration] = [
        SettingDeclaration("learning_rate", .number(1e-3), .numbers(0...10), help: "step size α of the optimizer"),
        SettingDeclaration(
            "learning_rate_final", .number(-1), .numbers(-1...10),
            help: "the step size falls in a straight line to this at the end of the budget; -1 keeps it constant"),
        SettingDeclaration("buffer_size", .integer(50_000), .integers(1...100_000_000), help: "transitions in the replay memory"),
        SettingDeclaration(
            "learning_starts", .integer(1000), .integers(0...Int.max), help: "environment steps before the first update"),
        SettingDeclaration("batch_size", .integer(64), .integers(1...65_536), help: "transitions in one update"),
        SettingDeclaration("gamma", .number(0.99), .numbers(0...1), help: "discount γ"),
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
        SettingDeclaration("loss", .text("huber"), .words(["huber", "mse"]), help: "of the temporal-difference error"),
        SettingDeclaration("optimizer", .text("adam"), .words(["adam", "rmsprop", "sgd"]), help: "what applies the gradients"),
        SettingDeclaration("adam_epsilon", .number(1e-8), .numbers(0...1), help: "ε of Adam, and of RMSProp"),
        SettingDeclaration("net_arch", .integers([64, 64]), .integers(1...8192), help: "widths of the hidden layers"),
        .activation(),
    ]

    private static let objection: @Sendable (Space, Space) -> String? = { observations, actions in
        guard case .discrete = actions else { return "dqn needs a discrete action space, this world's is \(actions)" }
        return QNetwork.fits(observations)
            ? nil : "dqn here reads vectors of numbers and numbers of states, this world shows \(observations)"
    }

    private static func optimizer(_ settings: Settings, for store: ParameterStore) -> any Optimizer {
        let epsilon = Float(settings.number("adam_epsilon"))
        switch settings.text("optimizer") {
        case "rmsprop": return RMSProp(for: store, decay: 0.95, epsilon: epsilon, centred: true)
        case "sgd": return SGD(for: store)
        default: return Adam(for: store, epsilon: epsilon)
        }
    }
}

extension DQN.Hyperparameters {
    init(_ settings: Settings, steps: Int) throws(SettingError) {
        let rate = settings.number("learning_rate"), lastRate = settings.number("learning_rate_final")
        learningRate = lastRate < 0 ? .constant(rate) : .linear(from: rate, to: lastRate, steps: steps)
        epsilon = .linear(
            from: settings.number("exploration_initial_eps"), to: settings.number("exploration_final_eps"),
            steps: Int(settings.number("exploration_fraction") * Double(steps)))
        discount = Float(settings.number("gamma"))
        batchSize = settings.integer("batch_size")
        bufferSize = settings.integer("buffer_size")
        learningStarts = settings.integer("learning_starts")
        trainFrequency = settings.integer("train_freq")
        gradientSteps = settings.integer("gradient_steps")
        targetUpdateInterval = settings.integer("target_update_interval")
        tau = Float(settings.number("tau"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        isDouble = settings.boolean("double")
        usesHuber = settings.text("loss") == "huber"
        hidden = settings.integers("net_arch")
        activation = settings.activation
    }
}
