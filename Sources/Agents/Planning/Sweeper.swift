// Sweeps of value iteration one at a time, for those who time or watch them.
import Kernels

public final class Sweeper {
    private let model: PlanningModel
    private let discount: Double
    private let first: Storage<Double>
    private let second: Storage<Double>
    private var values: Buffer<Double>
    private var new: Buffer<Double>
    public private(set) var sweeps = 0

    /// Begins at 0 everywhere.
    public init(_ model: PlanningModel, discount: Double, order: ValueIteration.Order) {
        self.model = model
        self.discount = discount
        first = Storage(count: model.stateCount)
        second = Storage(count: order == .inPlace ? 0 : model.stateCount)
        values = first.all
        new = order == .inPlace ? first.all : second.all
    }

    /// - Returns: the largest change of a value.
    @discardableResult public func sweep() -> Double {
        let residual = BellmanSweep.optimal(model.flat, discount: discount, from: values, into: new)
        swap(&values, &new)
        sweeps += 1
        return residual
    }

    /// [states]
    public var currentValues: [Double] { values.array }
    /// What one sweep moves at the least: the model read once, each value read and written once.
    public var bytesPerSweep: Int { model.flat.bytesPerSweep }
}
