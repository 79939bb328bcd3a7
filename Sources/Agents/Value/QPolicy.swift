// Decides by action values: the best one, or now and then any.
public import Basics
import Kernels
public import Neural
public import RLCore

/// A network Q(s, ·) and the program that runs it for up to `begin(lanes:)` rows.
public final class QPolicy: ActionValuing, LensProviding {
    private let network: any Module
    private let parameters: ParameterStore
    private let observationSpace: Space
    private let actionCount: Int
    private let returns: ReturnModel
    private let mode: TapeMode
    private var runner: QRunner
    /// Made when somebody asks for an insight.
    private lazy var lens = makeLens()

    /// A network whose outputs are the means of the actions' returns.
    public convenience init(
        _ network: any Module, _ parameters: ParameterStore, observationSpace: Space, actionCount: Int, lanes: Int
    ) {
        self.init(
            network, parameters, returns: .mean, observationSpace: observationSpace, actionCount: actionCount, lanes: lanes)
    }

    /// - Parameter mode: `.training` explores by the noise of noisy layers; for evaluation they use their means.
    init(
        _ network: any Module, _ parameters: ParameterStore, returns: ReturnModel, observationSpace: Space, actionCount: Int,
        lanes: Int, mode: TapeMode = .evaluation
    ) {
        self.network = network
        self.parameters = parameters
        self.returns = returns
        self.observationSpace = observationSpace
        self.actionCount = actionCount
        self.mode = mode
        runner = QRunner(network, parameters, returns, observationSpace: observationSpace, rows: lanes, mode: mode)
    }

    public func begin(lanes: Int) {
        guard lanes > runner.capacity else { return }
        runner = QRunner(network, parameters, returns, observationSpace: observationSpace, rows: lanes, mode: mode)
    }

    /// `.sampled` is greedy: a deterministic policy draws its only action.
    public func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        if case .epsilon(let epsilon) = mode {
            explore(epsilon, observations, into: actions, using: &sources)
        } else {
            runner.bestActions(for: observations, into: actions.indices)
        }
    }

    /// ε-greedy: one draw decides, a second chooses; the network runs only when some lane is greedy.
    func explore(_ epsilon: Double, _ observations: Rows, into actions: Actions, using sources: inout [RandomSource]) {
        var greedy = false
        for lane in 0..<actions.count {
            let explores = sources[lane].unit() < epsilon
            actions.indices[lane] = explores ? Int32(sources[lane].below(actionCount)) : -1
            greedy = greedy || !explores
        }
        guard greedy else { return }
        // One noise for all lanes; the first lane pays for it.
        if runner.needsChance { runner.draw(using: &sources[0]) }
        runner.bestActions(for: observations, into: actions.indices, where: -1)
    }

    /// [rows, actions]
    public func actionValues(of observations: Rows) -> [Double] {
        begin(lanes: observations.count)
        return runner.actionValues(of: observations).array.map { Double($0) }
    }

    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight? {
        lens.insight(into: observations, row: row, attention: attention)
    }

    public func save(into archive: inout Archive) { parameters.save(into: &archive) }
    public func load(from archive: Archive) throws(ArchiveError) { try parameters.load(from: archive) }

    public func makeLens() -> NetworkLens {
        NetworkLens(parameters, observationSpace, .values(returns)) { .init(scores: network($0)) }
    }

    public var networkEntries: [NetworkEntry] { runner.entries }

    var byteCount: Int { runner.byteCount }
}
