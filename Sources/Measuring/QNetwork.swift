// The network that the bench updates: what both the tape and its hand-written rival start from.
import Basics
import Kernels
import Neural

/// Sizes of a perceptron and of its batch, and the same numbers to learn from for everybody.
public struct QNetwork: Hashable, Sendable {
    /// Inputs, hidden widths, outputs.
    public let widths: [Int]
    public let rows: Int

    public init(_ widths: [Int], rows: Int) {
        guard widths.count >= 2 && rows > 0 else { fatalError("a network of widths \(widths) for \(rows) rows") }
        self.widths = widths
        self.rows = rows
    }

    /// `mlp-4-64-64-2/64`
    var name: String { "mlp-\(widths.map(String.init).joined(separator: "-"))/\(rows)" }
    private var layerProducts: [Int] { zip(widths, widths.dropFirst()).map { $0 * $1 } }
    /// Operations of the products of one forward pass.
    var forwardOperations: Int { 2 * rows * layerProducts.reduce(0, +) }
    /// Forward, the gradient of every weight, and that of every input but the first layer's.
    var updateOperations: Int { 3 * forwardOperations - 2 * rows * layerProducts[0] }

    func record(in store: ParameterStore) -> MLP {
        var random = RandomSource(seed: 1, key: [3])
        return MLP(
            "q", inputs: widths[0], hidden: Array(widths[1..<widths.count - 1]), outputs: widths[widths.count - 1], in: store,
            using: &random)
    }

    /// Observations in [−1, 1), random actions, and targets that depend on both: something that can be learned.
    func fill(observations: Floats, actions: Floats, targets: Floats) {
        var random = RandomSource(seed: 2)
        for i in 0..<rows * widths[0] { observations[i] = Float(random.uniform(-1, 1)) }
        for r in 0..<rows {
            actions[r] = Float(random.below(widths[widths.count - 1]))
            targets[r] = observations[r * widths[0]] * (actions[r] - 0.5)
        }
    }
}
