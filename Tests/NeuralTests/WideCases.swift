// Entries of the sizes that agents use, where kernels cut sums and rows into tiles: for laws about bits, which need no twin.
import Basics
import Kernels
import Neural
import TestSupport

extension PrimitiveTable {
    static let wide: [PrimitiveCase] =
        [(70, 33), (256, 64), (600, 20), (1024, 70), (640, 6), (1, 300)].flatMap { inputs, outputs in
            FusedActivation.allCases.map { activation in
                untwinned(
                    Affine(outputs: outputs, activation: activation),
                    [.vector(inputs), .vector(inputs * outputs), .vector(outputs)])
            }
        }
        + [
            (SlidingWindow(height: 20, width: 24, channels: 4, kernel: 8, stride: 4), 32),
            (SlidingWindow(height: 8, width: 10, channels: 32, kernel: 4, stride: 2), 64),
            (SlidingWindow(height: 5, width: 9, channels: 64, kernel: 3), 64),
            (SlidingWindow(height: 7, width: 7, channels: 16, kernel: 3, padding: 1), 33),
            (SlidingWindow(height: 11, width: 9, channels: 3, kernel: 3, padding: 2, dilation: 2), 16),
            (SlidingWindow(height: 6, width: 6, channels: 48, kernel: 1), 20),
        ].map { window, filters in
            untwinned(
                Convolve(window, filters: filters, activation: .relu),
                [
                    .image(height: window.height, width: window.width, channels: window.channels),
                    .vector(window.kernel * window.kernel * window.channels * filters), .vector(filters),
                ])
        }
        + RecurrentCell.allCases.map(recurrent)
        + [
            untwinned(LogSoftmax(), [.vector(130)]), untwinned(Probabilities(), [.vector(51)]),
            untwinned(RowSum(), [.vector(900)]),
            untwinned(Mean(), [.vector(130)]), untwinned(Sum(), [.vector(130)]),
            untwinned(Moments(channels: 64), [.image(height: 7, width: 7, channels: 64)]),
            untwinned(
                GroupNormalise(groups: 4, channels: 64, epsilon: 1e-5),
                [.image(height: 7, width: 7, channels: 64), .vector(64), .vector(64)]),
            untwinned(MatrixProduct(m: 17, k: 40, n: 33), [.vector(17 * 40), .vector(40 * 33)]),
        ]

    /// Two steps, as wide as agents have them.
    private static func recurrent(_ cell: RecurrentCell) -> PrimitiveCase {
        let inputs = 40, hidden = 128, width = hidden * cell.blocks
        return untwinned(
            RecurrentUnrolling(cell, hidden: hidden, steps: 2, masked: false),
            [
                .vector(2 * inputs), .vector(hidden * cell.stateBlocks), .vector(inputs * width), .vector(hidden * width),
                .vector(cell.biasBlocks * hidden),
            ])
    }

    private static func untwinned(_ primitive: any Primitive, _ operands: [Shape]) -> PrimitiveCase {
        PrimitiveCase(primitive, operands, all: .normal) { _, _ in [] }
    }
}
