// What a policy believes of every state of a finite world, and what is true: learned values beside the exact ones.

import Agents
import Basics
import Kernels
import RLCore
import Rendering
import Training

/// A world of states whose rules can be read, solved once.
struct SolvedWorld {
    /// Above this many states no table is worth the seconds that solving takes.
    private static let mostStates = 20_000

    let model: any MDP
    let plan: Plan

    /// Nil where the rules cannot be read, the states are too many, or nothing finite comes of planning.
    init?(_ exhibit: Exhibit) throws {
        guard let model = try exhibit.environment.makeModel(exhibit.settings), model.stateCount <= SolvedWorld.mostStates else {
            return nil
        }
        do {
            plan = try PolicyIteration.solve(try PlanningModel(model), discount: exhibit.agent?.discount ?? 0.99)
        } catch is PlanningError {
            return nil
        }
        self.model = model
    }

    /// Whether what is seen tells the state, so that an observation is the state's number.
    var isFullyObserved: Bool { model.observationCount == model.stateCount }

    /// V* and π* in the cells of the map; nil where the states do not lie in a plane.
    func exactMap(at state: Int) -> PanelContents.Map? {
        guard model.layout != nil else { return nil }
        var scene = Scene()
        scene.stateValues = plan.policy.indices.map { plan.policy[$0] < 0 ? nil : plan.values[$0] }
        scene.stateActions = plan.policy.map { $0 < 0 ? nil : $0 }
        model.draw(state, on: &scene)
        return PanelContents.Map("exact values", scene)
    }

    func exactScores(of state: Int) -> [Double] {
        let width = model.actionCount
        return Array(plan.actionValues[state * width..<(state + 1) * width])
    }
}

/// What one policy believes of every state.
struct BelievedValues {
    /// [states]; nil where a state is absorbing, or the policy has no opinion.
    let values: [Double?]
    let actions: [Int?]

    init(_ policy: any Policy, in world: SolvedWorld) {
        let model = world.model
        let width = model.actionCount
        let row = RowStorage(count: 1, space: .discrete(model.observationCount))
        var values = [Double?](repeating: nil, count: model.observationCount)
        var actions = [Int?](repeating: nil, count: model.observationCount)
        for seen in 0..<model.observationCount {
            row.rows.floats[0] = Float(seen)
            guard let insight = policy.insight(into: row.rows, row: 0, attention: false) else { continue }
            values[seen] = insight.value
            if case .values(let scores)? = insight.scores, scores.count == width {
                actions[seen] = scores.indices.max { scores[$0] < scores[$1] }
                values[seen] = values[seen] ?? scores.max()
            } else if case .probabilities(let shares)? = insight.scores, shares.count == width {
                actions[seen] = shares.indices.max { shares[$0] < shares[$1] }
            }
        }
        let states = 0..<model.stateCount
        self.values = states.map { world.plan.policy[$0] < 0 ? nil : values[model.observation(of: $0)] }
        self.actions = states.map { world.plan.policy[$0] < 0 ? nil : actions[model.observation(of: $0)] }
    }
}
