// The rows of the primitives that layers are made of: activations, comparisons, spreading, structure, normalisation.
import Basics
import Glibc
import Kernels
import Neural
import TestSupport

extension PrimitiveTable {
    static let layers: [PrimitiveCase] = [
        activations, comparisons, spreading, structure, gathering, products, normalisation,
    ].flatMap { $0 }

    static func sigmoid(_ x: Double) -> Double { 1 / (1 + Glibc.exp(-x)) }

    private static let activations: [PrimitiveCase] = [
        each(Sigmoid(), .normal, sigmoid),
        each(Softplus(), .normal) { Glibc.log1p(Glibc.exp($0)) },
        each(SiLU(), .normal) { $0 * sigmoid($0) },
        each(DSiLU(), .normal) { sigmoid($0) * (1 + $0 * (1 - sigmoid($0))) },
        each(GELU(), .normal) { 0.5 * $0 * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) },
        each(LeakyReLU(slope: 0.125), .avoiding([0])) { $0 > 0 ? $0 : 0.125 * $0 },
        each(ELU(alpha: 1), .avoiding([0])) { $0 > 0 ? $0 : Glibc.expm1($0) },
        each(ELU(alpha: 0.5), .avoiding([0])) { $0 > 0 ? $0 : 0.5 * Glibc.expm1($0) },
        [(1, 1), (1, 3), (2, 1), (3, 4), (2, 19)].map { pieces, width in
            PrimitiveCase(Maxout(pieces: pieces), [.vector(pieces * width)], .normal) { x, rows in
                byRow(x[0], rows) { row in (0..<width).map { i in (0..<pieces).map { row[$0 * width + i] }.max()! } }
            }
        },
        spreadShapes.map { shape, count in
            PrimitiveCase(LearnedReLU(), [shape, .vector(count)], .avoiding([0]), .normal) { x, _ in
                x[0].indices.map { x[0][$0] > 0 ? x[0][$0] : x[1][$0 % count] * x[0][$0] }
            }
        },
    ].flatMap { $0 }

    private static let comparisons: [PrimitiveCase] = [
        [1, 7, 16, 19].map { width in
            PrimitiveCase(Divide(), [.vector(width), .vector(width)], .normal, .between(0.5, 3)) { x, _ in
                zip(x[0], x[1]).map { $0 / $1 }
            }
        },
        pairs(Minimum()) { min($0, $1) },
        pairs(Maximum()) { max($0, $1) },
        each(Clip(low: -0.5, high: 0.75), .avoiding([-0.5, 0.75])) { min(0.75, max(-0.5, $0)) },
        each(Magnitude(), .avoiding([0])) { abs($0) },
        each(SquareRoot(), .between(0.2, 4)) { $0.squareRoot() },
    ].flatMap { $0 }

    /// Row shapes with the counts that spread over them.
    private static let spreadShapes: [(Shape, Int)] = [
        (.vector(1), 1), (.vector(7), 1), (.vector(7), 7), (.vector(19), 19), (.vector(19), 1),
        (.image(height: 2, width: 3, channels: 3), 1), (.image(height: 2, width: 3, channels: 3), 3),
        (.image(height: 2, width: 1, channels: 17), 17), (.image(height: 2, width: 3, channels: 3), 18),
    ]
    private static let spreading: [PrimitiveCase] = spreadShapes.flatMap { shape, count -> [PrimitiveCase] in
        [false, true].flatMap { shared -> [PrimitiveCase] in
            @Sendable func other(_ i: Int) -> Int { shared ? i % count : i / shape.count * count + i % shape.count % count }
            return [
                PrimitiveCase(AddSpread(shared: shared), [shape, .vector(count)], .normal, .normal) { x, _ in
                    x[0].indices.map { x[0][$0] + x[1][other($0)] }
                },
                PrimitiveCase(MultiplySpread(shared: shared), [shape, .vector(count)], .normal, .normal) { x, _ in
                    x[0].indices.map { x[0][$0] * x[1][other($0)] }
                },
            ]
        } + [
            PrimitiveCase(Spread(), [shape, .vector(count)], .normal, .normal) { x, rows in
                (0..<rows).flatMap { _ in x[1] }
            }
        ]
    }

    private static let structure: [PrimitiveCase] = concatenations + slices + reshapes

    private static let concatenations: [PrimitiveCase] =
        [[1], [2, 3], [1, 16, 4], [1, 2, 3, 4, 5, 6]].flatMap { (widths: [Int]) -> [PrimitiveCase] in
            [concatenation(widths, pixels: 1), concatenation(widths, pixels: 6)]
        }
    private static func concatenation(_ widths: [Int], pixels: Int) -> PrimitiveCase {
        let shapes = widths.map { pixels == 1 ? Shape.vector($0) : .image(height: 2, width: 3, channels: $0) }
        return PrimitiveCase(Concatenate(count: widths.count, pixels: pixels), shapes, all: .normal) { x, rows in
            var result: [Double] = []
            for i in 0..<rows * pixels {
                for (operand, width) in widths.enumerated() { result += x[operand][i * width..<(i + 1) * width] }
            }
            return result
        }
    }

    private static let slices: [PrimitiveCase] = [(0, 1), (2, 3), (0, 7), (6, 1)].flatMap {
        (start: Int, length: Int) -> [PrimitiveCase] in
        [Shape.vector(7), .image(height: 3, width: 1, channels: 7)].map { (shape: Shape) -> PrimitiveCase in
            PrimitiveCase(Slice(start: start, length: length, pixels: shape.count / 7), [shape], .normal) { x, _ in
                var result: [Double] = []
                for i in stride(from: 0, to: x[0].count, by: 7) { result += x[0][i + start..<i + start + length] }
                return result
            }
        }
    }

    private static let reshapes: [PrimitiveCase] = [
        PrimitiveCase(Reshape(.vector(12)), [.image(height: 2, width: 3, channels: 2)], .normal) { x, _ in x[0] },
        PrimitiveCase(Reshape(.image(height: 1, width: 5, channels: 1)), [.vector(5)], .normal) { x, _ in x[0] },
    ]

    /// Indices are moved by central differences too; they count as the nearest whole number.
    private static let gathering: [PrimitiveCase] = [(1, 1, 1), (5, 1, 1), (5, 1, 7), (3, 4, 2), (2, 17, 3)].flatMap {
        choices, block, count -> [PrimitiveCase] in
        let numbers = OperandNumbers.indices(choices), row = Shape.vector(choices * block), index = Shape.vector(count)
        return [
            PrimitiveCase(Gather(block: block), [row, index], .normal, numbers) { x, rows in
                (0..<rows * count).flatMap { i -> [Double] in
                    let start = i / count * choices * block + Int(x[1][i].rounded()) * block
                    return Array(x[0][start..<start + block])
                }
            },
            PrimitiveCase(EmbeddingRows(width: block), [row, index], .normal, numbers) { x, rows in
                (0..<rows * count).flatMap { i -> [Double] in
                    let start = Int(x[1][i].rounded()) * block
                    return Array(x[0][start..<start + block])
                }
            },
        ]
    }

    private static let products: [PrimitiveCase] =
        [(1, 1, 1), (2, 3, 4), (3, 5, 17), (7, 16, 2), (5, 1, 33)].map(matrixProduct)
        + [(1, 1), (3, 5), (4, 17)].map(noisyWeights)

    private static func matrixProduct(_ m: Int, _ k: Int, _ n: Int) -> PrimitiveCase {
        PrimitiveCase(MatrixProduct(m: m, k: k, n: n), [.vector(m * k), .vector(k * n)], .normal, .normal) { x, rows in
            var result: [Double] = []
            for r in 0..<rows {
                let a = NaiveMatrix(Array(x[0][r * m * k..<(r + 1) * m * k]), rows: m, columns: k)
                let b = NaiveMatrix(Array(x[1][r * k * n..<(r + 1) * k * n]), rows: k, columns: n)
                result += (a * b).numbers
            }
            return result
        }
    }
    private static func noisyWeights(_ inputs: Int, _ outputs: Int) -> PrimitiveCase {
        let count = inputs * outputs
        let shapes: [Shape] = [.vector(count), .vector(count), .vector(inputs), .vector(outputs)]
        return PrimitiveCase(NoisyWeights(), shapes, all: .normal) { x, _ in
            (0..<count).map { (i: Int) -> Double in
                let noise: Double = x[2][i / outputs] * x[3][i % outputs]
                return x[0][i] + x[1][i] * noise
            }
        }
    }

    private static let normalisation: [PrimitiveCase] =
        [(1, 1), (1, 5), (6, 3), (4, 17)].flatMap { [moments($0, $1), normalise($0, $1)] }
        + [(1, 2, 1), (1, 5, 1), (1, 19, 1), (1, 36, 2), (4, 3, 3), (6, 4, 2), (4, 17, 1)].map(groupNormalise)

    private static func shape(_ pixels: Int, _ channels: Int) -> Shape {
        pixels == 1 ? .vector(channels) : .image(height: 2, width: pixels / 2, channels: channels)
    }
    private static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
    private static func squares(_ numbers: [Double]) -> Double {
        let m = mean(numbers)
        return numbers.reduce(0) { $0 + ($1 - m) * ($1 - m) }
    }
    private static let epsilon: Float = 0.01

    private static func moments(_ pixels: Int, _ channels: Int) -> PrimitiveCase {
        PrimitiveCase(Moments(channels: channels), [shape(pixels, channels)], .normal) { x, rows in
            let n = Double(rows * pixels)
            let columns = (0..<channels).map { c in stride(from: c, to: x[0].count, by: channels).map { x[0][$0] } }
            return columns.map(mean) + columns.map { squares($0) / n } + columns.map { squares($0) / max(n - 1, 1) }
        }
    }
    private static func normalise(_ pixels: Int, _ channels: Int) -> PrimitiveCase {
        let shapes: [Shape] = [shape(pixels, channels), .vector(2 * channels), .vector(channels), .vector(channels)]
        return PrimitiveCase(
            Normalise(channels: channels, epsilon: epsilon), shapes, .normal, .between(0.5, 2), .normal, .normal
        ) { x, _ in
            x[0].indices.map { (i: Int) -> Double in
                let c = i % channels
                let deviation = (x[1][channels + c] + Double(epsilon)).squareRoot()
                return (x[0][i] - x[1][c]) / deviation * x[2][c] + x[3][c]
            }
        }
    }
    private static func groupNormalise(_ pixels: Int, _ channels: Int, _ groups: Int) -> PrimitiveCase {
        let row = Shape.vector(channels), size = channels / groups
        return PrimitiveCase(
            GroupNormalise(groups: groups, channels: channels, epsilon: epsilon), [shape(pixels, channels), row, row], .normal,
            .normal, .normal
        ) { x, _ in
            x[0].indices.map { (i: Int) -> Double in
                let start = i / (pixels * channels) * pixels * channels, c = i % channels
                var members: [Double] = []
                for p in 0..<pixels {
                    let first = start + p * channels + c / size * size
                    members += x[0][first..<first + size]
                }
                let variance = squares(members) / Double(members.count)
                return (x[0][i] - mean(members)) / (variance + Double(epsilon)).squareRoot() * x[1][c] + x[2][c]
            }
        }
    }
}
