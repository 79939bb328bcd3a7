// Stands between the gradients and the optimizer: nothing that is not finite passes, and now and then one update is measured.
import Basics
import Kernels
import Neural

/// Watches one program, its parameters and their optimizer; an agent that has several networks has several monitors.
///
/// What it measures belongs to the first update after each `measurements`: everything else costs two comparisons an update.
final class UpdateMonitor {
    private let program: Program
    private let parameters: ParameterStore
    /// What is measured, as columns of metrics.csv.
    let names: [String]
    private let before: Storage<Float>
    private var isAsked = true
    /// By `names`; -1 where there was nothing to measure.
    private var measured: [Float] = [-1, -1, -1]

    /// - Parameter prefix: before each name, such as `critic_`.
    init(_ program: Program, _ parameters: ParameterStore, prefix: String = "") {
        self.program = program
        self.parameters = parameters
        names = ["dead_units", "saturation", "update_ratio"].map { prefix + $0 }
        before = Storage(count: parameters.count)
    }

    var byteCount: Int { 4 * parameters.count }

    /// Lets `move` change the parameters, after `program.gradients(rows:)`.
    ///
    /// - Parameters:
    ///   - norm: of the gradients before they were clipped, as `clipGradients(toNorm:)` returns it.
    ///   - step: of the environment, for the error.
    /// - Throws: when the loss or the norm is not finite; then `move` has not been called.
    func apply(loss: Float, norm: Float, rows: Int, step: Int, _ move: () -> Void) throws(NotFinite) {
        try program.requireFinite(loss: loss, gradientNorm: norm, rows: rows, step: step)
        guard isAsked else { return move() }
        isAsked = false
        before.all.copy(from: parameters.values)
        move()
        let units = program.unitShares(rows: rows)
        measured[0] = units.dead ?? -1
        measured[1] = units.saturated ?? -1
        measured[2] = parameters.movement(since: before.all)
    }

    /// By `names`, what the last update that was measured showed, nil where there was nothing to see; the next update is measured.
    func measurements() -> [Double?] {
        isAsked = true
        return measured.map { $0 < 0 ? nil : Double($0) }
    }

    func save(into archive: inout Archive) {
        archive.store(measured + [isAsked ? 1 : 0], as: "measured")
    }
    func load(from archive: Archive) throws(ArchiveError) {
        let numbers = try archive.floats("measured", count: 4)
        measured = Array(numbers[..<3])
        isAsked = numbers[3] != 0
    }
}
