// A recurrent layer: vanilla, LSTM or GRU through the steps of a sequence, truncated where the caller cuts it.
public import Basics
public import Kernels

/// What a recurrent layer shows: the hidden state after each step, and all that the next segment needs to go on.
public struct Unrolled {
    /// [h₁ … h_steps], and for an LSTM that hands on its state the last cell state behind them.
    let all: Node
    public let steps: Int
    public let hiddenWidth: Int
    let stateWidth: Int
    let handsOn: Bool

    /// The hidden states after these steps, one after another, [steps.count · hidden].
    public func hidden(after steps: Range<Int>, file: StaticString = #fileID, line: UInt = #line) -> Node {
        guard steps.lowerBound >= 0 && steps.upperBound <= self.steps && !steps.isEmpty else {
            fatalError("the hidden states after steps \(steps) of a sequence of \(self.steps)", file: file, line: line)
        }
        let start = steps.lowerBound * hiddenWidth, length = steps.count * hiddenWidth
        return start == 0 && length == all.shape.count ? all : all.slice(from: start, length: length, file: file, line: line)
    }
    /// The hidden state after each step, [hidden]; asking records each of them.
    public var hidden: [Node] { (0..<steps).map { hidden(after: $0..<$0 + 1) } }
    /// After the last step, [stateWidth]: copy its rows to the inlet that the next segment starts from.
    ///
    /// - Precondition: the layer was recorded as one that hands on its state.
    public var state: Node {
        guard handsOn else { fatalError("this layer was recorded with handsOn: false, so nothing goes on after its last step") }
        return all.slice(from: (steps - 1) * hiddenWidth, length: stateWidth)
    }
}

/// Truncated back-propagation through time: the state comes from an inlet, so no gradient leaves the segment; after each run copy the
/// rows of `Unrolled.state` to that inlet and the next segment goes on where this one ended.
public struct Recurrent {
    public let cell: RecurrentCell
    public let inputs: Int
    public let hidden: Int
    /// Floats of one row's state: h, or h and c.
    public var stateWidth: Int { cell.stateBlocks * hidden }
    private let inputWeights: Parameter
    private let hiddenWeights: Parameter
    private let bias: Parameter

    /// Reserves `NAME.input.weight` [inputs, blocks · hidden], `NAME.hidden.weight` [hidden, blocks · hidden] and `NAME.bias`
    /// [biasBlocks · hidden]; gates in the order of `RecurrentCell`.
    ///
    /// - Parameters:
    ///   - forgetBias: where an LSTM's forget gate begins; near 1 it remembers (Gers et al. 2000, Jozefowicz et al. 2015).
    ///   - memory: the longest span in steps that an LSTM is to bridge. Where given, its forget biases begin at log u with u uniform
    ///     in 1 ..< memory, and the input biases at their negatives (Tallec & Ollivier 2018, equation 16); `forgetBias` is not used.
    public init(
        _ name: String, _ cell: RecurrentCell, inputs: Int, hidden: Int, forgetBias: Float = 1, memory: Int? = nil,
        weights: Initializer? = nil, in store: ParameterStore, using random: inout RandomSource
    ) {
        self.cell = cell
        self.inputs = inputs
        self.hidden = hidden
        let width = cell.blocks * hidden, usual = weights ?? .fanIn(hidden)
        inputWeights = store.reserve("\(name).input.weight", [inputs, width], usual, using: &random)
        hiddenWeights = store.reserve("\(name).hidden.weight", [hidden, width], usual, using: &random)
        var bias = [Float](repeating: 0, count: cell.biasBlocks * hidden)
        if cell == .lstm {
            let spans = Storage<Float>(count: hidden)
            for j in 0..<hidden {
                spans.all[j] = memory.map { Float(random.uniform(1, Double(max(2, $0 - 1)))) } ?? 1
            }
            VectorMaths.log(spans.all, into: spans.all)
            for j in 0..<hidden {
                bias[hidden + j] = memory == nil ? forgetBias : spans.all[j]
                if memory != nil { bias[j] = -spans.all[j] }
            }
        }
        self.bias = store.reserve("\(name).bias", [bias.count], .given(bias), using: &random)
    }

    /// Records the layer through `steps` steps, as one entry.
    ///
    /// - Parameters:
    ///   - x: [steps · inputs], one step after another.
    ///   - state: [stateWidth], what the first step begins with; nil: zeros, and the work that zeros would make is left out.
    ///   - keep: [steps] of ones and zeros; a zero lets the row begin that step with a state of zeros, through which no gradient
    ///     flows: the first step of a new episode. nil: no row ever begins anew.
    ///   - handsOn: false where nothing goes on after the last step; then `Unrolled.state` may not be asked for.
    public func callAsFunction(
        _ x: Node, steps: Int, from state: Node?, keeping keep: Node? = nil, handsOn: Bool = true, file: StaticString = #fileID,
        line: UInt = #line
    ) -> Unrolled {
        let tape = x.tape
        let operands =
            [x] + (state.map { [$0] } ?? []) + [inputWeights, hiddenWeights, bias].map { tape.parameter($0) }
            + (keep.map { [$0] } ?? [])
        let all = tape.record(
            RecurrentUnrolling(
                cell, hidden: hidden, steps: steps, hasState: state != nil, masked: keep != nil, handsOn: handsOn),
            operands, file: file, line: line)
        return Unrolled(all: all, steps: steps, hiddenWidth: hidden, stateWidth: stateWidth, handsOn: handsOn)
    }
}
