// The network: two convolutions with batch normalisation, a pooling, dropout, and two dense layers.
import Basics
import Digits
import Neural

struct DigitsNetwork: Module {
    private let layers: Chain

    init(in store: ParameterStore, using random: inout RandomSource) {
        layers = Chain(
            Convolution(
                "first", channels: 1, filters: 24, kernel: 3, padding: 1, weights: .heNormal, bias: .constant(0), in: store,
                using: &random),
            BatchNorm("first.norm", channels: 24, in: store, using: &random), Activation.relu,
            Convolution(
                "second", channels: 24, filters: 48, kernel: 3, padding: 1, weights: .heNormal, bias: .constant(0), in: store,
                using: &random),
            BatchNorm("second.norm", channels: 48, in: store, using: &random), Activation.relu,
            MaxPooling(), Dropout(0.25),
            Linear(
                "third", inputs: 4 * 4 * 48, outputs: 96, activation: .relu, weights: .heNormal, bias: .constant(0), in: store,
                using: &random),
            Dropout(0.5),
            // A tenth of the usual scale: at first all digits are equally likely, and the loss is that of ignorance.
            Linear(
                "scores", inputs: 96, outputs: Digits.classes, weights: .glorotUniform(gain: 0.1), bias: .constant(0), in: store,
                using: &random))
    }
    func callAsFunction(_ x: Node) -> Node { layers(x) }

    private struct MaxPooling: Module {
        func callAsFunction(_ x: Node) -> Node { x.maxPooled(kernel: 2) }
    }
}
