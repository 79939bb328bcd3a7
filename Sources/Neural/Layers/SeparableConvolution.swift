// A convolution in two steps: a window for each channel, then every pixel's channels mixed (Chollet 2017).
public import Basics
import Kernels

public struct SeparableConvolution: Module {
    private let depthwise: DepthwiseConvolution
    private let pointwise: Convolution

    /// Reserves `NAME.depthwise` and `NAME.pointwise`, each with `weight` and `bias`; `activation` follows the second.
    public init(
        _ name: String, channels: Int, filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        activation: Activation = .none, weights: Initializer = .fanIn(), bias: Initializer? = nil, in store: ParameterStore,
        using random: inout RandomSource
    ) {
        depthwise = DepthwiseConvolution(
            "\(name).depthwise", channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
            weights: weights, bias: bias, in: store, using: &random)
        pointwise = Convolution(
            "\(name).pointwise", channels: channels, filters: filters, kernel: 1, activation: activation, weights: weights,
            bias: bias,
            in: store, using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node { pointwise(depthwise(x)) }
}
