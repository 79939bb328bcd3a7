// A network looked into, one row at a time: what its layers say of an input, and how an answer depends on that input.
import Basics
import Kernels
import Neural
public import RLCore

/// A program of its own over the same weights, with an inlet of floats whatever the world shows, for bytes have no gradient. Nothing
/// that runs or learns elsewhere is touched: the gradient of no weight is computed, and noisy layers use their means.
public final class NetworkLens {
    /// What the network is, to whoever records it once more.
    struct Reading {
        let scores: Node
        /// Of the state; nil where the network has none, or where it is the best score.
        var value: Node?
    }

    /// A hidden layer of the answer's network: not of a value's own.
    public struct Layer: Hashable, Sendable {
        public let name: String
        /// Of its numbers: an image's are [height, width, channels].
        public let height: Int
        public let width: Int
        public let channels: Int
        public let isImage: Bool
        /// [inputs, outputs], [kernel, kernel, channels, filters], or of a table [entries, width].
        public let weightShape: [Int]
        public let weights: [Float]
        public var count: Int { height * width * channels }
    }

    public let observationSpace: Space
    let answer: NetworkAnswer
    /// From the input to the answer.
    public let layers: [Layer]

    private let inlet: Inlet
    private let scoreOutlet: Outlet
    private let scoreWeights: Inlet
    private let valueOutlet: Outlet?
    private let valueWeight: Inlet?
    private let layerOutlets: [Outlet]
    private let layerWeights: [Inlet]
    /// Nil where the input is the number of a state, which has no gradient.
    private let slope: Outlet?
    private let program: Program

    init(_ parameters: ParameterStore, _ observations: Space, _ answer: NetworkAnswer, _ network: (Node) -> Reading) {
        let store = parameters.sharingValues()
        for parameter in store.parameters { store.setRate(0, of: parameter) }
        let tape = Tape(rows: 1, parameters: store, mode: .evaluation)
        observationSpace = observations
        self.answer = answer
        inlet = tape.input(observations.shape, named: "observation")
        let reading = network(inlet.node)
        let hidden = tape.hiddenLayers(of: reading.scores)
        layers = hidden.map { Layer($0, store) }

        // S = Σ wᵢ·nodeᵢ over all that can be asked about: one program answers for each choice of w.
        func weighted(_ node: Node) -> (weights: Inlet, term: Node) {
            let weights = tape.input(node.shape, named: "weights")
            return (weights, (node * weights.node).sum())
        }
        let scores = weighted(reading.scores), value = reading.value.map(weighted), parts = hidden.map { weighted($0.node) }
        scoreOutlet = tape.output(reading.scores)
        scoreWeights = scores.weights
        valueOutlet = reading.value.map { tape.output($0) }
        valueWeight = value?.weights
        layerOutlets = hidden.map { tape.output($0.node) }
        layerWeights = parts.map(\.weights)
        if case .discrete = observations {
            slope = nil
            program = tape.compile()
        } else {
            slope = tape.gradient(of: inlet.node)
            program = tape.compile(minimizing: parts.map(\.term).reduce(value.map { scores.term + $0.term } ?? scores.term, +))
        }
    }

    // MARK: What it says

