// MinAtar's network: small planes, one convolution, one dense layer (Young & Tian 2019).
public import Basics
import Kernels

/// 16 filters of 3 × 3, then 128 features, each with ReLU unless told otherwise.
public struct MinAtarCNN: Module {
    /// Numbers in one row of the result.
    public let features: Int
    private let convolution: Convolution
    private let dense: Linear

    /// Reserves `NAME.0` (the convolution) and `NAME.1` (the dense layer), each with `weight` and `bias`.
    ///
    /// - Parameters:
    ///   - image: [height, width, channels], at least 3 × 3.
    ///   - last: the dense layer's activation, where it differs.
    public init(
        _ name: String, image: Shape, features: Int = 128, activation: Activation = .relu, last: Activation? = nil,
        weights: Initializer = .fanIn(), bias: Initializer? = nil, in store: ParameterStore, using random: inout RandomSource
    ) {
        var size = ImageSize(image, for: name)
        self.features = features
        convolution = Convolution(
            "\(name).0", channels: size.channels, filters: 16, kernel: 3, activation: activation, weights: weights,
            bias: bias, in: store, using: &random)
        size.shrink(by: convolution)
        dense = Linear(
            "\(name).1", inputs: size.count, outputs: features, activation: last ?? activation, weights: weights, bias: bias,
            in: store,
            using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node { dense(convolution(x)) }
}
