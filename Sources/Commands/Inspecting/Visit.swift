// States that an agent came by while somebody looked, each with what it thought there.

import Agents
import Basics
import Kernels
import RLCore
import Training

struct Visit {
    let episode: Int
    /// Steps of the episode before this state.
    let step: Int
    /// What the world showed, one row.
    let row: RowStorage
    /// What entered the network; empty where there is none.
    let input: [Float]
    let scene: Scene
    let insight: Insight?
    /// The number of the choice that was made; nil where actions are numbers.
    let action: Int?
    /// What the rewards from here to the episode's end came to, discounted.
    var future = 0.0
}

extension Visit {
    /// States visited in `episodes` episodes that are played as `evaluate` plays them, evenly thinned to about `limit`.
    ///
    /// - Parameters:
    ///   - steps: of all these episodes together, as an evaluation has counted them.
    ///   - input: what of a row enters the network.
    static func collect(
        _ agent: TrainedAgent, episodes: Int, steps: Int, firstSeed: UInt64, mode: Mode, discount: Double, limit: Int,
        input: (Rows) -> [Float]
    ) throws -> [Visit] {
        let world = try agent.makeWorlds(lanes: 1), policy = agent.policy
        let stride = max(1, (steps + limit - 1) / limit)
        let actions = Actions(lanes: 1, space: world.actionSpace)
        let isDiscrete = if case .discrete = world.actionSpace { true } else { false }
        var visits: [Visit] = [], pending: [(visit: Int?, reward: Double)] = []
        var episode = 0, step = 0, total = 0
        var sources = [RandomSource(seed: firstSeed, key: [1])]
        policy.begin(lanes: 1)
        var batch = world.reset(using: [RandomSource(seed: firstSeed)])
        while episode < episodes {
            let isKept = total % stride == 0
            var scene = Scene(), insight: Insight?
            let row = RowStorage(count: isKept ? 1 : 0, space: world.observationSpace)
            if isKept {
                row.rows.copy(0, from: batch.observations, 0)
                world.draw(0, on: &scene)
                insight = policy.insight(into: batch.observations, row: 0, attention: false)
            }
            policy.act(on: batch.observations, into: actions, mode: mode, using: &sources)
            if isKept {
                visits.append(
                    Visit(
                        episode: episode, step: step, row: row, input: input(row.rows), scene: scene, insight: insight,
                        action: isDiscrete ? Int(actions.indices[0]) : nil))
            }
            batch = world.step(actions)
            pending.append((isKept ? visits.count - 1 : nil, Double(batch.rewards[0])))
            total += 1
            step += 1
            guard batch.ending(of: 0) != .running else { continue }
            var future = 0.0
            for entry in pending.reversed() {
                future = entry.reward + discount * future
                if let visit = entry.visit { visits[visit].future = future }
            }
            (pending, step) = ([], 0)
            episode += 1
            policy.ended(lane: 0)
            let seed = firstSeed + UInt64(episode)
            sources[0] = RandomSource(seed: seed, key: [1])
            world.restart(0, using: RandomSource(seed: seed))
        }
        return visits
    }
}
