// The entries of recurrent layers on the shapes that they are tried on, and one step of each cell in Double.
import Basics
import Glibc
import Kernels
import Neural
import TestSupport

/// A cell's formulas in Double, for one row.
struct RecurrentTwin {
    let cell: RecurrentCell
    let hidden: Int

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + Glibc.exp(-x)) }

    /// x · w and the first blocks of the bias.
    func projection(_ x: [Double], _ w: [Double], bias: [Double]) -> [Double] {
        let width = cell.blocks * hidden
        return (0..<width).map { j in x.indices.reduce(bias[j]) { $0 + x[$1] * w[$1 * width + j] } }
    }
    /// projection [blocks · hidden], h [hidden], u [hidden, blocks · hidden], bias [hidden] for a GRU.
    func gates(_ projection: [Double], _ h: [Double], _ u: [Double], bias: [Double]) -> [Double] {
        let width = cell.blocks * hidden
        return (0..<width).map { (j: Int) -> Double in
            let sum = (0..<hidden).reduce(0.0) { $0 + h[$1] * u[$1 * width + j] }
            switch (cell, j / hidden) {
            case (.vanilla, _), (.lstm, 2): return Glibc.tanh(sum + projection[j])
            case (.gru, 2): return sum + bias[j - 2 * hidden]
            default: return Self.sigmoid(sum + projection[j])
            }
        }
    }
    /// state [stateBlocks · hidden] to the next one.
    func next(_ projection: [Double], _ gates: [Double], _ state: [Double]) -> [Double] {
        let n = hidden
        switch cell {
        case .vanilla: return gates
        case .lstm:
            let c = (0..<n).map { gates[n + $0] * state[n + $0] + gates[$0] * gates[2 * n + $0] }
            return (0..<n).map { gates[3 * n + $0] * Glibc.tanh(c[$0]) } + c
        case .gru:
            return (0..<n).map { (j: Int) -> Double in
                let candidate = Glibc.tanh(projection[2 * n + j] + gates[j] * gates[2 * n + j])
                return (1 - gates[n + j]) * candidate + gates[n + j] * state[j]
            }
        }
    }
}

extension PrimitiveTable {
    /// Widths on both sides of a vector; one step and several, with and without a mask.
    static let recurrent: [PrimitiveCase] = [(1, 2, 1, false), (5, 3, 3, true), (16, 1, 2, false), (17, 2, 2, true)].flatMap {
        (hidden: Int, inputs: Int, steps: Int, masked: Bool) -> [PrimitiveCase] in
        RecurrentCell.allCases.flatMap { cell in
            [true, false].map { unrolling(cell, inputs: inputs, hidden: hidden, steps: steps, masked: masked, whole: $0) }
        } + [stepwise(hidden, steps)]
    }

    private static func slice(_ numbers: [Double], _ row: Int, _ width: Int) -> [Double] {
        Array(numbers[row * width..<(row + 1) * width])
    }

    /// - Parameter whole: without it there is no state before the first step, and none after the last.
    private static func unrolling(
        _ cell: RecurrentCell, inputs: Int, hidden: Int, steps: Int, masked: Bool, whole: Bool
    ) -> PrimitiveCase {
        let twin = RecurrentTwin(cell: cell, hidden: hidden), width = cell.blocks * hidden, stateWidth = cell.stateBlocks * hidden
        let first = whole ? 2 : 1
        return PrimitiveCase(
            RecurrentUnrolling(cell, hidden: hidden, steps: steps, hasState: whole, masked: masked, handsOn: whole),
            [.vector(steps * inputs)] + (whole ? [.vector(stateWidth)] : [])
                + [.vector(inputs * width), .vector(hidden * width), .vector(cell.biasBlocks * hidden)]
                + (masked ? [.vector(steps)] : []),
            numbers: Array(repeating: .normal, count: first + 3) + (masked ? [.indices(2)] : [])
        ) { x, rows in
            let (w, u, b) = (x[first], x[first + 1], x[first + 2])
            return (0..<rows).flatMap { (row: Int) -> [Double] in
                var state = whole ? slice(x[1], row, stateWidth) : Array(repeating: 0, count: stateWidth), shown: [Double] = []
                for step in 0..<steps {
                    // The mask is moved by central differences too, and counts as the nearest whole number.
                    if masked && x[first + 3][row * steps + step].rounded() == 0 { state = state.map { _ in 0 } }
                    let projection = twin.projection(slice(x[0], row * steps + step, inputs), w, bias: b)
                    let bias = Array(b.dropFirst(width))
                    state = twin.next(projection, twin.gates(projection, state, u, bias: bias), state)
                    shown += state.prefix(hidden)
                }
                return shown + (whole ? state.dropFirst(hidden) : [])
            }
        }
    }
    private static func stepwise(_ inputs: Int, _ steps: Int) -> PrimitiveCase {
        PrimitiveCase(
            StepwiseAffine(steps: steps, outputs: 3, activation: .tanh),
            [.vector(steps * inputs), .vector(inputs * 3), .vector(3)], .normal, .normal, .normal
        ) { operands, rows in
            let x = NaiveMatrix(operands[0], rows: rows * steps, columns: inputs)
            return (x * NaiveMatrix(operands[1], rows: inputs, columns: 3)).adding(row: operands[2]).mapped { Glibc.tanh($0) }
                .numbers
        }
    }
}
