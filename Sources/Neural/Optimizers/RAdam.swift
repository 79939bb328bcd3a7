// RAdam (Liu et al. 2020, algorithm 2): Adam whose early steps do not trust a variance estimated from few gradients.
public import Basics
import Kernels

/// Where we follow PyTorch and not the paper: the variance counts from ρₜ > 5 on (the paper has 4), and ε is added to √s before the
/// bias correction.
public final class RAdam: Optimizer {
    private let moments: AdamMoments
    private let beta1: Float
    private let beta2: Float
    private let epsilon: Float
    private var steps = 0

    public init(for parameters: ParameterStore, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
        moments = AdamMoments(count: parameters.count)
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        moments.advance(beta1: beta1, beta2: beta2)
        steps += 1
        // ρ: the length of the simple moving average that the exponential one resembles.
        let longest = 2 / (1 - Double(beta2)) - 1
        let length = longest - 2 * Double(steps) * moments.beta2Power / (1 - moments.beta2Power)
        var factor = 1 / (1 - moments.beta1Power)
        if length > 5 {
            let rectification = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
            factor *= (rectification * (1 - moments.beta2Power)).squareRoot()
        }
        for run in parameters.learningRuns {
            let values = parameters.values.slice(run.start, run.count)
            let gradients = parameters.gradients.slice(run.start, run.count)
            let first = moments.first.slice(run.start, run.count), second = moments.second.slice(run.start, run.count)
            let rate = Float(Double(learningRate * run.rate) * factor)
            if length > 5 {
                OptimizerSteps.adam(
                    values: values, gradients: gradients, first: first, second: second, rate: rate, beta1: beta1, beta2: beta2,
                    epsilon: epsilon)
            } else {
                OptimizerSteps.firstMoment(
                    values: values, gradients: gradients, first: first, second: second, rate: rate, beta1: beta1, beta2: beta2)
            }
        }
    }

    public func save(into archive: inout Archive) {
        moments.save(as: "radam", into: &archive)
        archive.store(steps, as: "radam.steps")
    }
    public func load(from archive: Archive) throws(ArchiveError) {
        let found = try archive.integer("radam.steps")
        try moments.load("radam", from: archive)
        steps = found
    }
}
