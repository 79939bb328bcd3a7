// Small networks learn: the whole core together, judged by a loss that a network without hidden layer cannot reach.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct NetworkLearningTests {
    /// The mean squared error after `updates` of Adam on these rows, or of the best constant where there are none.
    private func loss(
        inputs: [[Float]], targets: [Float], hidden: [Int], activation: Activation, updates: Int, rate: Float = 0.01
    ) -> Float {
        var random = RandomSource(seed: 11)
        let store = ParameterStore()
        let network = MLP(
            "n", inputs: inputs[0].count, hidden: hidden, outputs: 1, activation: activation, weights: .glorotUniform(),
            in: store,
            using: &random)
        let tape = Tape(rows: inputs.count, parameters: store)
        let x = tape.input(.vector(inputs[0].count)), y = tape.input(.vector(1))
        let program = tape.compile(minimizing: (network(x.node) - y.node).squared().mean())
        x.rows.copy(from: inputs.flatMap { $0 })
        y.rows.copy(from: targets)
        let optimizer = Adam(for: store)
        var loss: Float = .infinity
        for _ in 0..<updates {
            loss = program.gradients(rows: inputs.count)
            optimizer.apply(to: store, learningRate: rate)
        }
        return loss
    }

    @Test(arguments: [Activation.relu, .tanh])
    func exclusiveOr(_ activation: Activation) {
        let inputs: [[Float]] = [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [Float] = [0, 1, 1, 0]
        #expect(loss(inputs: inputs, targets: targets, hidden: [16], activation: activation, updates: 1000) < 1e-3)
        // The best plane through these points is ½ everywhere: loss ¼.
        let plane = loss(inputs: inputs, targets: targets, hidden: [], activation: activation, updates: 1000)
        #expect(abs(plane - 0.25) < 1e-3)
    }

    @Test(arguments: [Activation.relu, .tanh])
    func aParabola(_ activation: Activation) {
        let inputs = (0..<32).map { [Float($0) / 16 - 1] }
        let targets = inputs.map { $0[0] * $0[0] }
        #expect(loss(inputs: inputs, targets: targets, hidden: [16, 16], activation: activation, updates: 1500) < 1e-3)
        #expect(loss(inputs: inputs, targets: targets, hidden: [], activation: activation, updates: 1500) > 0.05)
    }
}
