// An algorithm as the catalogue lists it: its name, its hyperparameters, the worlds it fits, and how it is made.
public import Basics
public import RLCore

/// What an agent is told about the run it is made for.
public struct AgentContext: Sendable {
    public let observationSpace: Space
    public let actionSpace: Space
    public let lanes: Int
    /// The budget in environment steps: schedules given as fractions become absolute with it, once.
    public let steps: Int
    /// For the first values of the parameters.
    public let random: RandomSource
    /// The world's rules, for algorithms that plan: given where `AlgorithmSpecification.needsModel`.
    public let model: (any MDP)?

    public init(
        observationSpace: Space, actionSpace: Space, lanes: Int, steps: Int, random: RandomSource, model: (any MDP)? = nil
    ) {
        self.observationSpace = observationSpace
        self.actionSpace = actionSpace
        self.lanes = lanes
        self.steps = steps
        self.random = random
        self.model = model
    }

    func shown(by rules: Preprocessing) -> AgentContext {
        AgentContext(
            observationSpace: rules.shown(observationSpace), actionSpace: actionSpace, lanes: lanes, steps: steps, random: random,
            model: model)
    }
}

public struct AlgorithmSpecification: Sendable {
    /// What users type; lower case.
    public let name: String
    public let summary: String
    /// Where the algorithm comes from.
    public let source: String
    /// Without those of `Preprocessing`, which every algorithm has.
    public let declarations: [SettingDeclaration]
    /// Steps and lanes of a run that has no preset.
    public let defaultSteps: Int
    public let defaultLanes: Int
    /// It plans: `AgentContext.model` must be there when the agent is made (a policy is made without).
    public let needsModel: Bool
    private let objection: @Sendable (Space, Space) -> String?
    private let agentMaker: @Sendable (AgentContext, Settings) throws(SettingError) -> any Agent
    private let policyMaker: @Sendable (AgentContext, Settings) throws(SettingError) -> any Policy

    /// - Parameters:
    ///   - objection: why the algorithm does not fit these observation and action spaces; nil when it does.
    ///   - policy: something that decides, to be filled by `Policy.load(from:)`.
    public init(
        name: String, summary: String, source: String, declarations: [SettingDeclaration], defaultSteps: Int, defaultLanes: Int,
        needsModel: Bool = false, objection: @escaping @Sendable (Space, Space) -> String?,
        agent: @escaping @Sendable (AgentContext, Settings) throws(SettingError) -> any Agent,
        policy: @escaping @Sendable (AgentContext, Settings) throws(SettingError) -> any Policy
    ) {
        self.name = name
        self.summary = summary
        self.source = source
        self.declarations = declarations
        self.defaultSteps = defaultSteps
        self.defaultLanes = defaultLanes
        self.needsModel = needsModel
        self.objection = objection
        agentMaker = agent
        policyMaker = policy
    }

    public var settings: Settings { Settings(declarations + Preprocessing.declarations) }

    /// Why it cannot learn in a world of these spaces; nil when it can.
    public func objection(observations: Space, actions: Space) -> String? { objection(observations, actions) }
    /// The same where it is known whether the world's rules can be read.
    public func objection(observations: Space, actions: Space, hasModel: Bool) -> String? {
        needsModel && !hasModel
            ? "\(name) needs a world whose rules can be read, and this one can only be played; a learner such as dqn or ppo fits"
            : objection(observations, actions)
    }
    public func makeAgent(_ context: AgentContext, _ settings: Settings) throws(SettingError) -> any Agent {
        let rules = try preprocessing(context, settings)
        let agent = try agentMaker(context.shown(by: rules), settings)
        return rules.isNothing ? agent : PreprocessedAgent(agent, rules, lanes: context.lanes, space: context.observationSpace)
    }
    public func makePolicy(_ context: AgentContext, _ settings: Settings) throws(SettingError) -> any Policy {
        let rules = try preprocessing(context, settings)
        let policy = try policyMaker(context.shown(by: rules), settings)
        return rules.normalizesObservations ? PreprocessedPolicy(policy, rules, space: context.observationSpace) : policy
    }

    private func preprocessing(_ context: AgentContext, _ settings: Settings) throws(SettingError) -> Preprocessing {
        let rules = Preprocessing(settings)
        if needsModel && !rules.isNothing {
            throw SettingError(key: "", "\(name) plans with the world's rules, which no normalisation, scale or bound can change")
        }
        if rules.normalizesObservations, case .box = context.observationSpace { return rules }
        guard !rules.normalizesObservations else {
            throw SettingError(
                key: "normalize_observation",
                "normalize_observation needs observations that are real numbers, these are \(context.observationSpace)")
        }
        return rules
    }
}
