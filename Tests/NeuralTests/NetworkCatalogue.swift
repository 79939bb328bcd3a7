// Every network that the core offers, each once: what laws about whole programs are tried on.
import Basics
import Kernels
import Neural
import Testing

struct NetworkCase: Sendable, CustomTestStringConvertible {
    let name: String
    let shape: Shape
    /// Numbers in a row of the result.
    let outputs: Int
    /// Reserves the parameters; the closure records the network.
    let make: @Sendable (ParameterStore, inout RandomSource) -> (Node) -> Node
    var testDescription: String { name }
}

enum NetworkCatalogue {
    static let all: [NetworkCase] = torsos + layers + recurrent

    private static func module(
        _ name: String, _ shape: Shape, _ outputs: Int,
        _ make: @escaping @Sendable (ParameterStore, inout RandomSource) -> any Module
    ) -> NetworkCase {
        NetworkCase(name: name, shape: shape, outputs: outputs) { store, random in
            let module = make(store, &random)
            return { module($0) }
        }
    }

    private static let torsos: [NetworkCase] = [
        module("MLP", .vector(5), 3) { MLP("n", inputs: 5, hidden: [18, 7], outputs: 3, in: $0, using: &$1) },
        module("MinAtarCNN", .image(height: 10, width: 10, channels: 4), 128) {
            MinAtarCNN("n", image: .image(height: 10, width: 10, channels: 4), in: $0, using: &$1)
        },
        module("NatureCNN", .image(height: 36, width: 44, channels: 2), 20) {
            NatureCNN("n", image: .image(height: 36, width: 44, channels: 2), features: 20, in: $0, using: &$1)
        },
        module("ResidualTorso", .image(height: 9, width: 12, channels: 3), 19) {
            ResidualTorso(
                "n", image: .image(height: 9, width: 12, channels: 3), filters: [4, 6], features: 19, in: $0, using: &$1)
        },
    ]

    private static let picture = Shape.image(height: 6, width: 5, channels: 4)
    private static let layers: [NetworkCase] =
        Activation.names.map { name in
            module("Linear then \(name)", .vector(5), 6) { store, random in
                guard let activation = try? Activation(named: name) else { fatalError("\(name) is not an activation") }
                return Residual(
                    Chain(
                        Linear("a", inputs: 5, outputs: 6, activation: activation, in: store, using: &random),
                        Linear("b", inputs: 6, outputs: 5, activation: activation, in: store, using: &random))
                ).then(Linear("c", inputs: 5, outputs: 6, in: store, using: &random))
            }
        } + [
            module("normalised convolutions", picture, 6 * 5 * 8) { store, random in
                Chain(
                    Convolution("a", channels: 4, filters: 8, kernel: 3, padding: 1, in: store, using: &random),
                    BatchNorm("b", channels: 8, in: store, using: &random), Activation.silu, SpatialDropout(0.25),
                    Convolution("c", channels: 8, filters: 8, kernel: 3, padding: 2, dilation: 2, in: store, using: &random),
                    GroupNorm("d", groups: 2, channels: 8, in: store, using: &random), Activation.elu(), Dropout(0.5))
            },
            module("separable convolutions", picture, 3 * 3 * 7) { store, random in
                SeparableConvolution(
                    "a", channels: 4, filters: 7, kernel: 3, stride: 2, padding: 1, activation: .gelu, in: store, using: &random)
            },
            module("learned activations", .vector(5), 4) { store, random in
                Chain(
                    PReLU("a", count: 5, in: store, using: &random),
                    MaxoutLinear("b", inputs: 5, outputs: 4, pieces: 3, in: store, using: &random))
            },
            module("noisy layers", .vector(5), 4) { store, random in
                Chain(
                    NoisyLinear("a", inputs: 5, outputs: 9, activation: .sigmoid, in: store, using: &random),
                    DropConnect("b", 0.5, inputs: 9, outputs: 4, activation: .relu, in: store, using: &random))
            },
        ]

    private static let recurrent: [NetworkCase] = RecurrentCell.allCases.map { cell in
        NetworkCase(name: "\(cell) over 4 steps", shape: .vector(4 * 3 + 14), outputs: 7) { store, random in
            let layer = Recurrent("r", cell, inputs: 3, hidden: 7, in: store, using: &random)
            return { x in
                let unrolled = layer(
                    x.slice(from: 0, length: 12), steps: 4, from: x.slice(from: 12, length: layer.stateWidth))
                return unrolled.hidden[1].adding(unrolled.hidden[3])
            }
        }
    }
}

extension Module {
    /// This module and then another.
    fileprivate func then(_ next: any Module) -> Chain { Chain(self, next) }
}
