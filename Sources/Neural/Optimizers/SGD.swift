// Stochastic gradient descent, plain or with heavy-ball momentum (Polyak 1964, in PyTorch's form).
public import Basics
import Kernels

public final class SGD: Optimizer {
    private let velocity: Storage<Float>
    private let momentum: Float

    public init(for parameters: ParameterStore, momentum: Float = 0) {
        self.momentum = momentum
        velocity = Storage(count: momentum == 0 ? 0 : parameters.count)
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        if momentum == 0 {
            OptimizerSteps.descent(values: parameters.values, gradients: parameters.gradients, rate: learningRate)
        } else {
            OptimizerSteps.momentum(
                values: parameters.values, gradients: parameters.gradients, velocity: velocity.all, rate: learningRate,
                momentum: momentum)
        }
    }

    public func save(into archive: inout Archive) { archive.store(velocity.all.array, as: "sgd.velocity") }
    public func load(from archive: Archive) throws(ArchiveError) {
        velocity.all.copy(from: try archive.floats("sgd.velocity", count: velocity.all.count))
    }
}
