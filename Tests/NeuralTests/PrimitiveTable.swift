// Every primitive with the shapes that it is tried on and its formula in Double: a new primitive adds its rows here.
import Basics
import Glibc
import Kernels
import Neural
import TestSupport

enum PrimitiveTable {
    static let rowCounts = [1, 2, 9]
    static let all: [PrimitiveCase] = [
        arithmetic, pointwise, losses, softmax, reductions, dense, layers, rowLosses, recurrent, images,
    ].flatMap { $0 }

    /// Element by element on these row shapes.
    static func each(
        _ primitive: any Primitive, _ numbers: OperandNumbers, _ formula: @escaping @Sendable (Double) -> Double
    ) -> [PrimitiveCase] {
        [Shape.vector(1), .vector(7), .vector(16), .vector(19), .image(height: 2, width: 3, channels: 2)].map { shape in
            PrimitiveCase(primitive, [shape], numbers) { x, _ in x[0].map(formula) }
        }
    }
    static func pairs(
        _ primitive: any Primitive, _ formula: @escaping @Sendable (Double, Double) -> Double
    ) -> [PrimitiveCase] {
        [Shape.vector(1), .vector(7), .vector(16), .vector(19)].map { shape in
            PrimitiveCase(primitive, [shape, shape], .normal, .normal) { x, _ in zip(x[0], x[1]).map(formula) }
        }
    }

    private static let arithmetic: [PrimitiveCase] = [
        pairs(Add()) { $0 + $1 },
        pairs(Subtract()) { $0 - $1 },
        pairs(Multiply()) { $0 * $1 },
        each(Scale(by: -2.5, plus: 0.75), .normal) { -2.5 * $0 + 0.75 },
    ].flatMap { $0 }

    private static let pointwise: [PrimitiveCase] = [
        each(Exp(), .normal) { Glibc.exp($0) },
        each(Log(), .between(0.1, 4)) { Glibc.log($0) },
        each(Tanh(), .normal) { Glibc.tanh($0) },
        each(ReLU(), .avoiding([0])) { max($0, 0) },
    ].flatMap { $0 }

    private static let losses: [PrimitiveCase] = [
        each(Square(), .normal) { $0 * $0 },
        each(Huber(threshold: 1), .avoiding([-1, 1])) { huber($0, threshold: 1) },
        each(Huber(threshold: 0.5), .avoiding([-0.5, 0.5])) { huber($0, threshold: 0.5) },
    ].flatMap { $0 }
    private static func huber(_ x: Double, threshold: Double) -> Double {
        abs(x) <= threshold ? x * x / 2 : threshold * (abs(x) - threshold / 2)
    }

    private static let softmax: [PrimitiveCase] = [1, 2, 5, 16, 19].flatMap { (width: Int) -> [PrimitiveCase] in
        let probabilities = PrimitiveCase(Probabilities(), [.vector(width)], .normal) { x, rows in byRow(x[0], rows, shares(of:))
        }
        let logarithms = PrimitiveCase(LogSoftmax(), [.vector(width)], .normal) { x, rows in
            byRow(x[0], rows) { row in shares(of: row).map { Glibc.log($0) } }
        }
        return [probabilities, logarithms]
    }
    private static func shares(of row: [Double]) -> [Double] {
        let powers = row.map { Glibc.exp($0) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    private static let reductions: [PrimitiveCase] = [1, 7, 16, 19].flatMap { (width: Int) -> [PrimitiveCase] in
        let shape = Shape.vector(width)
        let mean = PrimitiveCase(Mean(), [shape], .normal) { x, _ in [x[0].reduce(0, +) / Double(x[0].count)] }
        let sum = PrimitiveCase(Sum(), [shape], .normal) { x, _ in [x[0].reduce(0, +)] }
        let rowSum = PrimitiveCase(RowSum(), [shape], .normal) { x, rows in byRow(x[0], rows) { [$0.reduce(0, +)] } }
        // The index is moved by central differences too; it counts as the nearest whole number.
        let pick = PrimitiveCase(Pick(), [shape, .vector(1)], .normal, .indices(width)) { x, rows in
            (0..<rows).map { (row: Int) -> Double in x[0][row * width + Int(x[1][row].rounded())] }
        }
        return [mean, sum, rowSum, pick]
    }

    /// Inputs and outputs on both sides of every choice that the kernels make.
    private static let denseSizes = [(1, 1), (3, 5), (16, 2), (20, 2), (5, 17)]
    private static let dense: [PrimitiveCase] = denseSizes.flatMap { inputs, outputs in
        FusedActivation.allCases.map { affine(inputs, outputs, $0) }
    }
    private static func affine(_ inputs: Int, _ outputs: Int, _ activation: FusedActivation) -> PrimitiveCase {
        PrimitiveCase(
            Affine(outputs: outputs, activation: activation), [.vector(inputs), .vector(inputs * outputs), .vector(outputs)],
            .normal, .normal, .normal
        ) { operands, rows in
            let x = NaiveMatrix(operands[0], rows: rows, columns: inputs)
            let w = NaiveMatrix(operands[1], rows: inputs, columns: outputs)
            let sums = (x * w).adding(row: operands[2])
            switch activation {
            case .none: return sums.numbers
            case .relu: return sums.mapped { max($0, 0) }.numbers
            case .tanh: return sums.mapped { Glibc.tanh($0) }.numbers
            }
        }
    }

    static func byRow(_ numbers: [Double], _ rows: Int, _ function: ([Double]) -> [Double]) -> [Double] {
        let width = numbers.count / rows
        return (0..<rows).flatMap { function(Array(numbers[$0 * width..<($0 + 1) * width])) }
    }
}
