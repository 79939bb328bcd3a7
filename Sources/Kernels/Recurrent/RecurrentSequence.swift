// A recurrent cell through all steps of a sequence: few long products, and one pass over the gates for each step.
import CVector

/// `steps` steps of every row, each row alone: its bits depend neither on the number of rows nor on its place.
///
/// Buffers, row by row: x [rows, steps · inputs], state [rows, stateBlocks · hidden] (h first; empty where every row begins with zeros), w [inputs, blocks · hidden],
/// u [hidden, blocks · hidden], bias [biasBlocks · hidden], keep [rows, steps] of ones and zeros, or empty where every row goes on;
/// y [rows, resultWidth], the hidden states one step after another and, for an LSTM that `handsOn`, the last cell state behind them. A row whose keep
/// is 0 starts that step from a state of zeros, and no gradient flows into the state that it left.
///
/// Inside, everything lies step by step, so that one step is a matrix of its own and all of them together are one too. Hence the
/// inputs' product, the gradients of all weights and that of the inputs are one product each; only u stands between two steps.
public struct RecurrentSequence: Sendable {
    public let cell: RecurrentCell
    public let inputs: Int
    public let hidden: Int
    public let steps: Int
    /// Whether an LSTM's last cell state is part of the result.
    public let handsOn: Bool

    public init(_ cell: RecurrentCell, inputs: Int, hidden: Int, steps: Int, handsOn: Bool = true) {
        self.handsOn = handsOn
        self.cell = cell
        self.inputs = inputs
        self.hidden = hidden
        self.steps = steps
    }

    /// Of w and u.
    var weightWidth: Int { cell.blocks * hidden }
    /// Of the gates in memory; a GRU keeps the candidate's share of the hidden state apart, as a fourth block.
    var gateWidth: Int { cell.biasBlocks * hidden }
    public var stateWidth: Int { cell.stateBlocks * hidden }
    public var resultWidth: Int { (steps + (handsOn ? cell.stateBlocks - 1 : 0)) * hidden }
    /// What each row and step leaves behind besides inputs, gates and the hidden state it began with, in widths of `hidden`: an LSTM
    /// the cell state it began with and tanh of its own, a GRU its candidate.
    private var traces: Int { cell == .lstm ? 2 : cell == .gru ? 1 : 0 }

    /// Floats that `forward` leaves behind for `backward`, which uses them up.
    public func memoryCount(rows: Int) -> Int {
        roundedToVector(steps * rows * inputs) + roundedToVector(steps * rows * gateWidth)
            + (1 + traces) * roundedToVector(steps * rows * hidden)
    }
    /// Floats that one call of `backward` may use.
    public func scratchCount(rows: Int) -> Int {
        roundedToVector(steps * rows * inputs) + 2 * roundedToVector(rows * hidden)
            + roundedToVector(max(inputs, hidden) * weightWidth)
    }

    /// Where things lie in the memory, for as many rows as are run.
    struct Memory {
        /// [steps, rows, inputs]
        let inputs: UnsafeMutablePointer<Float>
        /// Activated, [steps, rows, gateWidth]; `backward` turns them into their gradients.
        let gates: UnsafeMutablePointer<Float>
        /// The hidden state that a step begins with, [steps, rows, hidden].
        let begun: UnsafeMutablePointer<Float>
        /// An LSTM's cell state that a step begins with, a GRU's candidate.
        let first: UnsafeMutablePointer<Float>
        /// An LSTM's tanh c.
        let second: UnsafeMutablePointer<Float>

        init(_ memory: Floats, _ sequence: RecurrentSequence, rows: Int) {
            let places = sequence.steps * rows, state = roundedToVector(places * sequence.hidden)
            inputs = memory.base
            gates = inputs + roundedToVector(places * sequence.inputs)
            begun = gates + roundedToVector(places * sequence.gateWidth)
            first = begun + (sequence.traces > 0 ? state : 0)
            second = first + (sequence.traces > 1 ? state : 0)
        }
    }

    func check(_ rows: Int, memory: Floats) {
        guard hidden > 0 && inputs > 0 && steps > 0 && rows >= 0 else {
            fatalError("a recurrent sequence of \(rows) rows, \(steps) steps, \(inputs) inputs and \(hidden) hidden numbers")
        }
        need("memory", memory, memoryCount(rows: rows))
    }
    @inline(__always) func need(_ name: StaticString, _ buffer: Floats, _ count: Int) {
        guard buffer.count >= count else {
            fatalError("a recurrent sequence needs \(count) floats of \(name), got \(buffer.count)")
        }
    }
    /// For what may be left out.
    @inline(__always) func need(_ name: StaticString, _ buffer: Floats, ifAny count: Int) {
        if buffer.count != 0 { need(name, buffer, count) }
    }

    @inline(__always) func keeps(_ keep: Floats, _ row: Int, _ step: Int) -> Bool {
        keep.count == 0 || keep.base[row * steps + step] != 0
    }
    /// Calls `body` with the first column and the number of columns of each vector of a block.
    ///
    /// The body stands here once alone: with a second copy for the last vector the compiler no longer inlines what it calls.
    @inline(__always) func eachVector(_ body: (_ column: Int, _ count: Int32) -> Void) {
        var j = 0
        while j < hidden {
            body(j, Int32(min(16, hidden - j)))
            j += 16
        }
    }
    @inline(__always) func put(_ value: Vector, _ to: UnsafeMutablePointer<Float>, _ count: Int32) {
        // With wide registers a store by mask costs no more than a plain one.
        if !hasWideRegisters && count == 16 { store(value, to) } else { store_first16(to, value, count) }
    }
}
