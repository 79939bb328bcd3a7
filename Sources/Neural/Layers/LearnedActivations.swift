// Activations with parameters: ReLU with learned slopes, and maxout.
public import Basics

/// y = x where x > 0, slope·x elsewhere, the slopes learned (He et al. 2015).
public struct PReLU: Module {
    private let slopes: Parameter

    /// Reserves `NAME.slope` [count]: 1, the channels, or the width of what it is applied to.
    public init(
        _ name: String, count: Int = 1, slope: Float = 0.25, in store: ParameterStore, using random: inout RandomSource
    ) {
        slopes = store.reserve("\(name).slope", [count], .constant(slope), using: &random)
    }
    public func callAsFunction(_ x: Node) -> Node { x.learnedReLU(slopes: x.tape.parameter(slopes)) }
}

/// The largest of `pieces` dense layers, number by number (Goodfellow et al. 2013).
public struct MaxoutLinear: Module {
    private let pieces: Int
    private let linear: Linear

    /// Reserves `NAME.weight` [inputs, pieces · outputs] and `NAME.bias` [pieces · outputs].
    public init(
        _ name: String, inputs: Int, outputs: Int, pieces: Int, in store: ParameterStore, using random: inout RandomSource
    ) {
        self.pieces = pieces
        linear = Linear(name, inputs: inputs, outputs: pieces * outputs, in: store, using: &random)
    }
    public func callAsFunction(_ x: Node) -> Node { linear(x).maxout(pieces: pieces) }
}
