// From what a world shows to features: the layers that every learner with a network begins with.
import Basics
import Neural
import RLCore

/// Hidden layers chosen by the kind of observation.
///
/// | observations | layers |
/// |---|---|
/// | the number of a state | a learned table, which is what a dense layer does to a one-hot vector, then dense layers |
/// | a vector of numbers | dense layers |
/// | a small picture, under 36 pixels a side | MinAtar's convolution, then dense layers |
/// | a larger picture | the three convolutions of the Nature network, then dense layers |
struct Torso: Module {
    /// Numbers in one row of the result. Without layers (a state's number or a vector, `hidden` empty) it is the row as it came.
    let features: Int
    /// How many layers are numbered `NAME.0`, `NAME.1`, …: the head that follows is called `NAME.depth`.
    let depth: Int
    private let layers: [any Module]
    private let name: String
    /// The number of states, where no layer has read the state's number yet.
    private let bareStates: Int?

    /// Why there are no layers for observations of this kind; nil where there are.
    static func objection(_ observations: Space) -> String? {
        switch observations {
        case .discrete(let count) where count <= 1 << 24: return nil
        case .box(.vector, _, _): return nil
        case .box(.image(let height, let width, _), _, _), .bytes(.image(let height, let width, _), _):
            if min(height, width) >= 3 { return nil }
        default: break
        }
        return "it reads numbers of up to 16777216 states, vectors of numbers, and pictures of at least 3 × 3 pixels, "
            + "this world shows \(observations)"
    }

    /// - Parameters:
    ///   - hidden: widths of the dense layers; on pictures an empty list is the paper's one layer, of 128 or of 512.
    ///   - last: of the last dense layer, where it differs.
    ///   - weights: of every layer; a table counts as a dense layer on a one-hot vector, whose fan-in is 1.
    /// - Precondition: there is no `objection`.
    init(
        _ name: String, _ observations: Space, hidden: [Int], activation: Activation = .relu, last: Activation? = nil,
        weights: Initializer = .fanIn(), bias: Initializer? = nil, in store: ParameterStore, using random: inout RandomSource
    ) {
        let shape = observations.shape
        let end = last ?? activation
        var hidden = hidden[...], layers: [any Module] = [], width = shape.count, depth = 0
        if case .image(let height, let wide, _) = shape {
            if min(height, wide) < Torso.large {
                let network = MinAtarCNN(
                    name, image: shape, features: hidden.popFirst() ?? 128, activation: activation,
                    last: hidden.isEmpty ? end : activation, weights: weights, bias: bias, in: store, using: &random)
                (layers, width, depth) = ([network], network.features, 2)
            } else {
                let network = NatureCNN(
                    name, image: shape, features: hidden.popFirst() ?? 512, activation: activation,
                    last: hidden.isEmpty ? end : activation, weights: weights, bias: bias, in: store, using: &random)
                (layers, width, depth) = ([network], network.features, 4)
            }
        } else if case .discrete(let count) = observations, let first = hidden.popFirst() {
            let table = Embedding(
                "\(name).states", entries: count, width: first, table: weights == .fanIn() ? .fanIn(1) : weights, in: store,
                using: &random)
            (layers, width) = ([table, hidden.isEmpty ? end : activation], first)
        }
        while let next = hidden.popFirst() {
            layers.append(
                Linear(
                    "\(name).\(depth)", inputs: width, outputs: next, activation: hidden.isEmpty ? end : activation,
                    weights: weights, bias: bias, in: store, using: &random))
            (width, depth) = (next, depth + 1)
        }
        (features, self.depth, self.layers, self.name) = (width, depth, layers, name)
        if case .discrete(let count) = observations, layers.isEmpty { bareStates = count } else { bareStates = nil }
    }

    /// A row as the world shows it → [features].
    func callAsFunction(_ x: Node) -> Node { layers.reduce(x) { $1($0) } }

    /// The linear layer that follows: [features] → [outputs], or a table where not even the state's number has been read.
    ///
    /// - Parameter ending: what it is called after the torso's own name; where several heads follow, each needs its own.
    func head(
        _ outputs: Int, named ending: String? = nil, weights: Initializer = .fanIn(), bias: Initializer? = nil,
        in store: ParameterStore, using random: inout RandomSource
    ) -> any Module {
        guard let bareStates else {
            return Linear(
                "\(name).\(ending ?? "\(depth)")", inputs: features, outputs: outputs, weights: weights, bias: bias, in: store,
                using: &random)
        }
        return Embedding(
            "\(name).\(ending ?? "states")", entries: bareStates, width: outputs,
            table: weights == .fanIn() ? .fanIn(1) : weights,
            in: store, using: &random)
    }

    /// Pixels of the shorter side from which on a picture is read as Atari's are: the least that the Nature network leaves room for.
    private static let large = 36

    /// What a byte of such observations is multiplied by: small pictures are planes of zeros and ones, large ones have 256 levels.
    static func byteScale(_ observations: Space) -> Float {
        if case .image(let height, let width, _) = observations.shape, min(height, width) < large { return 1 }
        return 1 / 255
    }
}
