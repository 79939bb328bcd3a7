// Adam (Kingma & Ba 2015, algorithm 1), and with decoupled weight decay AdamW (Loshchilov & Hutter 2019, algorithm 2).
public import Basics
import Kernels

public final class Adam: Optimizer {
    private let moments: AdamMoments
    private let beta1: Float
    private let beta2: Float
    private let epsilon: Float
    private let weightDecay: Float

    /// - Parameter weightDecay: λ of v ← (1 − αλ)v at each step, α the rate of the parameter (PyTorch's form of AdamW); 0 is Adam.
    public init(
        for parameters: ParameterStore, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0
    ) {
        moments = AdamMoments(count: parameters.count)
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    public func apply(to parameters: ParameterStore, learningRate: Float) {
        moments.advance(beta1: beta1, beta2: beta2)
        let correction = (1 - moments.beta2Power).squareRoot()
        for run in parameters.learningRuns {
            let rate = learningRate * run.rate
            OptimizerSteps.adam(
                values: parameters.values.slice(run.start, run.count),
                gradients: parameters.gradients.slice(run.start, run.count),
                first: moments.first.slice(run.start, run.count), second: moments.second.slice(run.start, run.count),
                rate: Float(Double(rate) * correction / (1 - moments.beta1Power)), beta1: beta1, beta2: beta2,
                epsilon: Float(Double(epsilon) * correction), keep: 1 - rate * weightDecay)
        }
    }

    public func save(into archive: inout Archive) { moments.save(as: "adam", into: &archive) }
    public func load(from archive: Archive) throws(ArchiveError) { try moments.load("adam", from: archive) }
}

/// The two moments that Adam and RAdam keep, and how far their averages have come.
final class AdamMoments {
    private let memory: Storage<Float>
    private let count: Int
    /// β₁ᵗ and β₂ᵗ; in Double, because 1 − β₂ᵗ loses the digits that β₂ᵗ has not.
    private(set) var beta1Power = 1.0
    private(set) var beta2Power = 1.0

    init(count: Int) {
        self.count = count
        memory = Storage(count: 2 * count)
    }

    var first: Floats { memory.all.slice(0, count) }
    var second: Floats { memory.all.slice(count, count) }

    func advance(beta1: Float, beta2: Float) {
        beta1Power *= Double(beta1)
        beta2Power *= Double(beta2)
    }

    func save(as name: String, into archive: inout Archive) {
        archive.store(memory.all.array, as: "\(name).moments")
        archive.store([beta1Power, beta2Power], as: "\(name).powers")
    }
    func load(_ name: String, from archive: Archive) throws(ArchiveError) {
        let found = try archive.floats("\(name).moments", count: 2 * count)
        let powers = try archive.doubles("\(name).powers", count: 2)
        memory.all.copy(from: found)
        beta1Power = powers[0]
        beta2Power = powers[1]
    }
}
