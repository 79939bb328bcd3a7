// An agent under inspection: its network behind a lens, and the states that it came by.

import Agents
import Basics
import Kernels
import RLCore
import Training

struct Inspection {
    let name: String
    let agent: TrainedAgent
    /// Nil for an agent without a network.
    let lens: NetworkLens?
    let evaluation: Evaluation
    let visits: [Visit]
    /// Of the visits, those that are shown one by one: spread evenly over the first episode.
    let frames: [Int]
    /// As the agent was trained.
    let discount: Double
    let random: RandomSource

    /// More states than this say no more, and take longer.
    static let mostVisits = 400

    init(_ name: String, _ agent: TrainedAgent, episodes: Int, seed: UInt64, mode: Mode, frames: Int) throws {
        self.name = name
        self.agent = agent
        discount = agent.discount
        random = RandomSource(seed: seed, key: [4])
        evaluation = evaluate(
            agent.policy, in: try agent.makeWorlds(lanes: 1), episodes: episodes, firstSeed: seed, mode: mode)
        let wrapper = agent.policy as? PreprocessedPolicy
        let lens = agent.policy.withNetwork?.makeLens()
        self.lens = lens
        visits = try Visit.collect(
            agent, episodes: episodes, steps: evaluation.lengths.reduce(0, +), firstSeed: seed, mode: mode, discount: discount,
            limit: Self.mostVisits
        ) { rows in
            guard let lens else { return [] }
            if let wrapper {
                let shown = wrapper.shown(rows, row: 0)
                lens.show(shown.rows, row: 0)
            } else {
                lens.show(rows, row: 0)
            }
            return lens.input
        }
        let first = visits.prefix { $0.episode == 0 }.count
        let shown = min(frames, first)
        self.frames = (0..<shown).map { shown == 1 ? 0 : $0 * (first - 1) / (shown - 1) }
    }

    /// About `count` of the visits, evenly.
    func sample(_ count: Int) -> [Visit] {
        guard visits.count > count else { return visits }
        return (0..<count).map { visits[$0 * visits.count / count] }
    }

    /// The name of a choice, its number where the world has no names.
    func actionName(_ action: Int) -> String {
        let names = agent.environment.actionNames
        return names.indices.contains(action) ? names[action] : "action \(action)"
    }
    /// What number `index` of the network's input is.
    func inputName(_ index: Int) -> String {
        let names = agent.environment.observationNames
        return names.indices.contains(index) ? names[index] : "number \(index)"
    }
    /// What channel `index` of a picture shows.
    func channelNames(_ planes: [Insight.Plane]) -> [String] {
        var insight = Insight()
        insight.planes = planes
        return insight.naming(channels: agent.environment.channelNames).planes.map(\.name)
    }

    /// Of each number of the input, over the visits.
    var bounds: (low: [Float], high: [Float]) {
        guard var low = visits.first?.input else { return ([], []) }
        var high = low
        for visit in visits {
            for i in low.indices {
                low[i] = min(low[i], visit.input[i])
                high[i] = max(high[i], visit.input[i])
            }
        }
        return (low, high)
    }
    /// The mean input of the visits.
    var meanInput: [Float] {
        var sum = [Double](repeating: 0, count: visits.first?.input.count ?? 0)
        for visit in visits { for i in sum.indices { sum[i] += Double(visit.input[i]) } }
        return sum.map { Float($0 / Double(visits.count)) }
    }
    /// Of each number of the input, over the visits: how far it lies from its mean.
    var deviations: [Float] {
        let mean = meanInput
        var sum = [Double](repeating: 0, count: mean.count)
        for visit in visits {
            for i in sum.indices {
                let distance = Double(visit.input[i]) - Double(mean[i])
                sum[i] += distance * distance
            }
        }
        return sum.map { Float(($0 / Double(visits.count)).squareRoot()) }
    }
    /// Whether pictures enter the network, and how large they are.
    var image: (height: Int, width: Int, channels: Int)? {
        guard let lens, case .image(let height, let width, let channels) = lens.observationSpace.shape else { return nil }
        return (height, width, channels)
    }
}
