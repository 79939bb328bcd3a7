// A convolutional layer: y = act(x ∗ W + b).
public import Basics
import Kernels

public struct Convolution: Module {
    public let filters: Int
    public let kernel: Int
    public let stride: Int
    public let padding: Int
    public let dilation: Int
    public let activation: Activation
    private let weights: Parameter
    private let bias: Parameter

    /// Reserves `NAME.weight` [kernel, kernel, channels, filters] and `NAME.bias` [filters].
    ///
    /// - Parameter padding: pixels of zeros on each side; (kernel − 1) · dilation / 2 keeps the size where the stride is 1.
    public init(
        _ name: String, channels: Int, filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
        activation: Activation = .none, weights: Initializer = .fanIn(), bias: Initializer? = nil, in store: ParameterStore,
        using random: inout RandomSource
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.activation = activation
        self.weights = store.reserve("\(name).weight", [kernel, kernel, channels, filters], weights, using: &random)
        self.bias = store.reserve("\(name).bias", [filters], bias ?? .fanIn(kernel * kernel * channels), using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node {
        x.convolved(
            x.tape.parameter(weights), x.tape.parameter(bias), filters: filters, kernel: kernel, stride: stride, padding: padding,
            dilation: dilation, activation: activation)
    }
}
