// Dense layers with any activation: fused where their own entry can apply it, as an entry of its own elsewhere.
public import Basics
import Kernels

extension Linear {
    /// A dense layer and its activation; reserves what `Linear` does.
    public static func layer(
        _ name: String, inputs: Int, outputs: Int, then nonlinearity: Nonlinearity, weights: Initializer = .fanIn(),
        bias: Initializer? = nil, in store: ParameterStore, using random: inout RandomSource
    ) -> any Module {
        let linear = Linear(
            name, inputs: inputs, outputs: outputs, activation: nonlinearity.fused ?? .none, weights: weights, bias: bias,
            in: store, using: &random)
        return nonlinearity.fused == nil ? Chain(linear, nonlinearity) : linear
    }
}
