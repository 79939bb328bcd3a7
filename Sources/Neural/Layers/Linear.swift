// A dense layer: y = act(x · W + b).
public import Basics
import Kernels

public struct Linear: Module {
    public let inputs: Int
    public let outputs: Int
    public let activation: Activation
    private let weights: Parameter
    private let bias: Parameter

    /// Reserves `NAME.weight` [inputs, outputs] and `NAME.bias` [outputs].
    public init(
        _ name: String, inputs: Int, outputs: Int, activation: Activation = .none, weights: Initializer = .fanIn(),
        bias: Initializer? = nil, in store: ParameterStore, using random: inout RandomSource
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.activation = activation
        self.weights = store.reserve("\(name).weight", [inputs, outputs], weights, using: &random)
        self.bias = store.reserve("\(name).bias", [outputs], bias ?? .fanIn(inputs), using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node {
        x.affine(x.tape.parameter(weights), x.tape.parameter(bias), outputs: outputs, activation: activation)
    }

    /// The same layer on each of `steps` steps, as one product: [steps · inputs] → [steps · outputs].
    public func callAsFunction(_ x: Node, steps: Int, file: StaticString = #fileID, line: UInt = #line) -> Node {
        x.stepwiseAffine(
            x.tape.parameter(weights), x.tape.parameter(bias), steps: steps, outputs: outputs, activation: activation, file: file,
            line: line)
    }
}
