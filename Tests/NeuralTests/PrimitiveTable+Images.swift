// The primitives that slide a window over an image, over a grid of odd sizes, strides, paddings and dilations.
import Basics
import Glibc
import Kernels
import Neural
import TestSupport

extension PrimitiveTable {
    static let images: [PrimitiveCase] = [convolutions, depthwise, pools].flatMap { $0 }

    /// height, width, channels, filters, kernel, stride, padding, dilation
    private static let convolutionSizes = [
        (1, 1, 1, 1, 1, 1, 0, 1), (3, 4, 2, 3, 2, 1, 0, 1), (4, 3, 2, 3, 3, 1, 1, 1), (5, 4, 1, 2, 2, 2, 0, 1),
        (4, 5, 2, 2, 3, 2, 1, 1), (5, 5, 1, 2, 2, 1, 0, 2), (4, 5, 1, 3, 2, 2, 2, 3), (3, 3, 3, 2, 1, 1, 0, 1),
        (2, 3, 17, 2, 2, 1, 1, 1),
        (2, 2, 1, 18, 2, 1, 1, 1),
    ]
    private static let convolutions: [PrimitiveCase] = convolutionSizes.flatMap { size -> [PrimitiveCase] in
        let (height, width, channels, filters, kernel, stride, padding, dilation) = size
        let window = SlidingWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
        let naive = NaiveWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
        let image = Shape.image(height: height, width: width, channels: channels)
        let weights = Shape.vector(kernel * kernel * channels * filters)
        let withBias = [FusedActivation.none, .relu, .tanh].map { activation in
            PrimitiveCase(
                Convolve(window, filters: filters, activation: activation), [image, weights, .vector(filters)], .normal, .normal,
                .normal
            ) { operands, rows in
                activated(naive.convolution(operands[0], operands[1], operands[2], filters: filters, rows: rows), activation)
            }
        }
        let without = PrimitiveCase(Convolve(window, filters: filters), [image, weights], .normal, .normal) { operands, rows in
            naive.convolution(operands[0], operands[1], [], filters: filters, rows: rows)
        }
        return withBias + [without]
    }

    /// height, width, channels, kernel, stride, padding, dilation
    private static let depthwiseSizes = [
        (1, 1, 1, 1, 1, 0, 1), (3, 4, 3, 2, 1, 0, 1), (4, 3, 2, 3, 1, 1, 1), (5, 4, 2, 2, 2, 0, 1), (4, 5, 1, 3, 2, 1, 1),
        (5, 5, 2, 2, 1, 0, 2), (4, 5, 1, 2, 2, 2, 3), (2, 3, 17, 2, 1, 1, 1), (2, 2, 66, 2, 1, 0, 1),
    ]
    private static let depthwise: [PrimitiveCase] = depthwiseSizes.flatMap { size -> [PrimitiveCase] in
        let (height, width, channels, kernel, stride, padding, dilation) = size
        let window = SlidingWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
        let naive = NaiveWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
        let image = Shape.image(height: height, width: width, channels: channels)
        return [FusedActivation.none, .relu, .tanh].map { activation in
            PrimitiveCase(
                DepthwiseConvolve(window, activation: activation),
                [image, .vector(kernel * kernel * channels), .vector(channels)],
                .normal, .normal, .normal
            ) { operands, rows in
                activated(naive.depthwise(operands[0], operands[1], operands[2], rows: rows), activation)
            }
        }
    }

    /// height, width, channels, kernel, stride, padding
    private static let poolSizes = [
        (1, 1, 1, 1, 1, 0), (4, 4, 3, 2, 2, 0), (5, 4, 2, 3, 2, 1), (3, 5, 17, 2, 1, 0), (4, 7, 1, 3, 3, 2), (5, 5, 2, 2, 3, 1),
    ]
    private static let pools: [PrimitiveCase] = poolSizes.flatMap { size -> [PrimitiveCase] in
        let (height, width, channels, kernel, stride, padding) = size
        let window = SlidingWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding)
        let naive = NaiveWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding)
        let image = Shape.image(height: height, width: width, channels: channels)
        let largest = PrimitiveCase(MaxPool(window), [image], .normal) { operands, rows in
            naive.pooled(operands[0], rows: rows) { $0.reduce(-.infinity, max) }
        }
        let average = PrimitiveCase(AveragePool(window), [image], .normal) { operands, rows in
            naive.pooled(operands[0], rows: rows) { $0.reduce(0, +) / Double($0.count) }
        }
        let global = PrimitiveCase(GlobalAveragePool(channels: channels), [image], .normal) { operands, rows in
            let pixels = height * width
            return (0..<rows * channels).map { i in
                let row = i / channels, channel = i % channels
                return (0..<pixels).reduce(0) { $0 + operands[0][(row * pixels + $1) * channels + channel] } / Double(pixels)
            }
        }
        return [largest, average, global]
    }

    private static func activated(_ sums: [Double], _ activation: FusedActivation) -> [Double] {
        switch activation {
        case .none: sums
        case .relu: sums.map { max($0, 0) }
        case .tanh: sums.map { Glibc.tanh($0) }
        }
    }
}
