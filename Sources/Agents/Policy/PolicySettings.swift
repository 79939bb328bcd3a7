// Hyperparameters that policy-gradient learners share, in Stable-Baselines3's words, and the worlds that these learners fit.
import Basics
import Neural
import RLCore

enum PolicySettings {
    static func learningRate(_ initial: Double, final: Double = -1) -> [SettingDeclaration] {
        [
            SettingDeclaration("learning_rate", .number(initial), .numbers(0...10), help: "step size α of the optimizer"),
            SettingDeclaration(
                "learning_rate_final", .number(final), .numbers(-1...10),
                help: "the step size falls in a straight line to this at the end of the budget; -1 keeps it constant"),
        ]
    }
    static let gamma = SettingDeclaration("gamma", .number(0.99), .numbers(0...1), help: "discount γ")
    static func lambda(_ initial: Double) -> SettingDeclaration {
        SettingDeclaration(
            "gae_lambda", .number(initial), .numbers(0...1),
            help: "λ of the advantages: 0 looks one step ahead, 1 to the end of the rollout")
    }
    static func steps(_ initial: Int) -> SettingDeclaration {
        SettingDeclaration(
            "n_steps", .integer(initial), .integers(1...1_000_000), help: "steps of each lane between rounds of updates")
    }
    static func coefficients(entropy: Double = 0, value: Double = 0.5) -> [SettingDeclaration] {
        [
            SettingDeclaration("ent_coef", .number(entropy), .numbers(0...1000), help: "weight of the entropy in the loss"),
            SettingDeclaration("vf_coef", .number(value), .numbers(0...1000), help: "weight of the value's error in the loss"),
        ]
    }
    static func gradientLimit(_ initial: Double) -> SettingDeclaration {
        SettingDeclaration(
            "max_grad_norm", .number(initial), .numbers(1e-9...Double.infinity),
            help: "gradients longer than this are scaled down to it")
    }
    static func optimizer(_ initial: String, epsilon: Double = 1e-5) -> [SettingDeclaration] {
        [
            SettingDeclaration(
                "optimizer", .text(initial), .words(["adam", "rmsprop", "radam", "sgd"]), help: "what applies the gradients"),
            SettingDeclaration(
                "optimizer_epsilon", .number(epsilon), .numbers(0...1), help: "ε of Adam, RAdam and RMSProp"),
        ]
    }
    static func network(_ hidden: [Int] = [64, 64], activation: String = "tanh") -> [SettingDeclaration] {
        [
            SettingDeclaration(
                "net_arch", .integers(hidden), .integers(1...8192),
                help: "widths of the hidden layers, of the policy and of the value alike"),
            .activation(activation),
        ]
    }

    /// Why such a learner cannot learn in a world of these spaces; nil when it can.
    ///
    /// - Parameter continuous: whether it can draw numbers as well as choices.
    static func objection(_ name: String, continuous: Bool) -> @Sendable (Space, Space) -> String? {
        { observations, actions in
            switch actions {
            case .discrete: break
            case .box(.vector, _, _) where continuous: break
            default:
                return "\(name) needs a discrete action space, this world's is \(actions)\(continuous ? "" : "; ppo and a2c fit")"
            }
            return Torso.objection(observations).map { "\(name) does not fit: \($0)" }
        }
    }

    static func makeOptimizer(_ settings: Settings, for store: ParameterStore) -> any Optimizer {
        let epsilon = Float(settings.number("optimizer_epsilon"))
        switch settings.text("optimizer") {
        case "rmsprop": return RMSProp(for: store, epsilon: epsilon)
        case "radam": return RAdam(for: store, epsilon: epsilon)
        case "sgd": return SGD(for: store)
        default: return Adam(for: store, epsilon: epsilon)
        }
    }
}

extension Settings {
    /// From `key` to `key_final` in a straight line over the budget, or constant where the latter is negative.
    func schedule(_ key: String, steps: Int) -> Schedule {
        let first = number(key), last = number("\(key)_final")
        return last < 0 ? .constant(first) : .linear(from: first, to: last, steps: steps)
    }
}

extension AlgorithmSpecification {
    /// A learner whose decisions are an `ActorCriticPolicy`.
    ///
    /// - Parameter hasValue: whether its network has a V(s), which is then saved with it.
    static func policyGradient(
        _ name: String, summary: String, source: String, declarations: [SettingDeclaration], defaultSteps: Int,
        defaultLanes: Int, continuous: Bool = false, hasValue: @escaping @Sendable (Settings) -> Bool = { _ in true },
        agent: @escaping @Sendable (AgentContext, Settings) throws(SettingError) -> any Agent
    ) -> AlgorithmSpecification {
        AlgorithmSpecification(
            name: name, summary: summary, source: source, declarations: declarations, defaultSteps: defaultSteps,
            defaultLanes: defaultLanes, objection: PolicySettings.objection(name, continuous: continuous), agent: agent
        ) { (context, settings) throws(SettingError) in
            var random = context.random
            let store = ParameterStore()
            let network = ActorCriticNetwork(
                context.observationSpace, context.actionSpace, hidden: settings.integers("net_arch"),
                activation: settings.activation,
                last: settings.activationIfDeclared("last_activation_fn"),
                hasValue: hasValue(settings), in: store, using: &random)
            return ActorCriticPolicy(
                network, store, context.observationSpace, context.actionSpace, lanes: context.lanes)
        }
    }
}
