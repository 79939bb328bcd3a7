// A large batch in several small ones: their gradients' mean, weighted by rows.
import Basics
import Kernels

/// Equal to the whole batch's gradient up to the rounding of one more addition a micro-batch, where the loss is a mean over rows.
public final class GradientAccumulation {
    private let sum: Storage<Float>
    private var rows = 0

    public init(for parameters: ParameterStore) { sum = Storage(count: parameters.count) }

    /// Takes what a program has just left in the store for a micro-batch of `rows` rows.
    public func add(_ parameters: ParameterStore, rows: Int) {
        guard rows > 0 else { fatalError("a micro-batch of \(rows) rows") }
        Pointwise.accumulate(parameters.gradients, times: Float(rows), beta: self.rows == 0 ? 0 : 1, into: sum.all)
        self.rows += rows
    }

    /// Puts the mean over all rows into the store's gradients and begins anew.
    public func finish(into parameters: ParameterStore) {
        guard rows > 0 else { fatalError("no micro-batch has been added") }
        Pointwise.accumulate(sum.all, times: 1 / Float(rows), beta: 0, into: parameters.gradients)
        rows = 0
    }
}
