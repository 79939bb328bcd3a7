// Adam (Kingma & Ba 2015, algorithm 1).
public import Basics
import Kernels

public final class Adam: Optimizer {
    private let moments: Storage<Float>
    private let count: Int
    private let beta1: Float
    private let beta2: Float
    private let epsilon: Float
    /// β₁ᵗ and β₂ᵗ; in Double, because 1 − β₂ᵗ loses the digits that β₂ᵗ has not.
    private var beta1Power = 1.0
    private var beta2Power = 1.0

    public init(for parameters: ParameterStore, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
        count = parameters.count
        moments = Storage(count: 2 * count)
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        beta1Power *= Double(beta1)
        beta2Power *= Double(beta2)
        let correction = (1 - beta2Power).squareRoot()
        OptimizerSteps.adam(
            values: parameters.values, gradients: parameters.gradients, first: moments.all.slice(0, count),
            second: moments.all.slice(count, count), rate: Float(Double(learningRate) * correction / (1 - beta1Power)),
            beta1: beta1,
            beta2: beta2, epsilon: Float(Double(epsilon) * correction))
    }

    public func save(into archive: inout Archive) {
        archive.store(moments.all.array, as: "adam.moments")
        archive.store([beta1Power, beta2Power], as: "adam.powers")
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.floats("adam.moments", count: 2 * count)
        let powers = try archive.doubles("adam.powers", count: 2)
        moments.all.copy(from: found)
        beta1Power = powers[0]
        beta2Power = powers[1]
    }
}
