import Basics
import RLCore
import Testing

@testable import Agents

@Suite("Exact evaluation")
struct ExactEvaluationTests {
    typealias Model = ListedModel

    @Test("a coin that ends with chance ½ is worth two throws")
    func coin() throws {
        let model = try PlanningModel(Model.loop(1))
        #expect(try ExactEvaluation.values(ofProbabilities: [0.5, 0.5], in: model, discount: 1) == [1])
        let values = try ExactEvaluation.values(ofProbabilities: [0.5, 0.5], in: model, discount: 0.5)
        #expect((values[0] - 2.0 / 3).magnitude < 1e-15)
        #expect(ExactEvaluation.uniform(model) == [0.5, 0.5])
    }

    @Test("a policy that goes round for ever with rewards has no value undiscounted, without rewards it is worth 0")
    func neverEnding() throws {
        #expect(throws: PlanningError.policyNeverEnds(state: 0)) {
            try ExactEvaluation.values(ofActions: [0], in: PlanningModel(Model.loop(-1)), discount: 1)
        }
        #expect(try ExactEvaluation.values(ofActions: [0], in: PlanningModel(Model.loop(0)), discount: 1) == [0])
    }

    @Test("elimination and sweeps agree on a random world, at every discount", arguments: [0.5, 0.99, 1])
    func solversAgree(discount: Double) throws {
        var random = RandomSource(seed: 5)
        let small = ExactEvaluation.largestDense, large = small + 1
        // The same ring of states, once alone and once beside states that pad it past the dense solver's limit.
        var rows: [[[Transition]]] = (0..<small).map { state in
            (0..<2).map { _ in
                let share = random.unit() * 0.9
                let reward = random.unit() - 0.5
                return [
                    Transition(probability: share, next: random.below(small), reward: reward, terminates: false),
                    Transition(probability: 0.95 - share, next: (state + 1) % small, reward: 1, terminates: false),
                    Transition(probability: 0.05, next: state, reward: -1, terminates: true),
                ]
            }
        }
        let alone = try PlanningModel(Model(rows: rows))
        rows.append(Model.absorbing(small, actions: 2))
        let padded = try PlanningModel(Model(rows: rows))
        #expect(padded.stateCount == large)
        let dense = try ExactEvaluation.values(ofProbabilities: ExactEvaluation.uniform(alone), in: alone, discount: discount)
        let swept = try ExactEvaluation.values(ofProbabilities: ExactEvaluation.uniform(padded), in: padded, discount: discount)
        #expect(dense.contains { $0.magnitude > 0.1 })
        for (a, b) in zip(dense, swept) { #expect((a - b).magnitude < 1e-11) }
    }
}
