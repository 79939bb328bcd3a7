// Worlds with a model, in the variants that the catalogue does not reach by itself: the model against the world as it is played.

import Basics
import Environments
import RLCore
import Testing

@Suite struct TabularLaws {
    private static let names = EnvironmentCatalogue.builtIn.all.filter(\.hasModel).map(\.name)

    private func broken<Model: MDP>(_ model: Model) throws -> [String] {
        let world = try ModelEnvironment(model)
        return brokenEnvironmentLaws(of: world, episodes: 5, steps: 200)
            + brokenModelLaws(of: world, model: model, steps: 50_000) { $0.modelState }
    }

    @Test(arguments: names) func theModelSeesWhatThePlayerSees(name: String) throws {
        let specification = try EnvironmentCatalogue.builtIn[name]
        let model = try #require(try specification.makeModel(specification.settings))
        let vector = try specification.makeVector(specification.settings, lanes: 2)
        #expect(
            vector.observationSpace == .discrete(model.observationCount) && vector.actionSpace == .discrete(model.actionCount))
    }

    @Test func aModelOfAnotherWorldIsFoundOut() throws {
        let liar = EnvironmentSpecification(
            "liar", version: 1, summary: "", timeLimit: 100, threshold: nil, observationNames: [],
            actionNames: CliffWalking.specification.actionNames,
            modelState: { (world: ModelEnvironment<GridWorld>) in world.modelState },
            model: { (_) throws(SettingError) in CliffWalking.model(isSlippery: true) }
        ) { (_) throws(SettingError) in
            do { return try ModelEnvironment(CliffWalking.model()) } catch { throw SettingError(key: "", "\(error)") }
        }
        #expect(!(try liar.brokenLaws(liar.settings)).isEmpty)
    }

    @Test func slipperyAndWindyVariantsObeyThem() throws {
        #expect(try broken(CliffWalking.model(isSlippery: true)) == [])
        #expect(try broken(WindyGrid(moves: .kingOrStay, isStochastic: true)) == [])
    }

    @Test(arguments: [(nil, nil), (0.8, nil), (nil, 0.3), (0.6, 0.9)] as [(Double?, Double?)])
    func taxi(rain: Double?, fickle: Double?) throws {
        let world = try Taxi(rain: rain, fickle: fickle)
        #expect(brokenEnvironmentLaws(of: world, episodes: 5, steps: 200) == [])
        #expect(brokenModelLaws(of: world, model: TaxiModel(rain: rain, fickle: fickle)) { $0.modelState } == [])
    }

    @Test(arguments: [BlackjackRules.suttonBarto, .plain, .natural]) func blackjack(rules: BlackjackRules) {
        let world = Blackjack(rules: rules)
        #expect(brokenEnvironmentLaws(of: world, episodes: 200) == [])
        #expect(brokenModelLaws(of: world, model: BlackjackModel(rules: rules)) { $0.modelState } == [])
    }

    @Test func cartPoleHasNoModel() throws {
        #expect(!CartPole.specification.hasModel)
        #expect(try CartPole.specification.makeModel(CartPole.specification.settings) == nil)
    }
}
