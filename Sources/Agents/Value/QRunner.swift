// A network of action values that is only run: for deciding, and for what the successors are worth.
import Basics
import Kernels
import Neural
import RLCore

final class QRunner {
    private let observation: ObservationInlet
    private let outlet: Outlet
    private let program: Program
    private let returns: ReturnModel
    private let actionCount: Int
    private let means: Storage<Float>
    private let shares: Storage<Float>
    private let best: Storage<Int32>
    var capacity: Int { program.capacity }
    var entries: [NetworkEntry] { program.table.map(NetworkEntry.init) }
    var byteCount: Int { program.byteCount + 4 * (means.all.count + shares.all.count + best.all.count) }
    /// Noisy layers on a tape for training: `draw` before the first run.
    var needsChance: Bool { program.needsChance }

    init(
        _ network: any Module, _ parameters: ParameterStore, _ returns: ReturnModel = .mean, observationSpace: Space, rows: Int,
        mode: TapeMode
    ) {
        let tape = Tape(rows: rows, parameters: parameters, mode: mode)
        observation = ObservationInlet(tape, observationSpace)
        let node = network(observation.node)
        outlet = tape.output(node)
        program = tape.compile()
        self.returns = returns
        actionCount = node.shape.count / returns.width
        if case .mean = returns { means = Storage(count: 0) } else { means = Storage(count: rows * actionCount) }
        if case .categorical = returns { shares = Storage(count: rows * node.shape.count) } else { shares = Storage(count: 0) }
        best = Storage(count: rows)
    }

    /// Where the caller may write observations directly.
    var rows: Rows { observation.rows }
    /// [rows, actions · width], after `run`: means or quantiles; the logarithms behind probabilities.
    var outputs: Floats { outlet.rows }
    /// [rows, actions · width], after `run`: of categories only.
    var probabilities: Floats { shares.all }

    /// New noise, which serves until the next.
    func draw(using random: inout RandomSource) { program.draw(rows: capacity, using: &random) }

    /// Runs the first `rows` rows.
    ///
    /// - Returns: action values [rows, actions], until the next run.
    @discardableResult func run(rows: Int) -> Floats {
        program.forward(rows: rows)
        let count = rows * actionCount
        let outputs = outlet.rows.slice(0, count * returns.width)
        if case .mean = returns { return outputs }
        let values = means.all.slice(0, count)
        returns.means(
            of: outputs, count: count, probabilities: shares.all.slice(0, shares.all.count == 0 ? 0 : outputs.count), into: values
        )
        return values
    }

    /// [rows, actions], until the next run.
    ///
    /// - Precondition: no more rows than `capacity`.
    func actionValues(of observations: Rows) -> Floats {
        observation.fill(from: observations)
        return run(rows: observations.count)
    }
    func bestActions(for observations: Rows, into indices: Integers) {
        Reduction.argmax(actionValues(of: observations), width: actionCount, rows: observations.count, into: indices)
    }
    /// Only where `indices` holds `mark`.
    func bestActions(for observations: Rows, into indices: Integers, where mark: Int32) {
        bestActions(for: observations, into: best.all)
        for lane in 0..<indices.count where indices[lane] == mark { indices[lane] = best.all[lane] }
    }
}
