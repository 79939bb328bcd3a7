// Stochastic gradient descent: plain, with heavy-ball momentum (Polyak 1964) or with Nesterov's (1983), both in PyTorch's form.
public import Basics
import Kernels

public final class SGD: Optimizer {
    private let velocity: Storage<Float>
    private let momentum: Float
    private let isNesterov: Bool

    /// - Parameter nesterov: looks ahead along the velocity; has no meaning without momentum.
    public init(for parameters: ParameterStore, momentum: Float = 0, nesterov: Bool = false) {
        guard momentum >= 0 && momentum < 1 else { fatalError("a momentum of \(momentum); it must be in 0..<1") }
        guard momentum > 0 || !nesterov else { fatalError("Nesterov's form needs a momentum, got 0") }
        self.momentum = momentum
        isNesterov = nesterov
        velocity = Storage(count: momentum == 0 ? 0 : parameters.count)
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        for run in parameters.learningRuns {
            let values = parameters.values.slice(run.start, run.count)
            let gradients = parameters.gradients.slice(run.start, run.count), rate = learningRate * run.rate
            if momentum == 0 {
                OptimizerSteps.descent(values: values, gradients: gradients, rate: rate)
            } else if isNesterov {
                OptimizerSteps.nesterov(
                    values: values, gradients: gradients, velocity: velocity.all.slice(run.start, run.count), rate: rate,
                    momentum: momentum)
            } else {
                OptimizerSteps.momentum(
                    values: values, gradients: gradients, velocity: velocity.all.slice(run.start, run.count), rate: rate,
                    momentum: momentum)
            }
        }
    }

    public func save(into archive: inout Archive) { archive.store(velocity.all.array, as: "sgd.velocity") }
    public func load(from archive: Archive) throws(ArchiveError) {
        velocity.all.copy(from: try archive.floats("sgd.velocity", count: velocity.all.count))
    }
}
