// Decides by probabilities: the likeliest action, one drawn from them, or now and then any.
import Basics
import Kernels
import Neural
import RLCore

/// A policy π(·|s), with the V(s) that was learned beside it where there is one; greedy is the likeliest choice or the mean.
final class ActorCriticPolicy: LensProviding {
    private let network: ActorCriticNetwork
    private let parameters: ParameterStore
    private let observationSpace: Space
    private let actionSpace: Space
    private var runner: PolicyRunner
    /// Made when somebody asks for an insight.
    private lazy var lens = makeLens()

    init(_ network: ActorCriticNetwork, _ parameters: ParameterStore, _ observations: Space, _ actions: Space, lanes: Int) {
        self.network = network
        self.parameters = parameters
        observationSpace = observations
        actionSpace = actions
        runner = PolicyRunner(network, parameters, observations, actions, rows: lanes)
    }

    func begin(lanes: Int) {
        if lanes > runner.capacity {
            runner = PolicyRunner(network, parameters, observationSpace, actionSpace, rows: lanes)
        }
    }

    func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        runner.run(observations)
        for lane in 0..<actions.count {
            switch mode {
            case .greedy: runner.best(lane, into: actions)
            case .sampled: runner.sample(lane, into: actions, using: &sources[lane])
            case .epsilon(let epsilon):
                if sources[lane].unit() < epsilon {
                    actions.draw(lane, from: actionSpace, using: &sources[lane])
                } else {
                    runner.best(lane, into: actions)
                }
            }
        }
        actions.clip(to: actionSpace)
    }

    func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        lens.insight(into: observations, row: row, attention: attention)
    }
    func makeLens() -> NetworkLens {
        NetworkLens(parameters, observationSpace, network.answer(parameters)) { network.reading($0) }
    }
    var networkEntries: [NetworkEntry] { runner.entries }

    func save(into archive: inout Archive) { parameters.save(into: &archive) }
    func load(from archive: Archive) throws(ArchiveError) { try parameters.load(from: archive) }
}
