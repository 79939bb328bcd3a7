// Hyperparameters that tabular learners share, the worlds they fit, and how the catalogue lists them.
import Basics
import Kernels
import RLCore

struct TabularHyperparameters: Sendable {
    let learningRate: Schedule
    let learningRateVisits: Double
    let epsilon: Schedule
    let discount: Double
    let initialValue: Double

    init(_ settings: Settings, steps: Int) {
        let rate = settings.number("learning_rate"), last = settings.number("learning_rate_final")
        learningRate = last < 0 ? .constant(rate) : .linear(from: rate, to: last, steps: steps)
        learningRateVisits = settings.number("learning_rate_visits")
        epsilon = .linear(
            from: settings.number("exploration_initial_eps"), to: settings.number("exploration_final_eps"),
            steps: Int(settings.number("exploration_fraction") * Double(steps)))
        discount = settings.number("gamma")
        initialValue = settings.number("initial_value")
    }

    /// ε and the step size α of the steps from `steps` on.
    func scheduled(at steps: Int) -> (epsilon: Double, size: StepSize) {
        (epsilon.value(at: steps), StepSize(first: learningRate.value(at: steps), halfLife: learningRateVisits))
    }

    /// - Parameter finalEpsilon: where exploration ends by default: 0 for learners on policy, whose values are those of what they do.
    static func declarations(learningRate: Double, finalEpsilon: Double) -> [SettingDeclaration] {
        [
            SettingDeclaration("learning_rate", .number(learningRate), .numbers(0...1), help: "step size α"),
            SettingDeclaration(
                "learning_rate_final", .number(-1), .numbers(-1...1),
                help: "the step size falls in a straight line to this at the end of the budget; -1 keeps it"),
            SettingDeclaration(
                "learning_rate_visits", .number(0), .numbers(0...1e12),
                help: "h: the step size of a pair falls with its visits n as h / (h + n - 1): 1 averages, 0 does not fall"),
            SettingDeclaration("gamma", .number(0.99), .numbers(0...1), help: "discount γ"),
            SettingDeclaration("exploration_initial_eps", .number(1), .numbers(0...1), help: "ε at the first step"),
            SettingDeclaration("exploration_final_eps", .number(finalEpsilon), .numbers(0...1), help: "ε after that"),
            SettingDeclaration(
                "exploration_fraction", .number(0.5), .numbers(0...1),
                help: "share of the budget over which ε falls in a straight line"),
            SettingDeclaration("initial_value", .number(0), .numbers(-1e12...1e12), help: "of every action in every state"),
        ]
    }

    /// Why a table does not fit these spaces; nil when it does.
    static func objection(_ name: String) -> @Sendable (Space, Space) -> String? {
        { observations, actions in
            guard case .discrete = actions else {
                return
                    "\(name) needs a discrete action space, this world's is \(actions); a policy-gradient method such as ppo fits"
            }
            guard case .discrete(let count) = observations else {
                return "\(name) needs a discrete observation space, this world shows \(observations); dqn fits"
            }
            return count <= 1 << 24 ? nil : "\(name) would need a table of \(count) states, at most \(1 << 24) fit"
        }
    }
}

extension AlgorithmSpecification {
    /// - Parameter rule: makes the rule for a table, a number of lanes, the shared hyperparameters and all settings.
    static func tabular<Rule: TabularRule>(
        _ name: String, summary: String, source: String, learningRate: Double = 0.1, finalEpsilon: Double = 0.05,
        declarations: [SettingDeclaration] = [], defaultSteps: Int = 500_000,
        rule: @escaping @Sendable (ActionValueTable, Int, TabularHyperparameters, Settings) -> Rule
    ) -> AlgorithmSpecification {
        tabular(
            name, summary: summary, source: source, learningRate: learningRate, finalEpsilon: finalEpsilon,
            declarations: declarations, defaultSteps: defaultSteps,
            agent: { (table, lanes, hyper, settings) in TabularAgent(rule(table, lanes, hyper, settings), hyper, lanes: lanes) })
    }

    /// - Parameter agent: the same where the settings choose among rules.
    static func tabular(
        _ name: String, summary: String, source: String, learningRate: Double = 0.1, finalEpsilon: Double = 0.05,
        declarations: [SettingDeclaration] = [], defaultSteps: Int = 500_000,
        agent: @escaping @Sendable (ActionValueTable, Int, TabularHyperparameters, Settings) throws(SettingError) -> TabularAgent
    ) -> AlgorithmSpecification {
        AlgorithmSpecification(
            name: name, summary: summary, source: source,
            declarations: TabularHyperparameters.declarations(learningRate: learningRate, finalEpsilon: finalEpsilon)
                + declarations,
            defaultSteps: defaultSteps, defaultLanes: 1, objection: TabularHyperparameters.objection(name),
            agent: { (context, settings) throws(SettingError) in
                let hyper = TabularHyperparameters(settings, steps: context.steps)
                let (states, actions) = context.tableSize
                let table = ActionValueTable(states: states, actions: actions, initial: hyper.initialValue)
                return try agent(table, context.lanes, hyper, settings)
            },
            policy: { (context, _) in
                let (states, actions) = context.tableSize
                return TabularPolicy(states: states, actions: actions)
            })
    }
}

extension AgentContext {
    /// - Precondition: both spaces are discrete.
    var tableSize: (states: Int, actions: Int) {
        guard case .discrete(let states) = observationSpace, case .discrete(let actions) = actionSpace else {
            fatalError("a table needs discrete spaces, these are \(observationSpace) and \(actionSpace)")
        }
        return (states, actions)
    }
}
