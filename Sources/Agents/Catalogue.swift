// The algorithms there are, by name.
import Basics

public struct AlgorithmCatalogue: Sendable {
    public private(set) var all: [AlgorithmSpecification]

    public static let builtIn = AlgorithmCatalogue([
        PlanningAgent.valueIteration, PlanningAgent.policyIteration, PlanningAgent.modifiedPolicyIteration,
        QLearning.specification, DoubleQLearning.specification, Sarsa.specification, ExpectedSarsa.specification,
        NStepSarsa.specification, SarsaLambda.specification, QLambda.specification, DynaQ.specification, MonteCarlo.specification,
        DQN.specification, DQN.rainbow,
        REINFORCE.specification, ActorCritic.specification, ActorCriticLambda.specification, A2C.specification, PPO.specification,
        PQN.specification,
        RandomAgent.specification, ConstantPolicy.specification, ScriptedPolicy.specification,
    ])

    public init(_ all: [AlgorithmSpecification]) { self.all = all }

    public mutating func add(_ specification: AlgorithmSpecification) { all.append(specification) }

    /// - Throws: naming the nearest algorithm there is.
    public subscript(_ name: String) -> AlgorithmSpecification {
        get throws(UnknownName) {
            guard let found = all.last(where: { $0.name == name }) else {
                throw UnknownName("algorithm", name, known: all.map(\.name))
            }
            return found
        }
    }
}
