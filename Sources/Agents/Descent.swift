// What every learner does with a gradient: clip it, look at it, step against it, count.
import Basics
import Neural

/// Parameters that are learned through one program, with their optimizer, its schedule, its monitor and its counters.
///
/// The learner runs the program and then calls `step`. What a checkpoint needs of all of it is saved here, so that no learner can
/// forget a part.
final class Descent {
    let parameters: ParameterStore
    private let optimizer: any Optimizer
    private let learningRate: Schedule
    private let gradientLimit: Float
    private let monitor: UpdateMonitor
    /// Of the environment, all lanes together.
    private(set) var steps = 0
    private(set) var updates = 0

    /// - Parameters:
    ///   - learningRate: over the environment's steps.
    ///   - gradientLimit: the longest that the gradient of all parameters together may be.
    init(
        _ program: Program, _ parameters: ParameterStore, _ optimizer: any Optimizer, learningRate: Schedule, gradientLimit: Float
    ) {
        self.parameters = parameters
        self.optimizer = optimizer
        self.learningRate = learningRate
        self.gradientLimit = gradientLimit
        monitor = UpdateMonitor(program, parameters)
    }

    /// Values, gradients and two moments, and what the monitor keeps.
    var byteCount: Int { 4 * 4 * parameters.count + monitor.byteCount }
    var rate: Float { Float(learningRate.value(at: steps)) }

    /// The environment has moved on, by one step of each lane.
    func advance(by lanes: Int) { steps += lanes }

    /// One step of the optimizer along the gradients in the store.
    ///
    /// - Returns: the gradients' norm before they were clipped.
    /// - Throws: when the loss or the norm is not finite; then nothing has moved.
    func step(loss: Float, rows: Int) throws(NotFinite) -> Float {
        let norm = parameters.clipGradients(toNorm: gradientLimit)
        try monitor.apply(loss: loss, norm: norm, rows: rows, step: steps) {
            optimizer.apply(to: parameters, learningRate: rate)
        }
        updates += 1
        return norm
    }

    var diagnosticNames: [String] { monitor.names }
    func diagnose() -> [Double?] { monitor.measurements() }

    func save(into archive: inout Archive) {
        archive.store([Int64(steps), Int64(updates)], as: "counters")
        archive.store(part: "parameters") { parameters.save(into: &$0) }
        archive.store(part: "optimizer") { optimizer.save(into: &$0) }
        archive.store(part: "monitor") { monitor.save(into: &$0) }
    }
    func load(from archive: Archive) throws(ArchiveError) {
        let counters = try archive.counters("counters", count: 2)
        try parameters.load(from: archive.part("parameters"))
        try optimizer.load(from: archive.part("optimizer"))
        try monitor.load(from: archive.part("monitor"))
        (steps, updates) = (counters[0], counters[1])
    }
}
