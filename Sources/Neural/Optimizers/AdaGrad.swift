// AdaGrad (Duchi, Hazan & Singer 2011, diagonal form): steps shrink where gradients have been large.
public import Basics
import Kernels

public final class AdaGrad: Optimizer {
    private let squares: Storage<Float>
    private let epsilon: Float

    public init(for parameters: ParameterStore, epsilon: Float = 1e-10) {
        squares = Storage(count: parameters.count)
        self.epsilon = epsilon
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        for run in parameters.learningRuns {
            OptimizerSteps.adaGrad(
                values: parameters.values.slice(run.start, run.count),
                gradients: parameters.gradients.slice(run.start, run.count), squares: squares.all.slice(run.start, run.count),
                rate: learningRate * run.rate, epsilon: epsilon)
        }
    }

    public func save(into archive: inout Archive) { archive.store(squares.all.array, as: "adagrad.squares") }
    public func load(from archive: Archive) throws(ArchiveError) {
        squares.all.copy(from: try archive.floats("adagrad.squares", count: squares.all.count))
    }
}
