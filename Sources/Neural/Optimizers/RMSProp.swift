// RMSProp (Hinton 2012, lecture 6e), plain or centred (Graves 2013).
public import Basics
import Kernels

public final class RMSProp: Optimizer {
    private let moments: Storage<Float>
    private let count: Int
    private let decay: Float
    private let epsilon: Float
    private let isCentred: Bool

    public init(for parameters: ParameterStore, decay: Float = 0.99, epsilon: Float = 1e-5, centred: Bool = false) {
        count = parameters.count
        moments = Storage(count: centred ? 2 * count : count)
        self.decay = decay
        self.epsilon = epsilon
        isCentred = centred
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        for run in parameters.learningRuns {
            let values = parameters.values.slice(run.start, run.count)
            let gradients = parameters.gradients.slice(run.start, run.count)
            let squares = moments.all.slice(run.start, run.count), rate = learningRate * run.rate
            if isCentred {
                OptimizerSteps.centredRMSProp(
                    values: values, gradients: gradients, squares: squares,
                    means: moments.all.slice(count + run.start, run.count), rate: rate, decay: decay, epsilon: epsilon)
            } else {
                OptimizerSteps.rmsProp(
                    values: values, gradients: gradients, squares: squares, rate: rate, decay: decay, epsilon: epsilon)
            }
        }
    }

    public func save(into archive: inout Archive) { archive.store(moments.all.array, as: "rmsprop.moments") }
    public func load(from archive: Archive) throws(ArchiveError) {
        moments.all.copy(from: try archive.floats("rmsprop.moments", count: moments.all.count))
    }
}
