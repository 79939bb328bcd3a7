// A dense network of any depth, plain or residual, and one training run of it.
import Basics
import Digits
import Kernels
import Neural

/// `depth` hidden layers of `width` between the pixels and the scores; in residual form each adds to what it was given.
struct DeepNetwork: Module {
    static let width = 32
    private let layers: Chain

    init(depth: Int, isResidual: Bool, in store: ParameterStore, using random: inout RandomSource) {
        func layer(_ name: String, _ inputs: Int, _ outputs: Int, _ activation: Activation) -> Linear {
            Linear(
                name, inputs: inputs, outputs: outputs, activation: activation, weights: .heNormal, bias: .constant(0), in: store,
                using: &random)
        }
        var modules: [any Module] = [layer("in", Digits.pixelCount, Self.width, .relu)]
        for i in 0..<depth {
            let hidden = layer("\(i)", Self.width, Self.width, .relu)
            // Each branch begins at a share of its scale, so that the sum does not grow with the depth.
            modules.append(isResidual ? Residual(Chain(hidden, Scaled(factor: 1 / Float(depth).squareRoot()))) : hidden)
        }
        layers = Chain(modules + [layer("out", Self.width, Digits.classes, .none)])
    }
    func callAsFunction(_ x: Node) -> Node { layers(x) }

    private struct Scaled: Module {
        let factor: Float
        func callAsFunction(_ x: Node) -> Node { x.scaled(by: factor) }
    }
}

enum DepthRun {
    static let rows = 64, updates = 300, lastUpdates = 50

    /// The mean training loss of the last fifty of 300 updates with Adam; infinite where it ran away. log 10 = 2.303 is ignorance.
    static func loss(_ digits: Digits, depth: Int, isResidual: Bool, rate: Double, seed: UInt64) -> Float {
        var random = RandomSource(seed: seed)
        let store = ParameterStore()
        let network = DeepNetwork(depth: depth, isResidual: isResidual, in: store, using: &random)
        let tape = Tape(rows: rows, parameters: store)
        let x = tape.input(.vector(Digits.pixelCount)), label = tape.input(.vector(1))
        let program = tape.compile(minimizing: network(x.node).crossEntropy(label: label.node).mean())
        let optimizer = Adam(for: store)
        var last: Float = 0
        for update in 0..<updates {
            for row in 0..<rows {
                let chosen = random.below(digits.labels.count)
                x.rows.row(row, width: Digits.pixelCount).copy(from: digits.image(chosen))
                label.rows[row] = Float(digits.labels[chosen])
            }
            let loss = program.gradients(rows: rows)
            guard loss.isFinite else { return .infinity }
            if update >= updates - lastUpdates { last += loss / Float(lastUpdates) }
            optimizer.apply(to: store, learningRate: Float(rate))
        }
        return last
    }
}