    /// Runs the network on row `row`; what is read afterwards belongs to it.
    public func show(_ observations: Rows, row: Int) {
        let width = observations.width
        guard width == inlet.rows.count, row >= 0, row < observations.count else {
            fatalError("row \(row) of \(observations.count) rows of \(width) for a network of \(inlet.rows.count) inputs")
        }
        if observations.bytes.count == 0 {
            inlet.rows.copy(from: observations.floats.row(row, width: width))
        } else {
            ByteScaling.run(observations.bytes.row(row, width: width), by: Torso.byteScale(observationSpace), into: inlet.rows)
        }
        program.forward(rows: 1)
    }
    /// The same on what enters the network: of bytes, times their scale.
    public func show(_ input: [Float]) {
        inlet.rows.copy(from: input)
        program.forward(rows: 1)
    }
    /// What entered the network.
    public var input: [Float] { inlet.rows.array }
    /// What a byte of the world's becomes on its way in; 1 for floats.
    public var inputScale: Float { if case .bytes = observationSpace { Torso.byteScale(observationSpace) } else { 1 } }
    /// One number for each action, or for each dimension of a continuous one: values, the logarithms of odds, means.
    public var scores: [Double] { answer.scores(of: scoreOutlet.rows) }
    /// V(s), where the network has one; where scores are values, the best of them.
    public var value: Double? { valueOutlet.map { Double($0.rows[0]) } ?? (answer.hasValues ? scores.max() : nil) }
    /// What hidden layer `layer` says.
    public func activations(of layer: Int) -> [Float] { layerOutlets[layer].rows.array }
    /// Scores are expected returns.
    public var hasValues: Bool { answer.hasValues }
    /// Scores are the dimensions of one action, not one for each of several.
    public var isContinuous: Bool { answer.isContinuous }
    /// The first of the best; of a continuous action dimension 0.
    public var chosen: Int { answer.isContinuous ? 0 : scores.indices.max { scores[$0] < scores[$1] } ?? 0 }

    /// The score of `action` as whoever watches is told it: a value, a probability or a mean.
    public func shown(_ action: Int) -> Double {
        switch answer.shown(scores) {
        case .values(let all), .probabilities(let all): all[action]
        case .normal(let means, _): means[action]
        }
    }

    // MARK: How that depends on what it was shown

    /// ∂(what is told of the chosen action)/∂scores: weights for `gradient(ofScores:)`.
    public var chosenSlopes: [Double] { answer.shownSlopes(of: chosen, scores) }

    /// Whether what is shown is numbers, not the number of a state.
    public var hasGradient: Bool { slope != nil }

    /// ∂(Σ weights · scores)/∂x, [inputs]. `weights`: one for each action.
    ///
    /// - Parameter isGuided: only what speaks for the answer; see `Program.guidedGradients`.
    public func gradient(ofScores weights: [Double], isGuided: Bool = false) -> [Float] {
        run(isGuided) { scoreWeights.rows.copy(from: answer.slopes(of: weights, at: scoreOutlet.rows)) }
    }
    /// ∂V/∂x, [inputs].
    ///
    /// - Precondition: the network has a value of its own.
    public func gradientOfValue() -> [Float] {
        guard let valueWeight else { fatalError("this network has no value of its own") }
        return run(false) { valueWeight.rows.fill(1) }
    }
    /// ∂(Σ of `units`)/∂x, [inputs]: of numbers of hidden layer `layer`.
    public func gradient(ofUnits units: some Sequence<Int>, inLayer layer: Int, isGuided: Bool = false) -> [Float] {
        run(isGuided) { for unit in units { layerWeights[layer].rows[unit] = 1 } }
    }

    private func run(_ isGuided: Bool, _ ask: () -> Void) -> [Float] {
        guard let slope else { fatalError("the number of a state has no gradient") }
        for inlet in [scoreWeights] + layerWeights + (valueWeight.map { [$0] } ?? []) { inlet.rows.fill(0) }
        ask()
        _ = isGuided ? program.guidedGradients(rows: 1) : program.gradients(rows: 1)
        return slope.rows.array
    }
}

extension NetworkLens.Layer {
    fileprivate init(_ layer: HiddenLayer, _ store: ParameterStore) {
        let shape = layer.node.shape
        if case .image(let height, let width, let channels) = shape {
            (self.height, self.width, self.channels, isImage) = (height, width, channels, true)
        } else {
            (height, width, channels, isImage) = (1, 1, shape.count, false)
        }
        name = layer.name
        weightShape = layer.weights.shape
        weights = store.values(of: layer.weights).array
    }
}

/// A policy whose network can be looked into.
public protocol LensProviding: Policy {
    /// A lens on the weights as they are and will be, with a program of its own.
    func makeLens() -> NetworkLens
    /// What runs when it decides, entry by entry.
    var networkEntries: [NetworkEntry] { get }
}

extension Policy {
    /// Itself, or the policy behind preprocessing, where that has a network.
    public var withNetwork: (any LensProviding)? {
        ((self as? PreprocessedPolicy)?.base ?? self) as? any LensProviding
    }
}
