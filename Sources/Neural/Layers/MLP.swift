// The multi-layer perceptron: dense layers with an activation between them and a plain one at the end.
public import Basics
import Kernels

public struct MLP: Module {
    private let layers: [Linear]

    /// `hidden` layers with `activation`, then a linear layer of `outputs`.
    ///
    /// - Parameter name: the parameters are called `NAME.0.weight`, `NAME.0.bias`, `NAME.1.weight`, …
    public init(
        _ name: String, inputs: Int, hidden: [Int], outputs: Int, activation: Activation = .relu, weights: Initializer = .fanIn(),
        in store: ParameterStore, using random: inout RandomSource
    ) {
        var layers: [Linear] = []
        var width = inputs
        for (i, next) in (hidden + [outputs]).enumerated() {
            let last = i == hidden.count
            layers.append(
                Linear(
                    "\(name).\(i)", inputs: width, outputs: next, activation: last ? .none : activation, weights: weights,
                    in: store,
                    using: &random))
            width = next
        }
        self.layers = layers
    }

    public func callAsFunction(_ x: Node) -> Node { layers.reduce(x) { $1($0) } }
}
