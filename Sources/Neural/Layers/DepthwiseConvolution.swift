// A convolutional layer in which each channel has a window of its own.
public import Basics
import Kernels

public struct DepthwiseConvolution: Module {
    public let kernel: Int
    public let stride: Int
    public let padding: Int
    public let dilation: Int
    public let activation: Activation
    private let weights: Parameter
    private let bias: Parameter

    /// Reserves `NAME.weight` [kernel, kernel, channels] and `NAME.bias` [channels].
    public init(
        _ name: String, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        activation: Activation = .none, weights: Initializer = .fanIn(), bias: Initializer? = nil, in store: ParameterStore,
        using random: inout RandomSource
    ) {
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.activation = activation
        self.weights = store.reserve("\(name).weight", [kernel, kernel, channels], weights, using: &random)
        self.bias = store.reserve("\(name).bias", [channels], bias ?? .fanIn(kernel * kernel), using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node {
        x.convolvedDepthwise(
            x.tape.parameter(weights), x.tape.parameter(bias), kernel: kernel, stride: stride, padding: padding,
            dilation: dilation,
            activation: activation)
    }
}
