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
    /// Widths on both sides of a vector; a first, a middle and an only step, with and without a mask.
    static let recurrent: [PrimitiveCase] = [(1, 0, 1, false), (5, 1, 3, true), (16, 2, 3, false), (17, 0, 2, true)].flatMap {
        (hidden: Int, step: Int, steps: Int, masked: Bool) -> [PrimitiveCase] in
        RecurrentCell.allCases.map { gates(RecurrentPlace($0, hidden: hidden, step: step, steps: steps, masked: masked)) }
            + [
                lstm(RecurrentPlace(.lstm, hidden: hidden, step: step, steps: steps, masked: masked)),
                gru(RecurrentPlace(.gru, hidden: hidden, step: step, steps: steps, masked: masked)),
                stepwise(hidden, steps),
            ]
    }

    private static func slice(_ numbers: [Double], _ row: Int, _ width: Int) -> [Double] {
        Array(numbers[row * width..<(row + 1) * width])
    }
    /// The state that a row starts from; the mask is moved by central differences too, and counts as the nearest whole number.
    private static func begun(_ state: [Double], _ mask: [Double]?, _ row: Int, _ place: RecurrentPlace) -> [Double] {
        guard let mask, mask[row * place.steps + place.step].rounded() == 0 else { return state }
        return state.map { _ in 0 }
    }
    private static func projection(_ numbers: [Double], _ row: Int, _ place: RecurrentPlace) -> [Double] {
        slice(numbers, row * place.steps + place.step, place.cell.blocks * place.hidden)
    }
    private static func kinds(_ count: Int, _ place: RecurrentPlace) -> [OperandNumbers] {
        Array(repeating: .normal, count: count) + (place.isMasked ? [.indices(2)] : [])
    }

    private static func gates(_ place: RecurrentPlace) -> PrimitiveCase {
        let twin = RecurrentTwin(cell: place.cell, hidden: place.hidden), n = place.hidden, width = place.cell.blocks * n
        let bias: [Shape] = place.cell == .gru ? [.vector(n)] : [], mask: [Shape] = place.isMasked ? [.vector(place.steps)] : []
        return PrimitiveCase(
            RecurrentGates(place),
            [.vector(place.steps * width), .vector(place.cell.stateBlocks * n), .vector(n * width)] + bias + mask,
            numbers: kinds(3 + bias.count, place)
        ) { x, rows in
            (0..<rows).flatMap { (row: Int) -> [Double] in
                let state = begun(slice(x[1], row, place.cell.stateBlocks * n), place.isMasked ? x.last : nil, row, place)
                return twin.gates(projection(x[0], row, place), state, x[2], bias: place.cell == .gru ? x[3] : [])
            }
        }
    }
    private static func lstm(_ place: RecurrentPlace) -> PrimitiveCase {
        let twin = RecurrentTwin(cell: .lstm, hidden: place.hidden), n = place.hidden
        return PrimitiveCase(
            LSTMCell(place), [.vector(4 * n), .vector(2 * n)] + (place.isMasked ? [.vector(place.steps)] : []),
            numbers: kinds(2, place)
        ) { x, rows in
            (0..<rows).flatMap { (row: Int) -> [Double] in
                twin.next([], slice(x[0], row, 4 * n), begun(slice(x[1], row, 2 * n), place.isMasked ? x[2] : nil, row, place))
            }
        }
    }
    private static func gru(_ place: RecurrentPlace) -> PrimitiveCase {
        let twin = RecurrentTwin(cell: .gru, hidden: place.hidden), n = place.hidden
        return PrimitiveCase(
            GRUCell(place),
            [.vector(place.steps * 3 * n), .vector(3 * n), .vector(n)] + (place.isMasked ? [.vector(place.steps)] : []),
            numbers: kinds(3, place)
        ) { x, rows in
            (0..<rows).flatMap { (row: Int) -> [Double] in
                twin.next(
                    projection(x[0], row, place), slice(x[1], row, 3 * n),
                    begun(slice(x[2], row, n), place.isMasked ? x[3] : nil, row, place))
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
