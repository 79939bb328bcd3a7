// PQN's hyperparameters, and the worlds that it fits.
import Basics
import Neural
import RLCore

extension PQN {
    public static let specification = AlgorithmSpecification(
        name: "pqn", summary: "parallel Q-learning: λ-returns and layer norm, no memory and no target network",
        source: "Gallici et al. 2024, Simplifying deep temporal difference learning, arXiv:2407.04811",
        declarations: PolicySettings.learningRate(2.5e-4, final: 0) + declarations
            + PolicySettings.optimizer("radam", epsilon: 1e-8),
        defaultSteps: 500_000, defaultLanes: 4, objection: PolicySettings.objection("pqn", continuous: false)
    ) { (context, settings) throws(SettingError) in
        PQN(context, try Hyperparameters(settings, context)) { PolicySettings.makeOptimizer(settings, for: $0) }
    } policy: { (context, settings) throws(SettingError) in
        var random = context.random
        let store = ParameterStore(), actions = context.actionSpace.policyOutputs
        let network = NormalisedQNetwork(
            "q", context.observationSpace, hidden: settings.integers("net_arch"), actions: actions,
            normalises: settings.boolean("layer_norm"), in: store, using: &random)
        return QPolicy(
            network, store, observationSpace: context.observationSpace, actionCount: actions, lanes: context.lanes)
    }

    private static let declarations: [SettingDeclaration] = [
        PolicySettings.steps(128),
        SettingDeclaration(
            "batch_size", .integer(128), .integers(1...1_000_000), help: "rows in one update; divides n_steps times the lanes"),
        SettingDeclaration("n_epochs", .integer(4), .integers(1...10_000), help: "passes over each rollout"),
        PolicySettings.gamma,
        SettingDeclaration(
            "q_lambda", .number(0.65), .numbers(0...1),
            help: "λ of the returns: 0 looks one step ahead, 1 to the end of the rollout"),
        SettingDeclaration(
            "exploration_fraction", .number(0.5), .numbers(0...1),
            help: "share of the budget over which ε falls in a straight line"),
        SettingDeclaration("exploration_initial_eps", .number(1), .numbers(0...1), help: "ε at the first step"),
        SettingDeclaration("exploration_final_eps", .number(0.05), .numbers(0...1), help: "ε after that"),
        PolicySettings.gradientLimit(10),
        SettingDeclaration("net_arch", .integers([120, 84]), .integers(1...8192), help: "widths of the hidden layers (ReLU)"),
        SettingDeclaration("layer_norm", .boolean(true), help: "normalise every hidden layer before its activation"),
    ]
}

extension PQN.Hyperparameters {
    init(_ settings: Settings, _ context: AgentContext) throws(SettingError) {
        learningRate = settings.schedule("learning_rate", steps: context.steps)
        epsilon = .linear(
            from: settings.number("exploration_initial_eps"), to: settings.number("exploration_final_eps"),
            steps: Int(settings.number("exploration_fraction") * Double(context.steps)))
        steps = settings.integer("n_steps")
        batchSize = settings.integer("batch_size")
        epochs = settings.integer("n_epochs")
        discount = Float(settings.number("gamma"))
        lambda = Float(settings.number("q_lambda"))
        gradientLimit = Float(settings.number("max_grad_norm"))
        hidden = settings.integers("net_arch")
        normalises = settings.boolean("layer_norm")
        try PolicySettings.check(batchSize: batchSize, divides: steps, lanes: context.lanes)
    }
}
