// AC(λ)'s hyperparameters, with the values of MinAtar's example where nothing else is said.
import Basics
import Neural
import RLCore

extension ActorCriticLambda {
    public static let specification = AlgorithmSpecification.policyGradient(
        "ac-lambda", summary: "actor-critic with eligibility traces, online, one lane",
        source: "Young & Tian 2019, MinAtar, arXiv:1903.03176; Sutton & Barto 2018, section 13.5",
        declarations: PolicySettings.learningRate(0.00048828125)
            + [
                PolicySettings.gamma,
                SettingDeclaration(
                    "lambda", .number(0.8), .numbers(0...1), help: "λ: what a step leaves of the traces, besides γ"),
                SettingDeclaration("ent_coef", .number(0.01), .numbers(0...1000), help: "β: weight of the entropy"),
                SettingDeclaration(
                    "policy_coef", .number(0.5), .numbers(0...1000), help: "weight of log π beside that of V in the traces"),
                SettingDeclaration(
                    "rms_decay", .number(0.999), .numbers(0...0.999999), help: "of the average of squared steps"),
                SettingDeclaration("rms_epsilon", .number(1e-4), .numbers(1e-12...1), help: "added to that average"),
            ] + PolicySettings.network([128], activation: "silu")
            + [
                SettingDeclaration(
                    "last_activation_fn", .text("dsilu"), .words(Activation.names), help: "after the last hidden layer")
            ],
        defaultSteps: 1_000_000, defaultLanes: 1
    ) { (context, settings) throws(SettingError) in
        guard context.lanes == 1 else {
            throw SettingError(
                key: "lanes",
                "ac-lambda keeps the traces of one lane, \(context.lanes) were asked for: --lanes 1, or a2c for many lanes")
        }
        return ActorCriticLambda(context, try Hyperparameters(settings, steps: context.steps))
    }
}

extension ActorCriticLambda.Hyperparameters {
    init(_ settings: Settings, steps: Int) throws(SettingError) {
        learningRate = settings.schedule("learning_rate", steps: steps)
        discount = Float(settings.number("gamma"))
        lambda = Float(settings.number("lambda"))
        entropyWeight = Float(settings.number("ent_coef"))
        policyWeight = Float(settings.number("policy_coef"))
        decay = Float(settings.number("rms_decay"))
        epsilon = Float(settings.number("rms_epsilon"))
        hidden = settings.integers("net_arch")
        activation = settings.activation
        lastActivation = settings.activation("last_activation_fn")
    }
}
