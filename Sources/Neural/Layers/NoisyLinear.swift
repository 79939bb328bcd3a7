// A dense layer that explores by noise in its weights, whose size it learns (Fortunato et al. 2018).
public import Basics
import Kernels

/// y = act(x·(μ + σ ⊙ f(εᵢ)f(εⱼ)ᵀ) + μ_b + σ_b ⊙ f(εⱼ)), f(ε) = sign(ε)·√|ε| (equations 9 to 11, factorised noise).
///
/// One draw serves the whole batch. On a tape for evaluation the noise is zero.
public struct NoisyLinear: Module {
    private let inputs: Int
    private let outputs: Int
    private let activation: Activation
    private let weights: Parameter
    private let weightDeviation: Parameter
    private let bias: Parameter
    private let biasDeviation: Parameter

    /// Reserves `NAME.weight` and `NAME.weight.deviation` [inputs, outputs], `NAME.bias` and `NAME.bias.deviation` [outputs].
    ///
    /// Means begin in U(±1/√inputs), deviations at `deviation`/√inputs (section 3.2; 0.5 there).
    public init(
        _ name: String, inputs: Int, outputs: Int, activation: Activation = .none, deviation: Float = 0.5,
        in store: ParameterStore, using random: inout RandomSource
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.activation = activation
        let first = Initializer.constant(deviation / Float(max(1, inputs)).squareRoot())
        weights = store.reserve("\(name).weight", [inputs, outputs], .fanIn(), using: &random)
        weightDeviation = store.reserve("\(name).weight.deviation", [inputs, outputs], first, using: &random)
        bias = store.reserve("\(name).bias", [outputs], .fanIn(inputs), using: &random)
        biasDeviation = store.reserve("\(name).bias.deviation", [outputs], first, using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node {
        let tape = x.tape
        var w = tape.parameter(weights), b = tape.parameter(bias)
        if tape.mode == .training {
            let before = tape.noise(.rootNormal, .vector(inputs), shared: true)
            let after = tape.noise(.rootNormal, .vector(outputs), shared: true)
            w = w.withNoise(deviation: tape.parameter(weightDeviation), inputs: before, outputs: after)
            b = b + tape.parameter(biasDeviation) * after
        }
        return x.affine(w, b, outputs: outputs, activation: activation)
    }
}
