import Basics
import Environments
import Kernels
import RLCore
import Testing

@testable import Agents

@Suite("Planning agents")
struct PlanningAgentTests {
    static let names = ["value-iteration", "policy-iteration", "modified-policy-iteration"]

    @Test("its policy is the plan's, and it plays it", arguments: names)
    func plays(name: String) throws {
        let play = try TabularAgentTests.Play(name, lanes: 1)
        let policy = try #require(play.agent.makePolicy() as? TabularPolicy)
        #expect(policy.actions == [0, 3, 3, 3, 0, -1, 0, -1, 3, 1, 0, -1, -1, 2, 1, -1])
        play.advance(1)
        #expect(play.actions.indices[0] == 0)
    }

    @Test("it needs a model, says so, and takes worlds that have one", arguments: names)
    func needsModel(name: String) throws {
        let algorithm = try AlgorithmCatalogue.builtIn[name]
        #expect(algorithm.needsModel)
        #expect(algorithm.objection(observations: .discrete(4), actions: .discrete(2), hasModel: true) == nil)
        let objection = try #require(algorithm.objection(observations: .discrete(4), actions: .discrete(2), hasModel: false))
        #expect(objection.contains("rules can be read"))
    }

    @Test("a discount at which values diverge is an error of the setting, not a trap", arguments: names)
    func diverges(name: String) throws {
        let algorithm = try AlgorithmCatalogue.builtIn[name]
        var settings = algorithm.settings
        try settings.set("gamma", to: .number(1), from: "test")
        let context = AgentContext(
            observationSpace: .discrete(1), actionSpace: .discrete(2), lanes: 1, steps: 1, random: RandomSource(seed: 0),
            model: ListedModel.trap(1))
        let error = #expect(throws: SettingError.self) { try algorithm.makeAgent(context, settings) }
        #expect(error?.key == "gamma")
    }

    @Test("where a player does not see the state it declines", arguments: names)
    func hidden(name: String) throws {
        #expect(throws: SettingError.self) { try TabularAgentTests.Play(name, world: "probe-memory") }
    }
}
