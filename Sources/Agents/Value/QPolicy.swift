// Decides by action values: the best one, or now and then any.
public import Basics
import Kernels
public import Neural
public import RLCore

/// A network Q(s, ·) and the program that runs it for up to `begin(lanes:)` rows.
public final class QPolicy: ActionValuing {
    private let network: any Module
    private let parameters: ParameterStore
    private let observationSpace: Space
    private let actionCount: Int
    private var runner: QRunner

    public init(_ network: any Module, _ parameters: ParameterStore, observationSpace: Space, actionCount: Int, lanes: Int) {
        self.network = network
        self.parameters = parameters
        self.observationSpace = observationSpace
        self.actionCount = actionCount
        runner = QRunner(network, parameters, observationSpace: observationSpace, rows: lanes)
    }

    public func begin(lanes: Int) {
        if lanes > runner.capacity {
            runner = QRunner(network, parameters, observationSpace: observationSpace, rows: lanes)
        }
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
        runner.bestActions(for: observations, into: actions.indices, where: -1)
    }

    /// [rows, actions]
    public func actionValues(of observations: Rows) -> [Double] {
        begin(lanes: observations.count)
        return runner.actionValues(of: observations).array.map { Double($0) }
    }

    public func save(into archive: inout Archive) { parameters.save(into: &archive) }
    public func load(from archive: Archive) throws(ArchiveError) { try parameters.load(from: archive) }

    var byteCount: Int { runner.byteCount }
}

/// A forward-only program of an action-value network.
final class QRunner {
    private let observation: ObservationInlet
    private let values: Outlet
    private let program: Program
    private let best: Storage<Int32>
    let actionCount: Int
    var capacity: Int { program.capacity }
    var byteCount: Int { program.byteCount }

    init(_ network: any Module, _ parameters: ParameterStore, observationSpace: Space, rows: Int) {
        let tape = Tape(rows: rows, parameters: parameters)
        observation = ObservationInlet(tape, observationSpace)
        let node = network(observation.node)
        values = tape.output(node)
        actionCount = node.shape.count
        program = tape.compile()
        best = Storage(count: rows)
    }

    /// Where the caller may write observations directly.
    var rows: Rows { observation.rows }
    /// [rows, actions], after `run`.
    var actionValues: Floats { values.rows }

    func run(rows: Int) { program.forward(rows: rows) }

    /// [rows, actions], until the next run.
    ///
    /// - Precondition: no more rows than `capacity`.
    func actionValues(of observations: Rows) -> Floats {
        observation.fill(from: observations)
        program.forward(rows: observations.count)
        return values.rows.slice(0, observations.count * actionCount)
    }
    func bestActions(for observations: Rows, into indices: Integers) {
        let values = actionValues(of: observations)
        Reduction.argmax(values, width: actionCount, rows: observations.count, into: indices)
    }
    /// Only where `indices` holds `mark`.
    func bestActions(for observations: Rows, into indices: Integers, where mark: Int32) {
        bestActions(for: observations, into: best.all)
        for lane in 0..<indices.count where indices[lane] == mark { indices[lane] = best.all[lane] }
    }
}
