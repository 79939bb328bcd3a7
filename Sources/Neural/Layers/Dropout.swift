// Dropping what a layer hands on, at random, while training: numbers, whole channels, or weights.
public import Basics
import Kernels

private func checkChance(_ chance: Float, _ file: StaticString, _ line: UInt) {
    guard chance >= 0 && chance < 1 else {
        fatalError("a dropout's chance is at least 0 and below 1, got \(chance)", file: file, line: line)
    }
}

/// y = x ⊙ mask, each number of the mask 1/(1 − chance) or, with probability `chance`, 0 (Srivastava et al. 2014, inverted: section
/// 10); y = x on a tape for evaluation.
public struct Dropout: Module {
    private let chance: Float
    public init(_ chance: Float, file: StaticString = #fileID, line: UInt = #line) {
        checkChance(chance, file, line)
        self.chance = chance
    }
    public func callAsFunction(_ x: Node) -> Node {
        if chance == 0 || x.tape.mode == .evaluation { return x }
        return x.multiplied(by: x.tape.noise(.mask(keep: 1 - chance), x.shape))
    }
}

/// `Dropout` of whole channels: all pixels of one are kept or dropped together (Tompson et al. 2015, section 3.2).
public struct SpatialDropout: Module {
    private let chance: Float
    public init(_ chance: Float, file: StaticString = #fileID, line: UInt = #line) {
        checkChance(chance, file, line)
        self.chance = chance
    }
    public func callAsFunction(_ x: Node) -> Node {
        if chance == 0 || x.tape.mode == .evaluation { return x }
        return x.multipliedSpread(by: x.tape.noise(.mask(keep: 1 - chance), .vector(x.shape.channels)))
    }
}

/// A dense layer whose weights and biases are dropped (Wan et al. 2013): y = act(x·(W ⊙ M) + b ⊙ m).
///
/// Masks are inverted as in `Dropout` and drawn once for the batch, where the paper draws one for each example; on a tape for
/// evaluation the plain weights stand for the mean, where the paper samples from a moment-matched Gaussian.
public struct DropConnect: Module {
    private let chance: Float
    private let outputs: Int
    private let activation: Activation
    private let weights: Parameter
    private let bias: Parameter

    /// Reserves `NAME.weight` [inputs, outputs] and `NAME.bias` [outputs].
    public init(
        _ name: String, _ chance: Float, inputs: Int, outputs: Int, activation: Activation = .none,
        weights: Initializer = .fanIn(), in store: ParameterStore, using random: inout RandomSource,
        file: StaticString = #fileID, line: UInt = #line
    ) {
        checkChance(chance, file, line)
        self.chance = chance
        self.outputs = outputs
        self.activation = activation
        self.weights = store.reserve("\(name).weight", [inputs, outputs], weights, using: &random)
        bias = store.reserve("\(name).bias", [outputs], .fanIn(inputs), using: &random)
    }

    public func callAsFunction(_ x: Node) -> Node {
        let tape = x.tape
        func dropped(_ parameter: Parameter) -> Node {
            let node = tape.parameter(parameter)
            if chance == 0 || tape.mode == .evaluation { return node }
            return node.multiplied(by: tape.noise(.mask(keep: 1 - chance), node.shape, shared: true))
        }
        return x.affine(dropped(weights), dropped(bias), outputs: outputs, activation: activation)
    }
}
