// Deep networks, plain and residual, of the same depth and width: from some depth on the plain form no longer learns.
import Basics
import Kernels
import Neural
import Testing

/// A dense network of `depth` hidden layers of 32 between the pixels and the scores; in residual form each layer adds to its input.
struct DepthRun {
    static let width = 32, rows = 64, updates = 300
    /// Five rates, half a decade apart.
    static let rates = (0..<5).map { Schedule.exponential(from: 1e-4, to: 1e-2, steps: 4).value(at: $0) }

    /// The mean training loss of the last fifty updates; log 10 = 2.303 is ignorance.
    static func loss(_ digits: Digits, depth: Int, residual: Bool, rate: Double) -> Float {
        var random = RandomSource(seed: 61)
        let store = ParameterStore()
        func layer(_ name: String, _ inputs: Int, _ outputs: Int, _ activation: Activation) -> Linear {
            Linear(
                name, inputs: inputs, outputs: outputs, activation: activation, weights: .heNormal, bias: .constant(0), in: store,
                using: &random)
        }
        var modules: [any Module] = [layer("in", 64, width, .relu)]
        for i in 0..<depth {
            let hidden = layer("\(i)", width, width, .relu)
            // Each branch begins at a share of its scale, so that the sum does not grow with the depth.
            modules.append(residual ? Residual(Chain(hidden, Scaled(by: 1 / Float(depth).squareRoot()))) : hidden)
        }
        let network = Chain(modules + [layer("out", width, 10, .none)])
        let tape = Tape(rows: rows, parameters: store)
        let x = tape.input(.vector(64)), label = tape.input(.vector(1))
        let program = tape.compile(minimizing: network(x.node).crossEntropy(label: label.node).mean())
        let optimizer = Adam(for: store)
        var last: Float = 0
        for update in 0..<updates {
            for row in 0..<rows {
                let chosen = random.below(digits.labels.count)
                x.rows.row(row, width: 64).copy(from: digits.pixels.all.row(chosen, width: 64))
                label.rows[row] = Float(digits.labels[chosen])
            }
            let loss = program.gradients(rows: rows)
            guard loss.isFinite else { return .infinity }
            if update >= updates - 50 { last += loss / 50 }
            optimizer.apply(to: store, learningRate: Float(rate))
        }
        return last
    }
    static func best(_ digits: Digits, depth: Int, residual: Bool) -> Float {
        rates.map { loss(digits, depth: depth, residual: residual, rate: $0) }.min() ?? .infinity
    }

    private struct Scaled: Module {
        let factor: Float
        init(by factor: Float) { self.factor = factor }
        func callAsFunction(_ x: Node) -> Node { x.scaled(by: factor) }
    }
}

@Suite struct DepthLearningTests {
    @Test func depthStopsThePlainFormAlone() throws {
        let digits = try Digits()
        #expect(DepthRun.best(digits, depth: 4, residual: false) < 0.1)
        #expect(DepthRun.best(digits, depth: 32, residual: true) < 0.15)
        #expect(DepthRun.best(digits, depth: 32, residual: false) > 0.5)
        #expect(DepthRun.best(digits, depth: 64, residual: true) < 0.4)
        #expect(DepthRun.best(digits, depth: 64, residual: false) > 0.8)
    }
}
