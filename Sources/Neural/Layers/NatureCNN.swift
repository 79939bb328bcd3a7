// The network that learned Atari games from pixels (Mnih et al. 2015).
public import Basics
import Kernels

/// 32 filters of 8 × 8 every 4 pixels, 64 of 4 × 4 every 2, 64 of 3 × 3, then 512 features, each with ReLU unless told otherwise.
public struct NatureCNN: Module {
    /// Numbers in one row of the result.
    public let features: Int
    private let convolutions: [Convolution]
    private let dense: Linear

    /// Reserves `NAME.0` to `NAME.2` (the convolutions) and `NAME.3` (the dense layer), each with `weight` and `bias`.
    ///
    /// - Parameters:
    ///   - image: [height, width, channels], at least 36 × 36; 84 × 84 × 4 in the paper.
    ///   - last: the dense layer's activation, where it differs.
    public init(
        _ name: String, image: Shape, features: Int = 512, activation: Activation = .relu, last: Activation? = nil,
        weights: Initializer = .fanIn(), bias: Initializer? = nil, in store: ParameterStore, using random: inout RandomSource
    ) {
        var size = ImageSize(image, for: name)
        var convolutions: [Convolution] = []
        for (i, (filters, kernel, stride)) in [(32, 8, 4), (64, 4, 2), (64, 3, 1)].enumerated() {
            let convolution = Convolution(
                "\(name).\(i)", channels: size.channels, filters: filters, kernel: kernel, stride: stride,
                activation: activation, weights: weights, bias: bias, in: store, using: &random)
            size.shrink(by: convolution)
            convolutions.append(convolution)
        }
        self.convolutions = convolutions
        self.features = features
        dense = Linear(
            "\(name).3", inputs: size.count, outputs: features, activation: last ?? activation, weights: weights, bias: bias,
            in: store,
            using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node { dense(convolutions.reduce(x) { $1($0) }) }
}
