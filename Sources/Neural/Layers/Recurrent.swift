// A recurrent layer: vanilla, LSTM or GRU, recorded step by step on the tape; back-propagation through time is the tape's own.
public import Basics
public import Kernels

/// What a recurrent layer records: its hidden state after each step, and all that the next segment needs to go on.
public struct Unrolled {
    /// After each step, [hidden].
    public let hidden: [Node]
    /// After the last step, [stateWidth]: copy its rows to the inlet that the next segment starts from.
    public let state: Node
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
    private let inputBias: Parameter
    private let hiddenWeights: Parameter
    private let hiddenBias: Parameter?

    /// Reserves `NAME.input.weight` [inputs, blocks · hidden], `NAME.input.bias` [blocks · hidden], `NAME.hidden.weight`
    /// [hidden, blocks · hidden] and for a GRU `NAME.hidden.bias` [hidden]; gates in the order of `RecurrentCell`.
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
        var bias = [Float](repeating: 0, count: width)
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
        inputBias = store.reserve("\(name).input.bias", [width], .given(bias), using: &random)
        hiddenBias = cell == .gru ? store.reserve("\(name).hidden.bias", [hidden], .constant(0), using: &random) : nil
    }

    /// Records `steps` steps: the input's product for all of them at once, then one step after another.
    ///
    /// - Parameters:
    ///   - x: [steps · inputs], one step after another.
    ///   - state: [stateWidth], what the first step begins with.
    ///   - keep: [steps] of ones and zeros; a zero lets the row begin that step with a state of zeros, through which no gradient
    ///     flows: the first step of a new episode. nil: no row ever begins anew.
    public func callAsFunction(
        _ x: Node, steps: Int, from state: Node, keeping keep: Node? = nil, file: StaticString = #fileID, line: UInt = #line
    ) -> Unrolled {
        let tape = x.tape
        let projection = x.stepwiseAffine(
            tape.parameter(inputWeights), tape.parameter(inputBias), steps: steps, outputs: cell.blocks * hidden, file: file,
            line: line)
        let u = tape.parameter(hiddenWeights)
        let bias = hiddenBias.map { [tape.parameter($0)] } ?? [], mask = keep.map { [$0] } ?? []
        var state = state, shown: [Node] = []
        for step in 0..<steps {
            let place = RecurrentPlace(cell, hidden: hidden, step: step, steps: steps, masked: keep != nil)
            let gates = tape.record(RecurrentGates(place), [projection, state, u] + bias + mask, file: file, line: line)
            switch cell {
            case .vanilla: state = gates
            case .lstm: state = tape.record(LSTMCell(place), [gates, state] + mask, file: file, line: line)
            case .gru: state = tape.record(GRUCell(place), [projection, gates, state] + mask, file: file, line: line)
            }
            shown.append(cell == .lstm ? state.slice(from: 0, length: hidden, file: file, line: line) : state)
        }
        return Unrolled(hidden: shown, state: state)
    }
}
