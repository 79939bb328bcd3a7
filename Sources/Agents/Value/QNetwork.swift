// Q(s, ·) as a network: which layers it begins with is decided by what the world shows.
import Basics
import Neural
import RLCore

/// A multi-layer perceptron on vectors of numbers; on the number of a state its first layer is a learned table, which is
/// what a dense layer does to a one-hot vector, without the products by zero.
struct QNetwork: Module {
    private enum Layers {
        case numbers(MLP)
        /// The table's rows are what the first hidden layer would sum to; nothing follows where there is no hidden layer.
        case states(Embedding, rest: MLP?)
    }
    private let layers: Layers
    private let activation: Activation

    /// Whether there is a network for observations of this kind.
    static func fits(_ observations: Space) -> Bool {
        switch observations {
        case .discrete(let count): count <= 1 << 24
        case .box(.vector, _, _): true
        default: false
        }
    }

    /// - Parameters:
    ///   - hidden: widths of the hidden layers.
    ///   - activation: after each of them.
    /// - Precondition: `fits(observations)`.
    init(
        _ name: String, _ observations: Space, hidden: [Int], activation: Activation = .relu, actions: Int,
        in store: ParameterStore, using random: inout RandomSource
    ) {
        self.activation = activation
        guard case .discrete(let count) = observations else {
            layers = .numbers(
                MLP(
                    name, inputs: observations.shape.count, hidden: hidden, outputs: actions, activation: activation, in: store,
                    using: &random))
            return
        }
        // One entry of a one-hot vector is not 0: the fan-in is 1.
        let table = Embedding(
            "\(name).states", entries: count, width: hidden.first ?? actions, table: .fanIn(1), in: store, using: &random)
        guard let width = hidden.first else {
            layers = .states(table, rest: nil)
            return
        }
        layers = .states(
            table,
            rest: MLP(
                name, inputs: width, hidden: Array(hidden.dropFirst()), outputs: actions, activation: activation, in: store,
                using: &random))
    }

    /// x [width], or [1] for the number of a state → [actions].
    func callAsFunction(_ x: Node) -> Node {
        switch layers {
        case .numbers(let network): return network(x)
        case .states(let table, let rest):
            let row = table(x)
            return rest.map { $0(activation(row)) } ?? row
        }
    }
}
