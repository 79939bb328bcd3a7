// Layers, losses and distributions against PyTorch: values and gradients of whole networks of one layer.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

private let line: [Float] = [-3, -0.75, -0.125, 0.0625, 0.5, 2, 6]
private let rows: [Float] = [0.5, -1.25, 2, 0.75, -0.5, 0.25, 1.5, -2, 3, 0.125, -0.25, 1]
private let other: [Float] = [0.25, 0.5, -1, 1.5, 1, -0.5, 0.75, 0.125, -2, 1, 0.5, 0]
private let labels: [Float] = [2, 0, 3]
private let gain: [Float] = [1, 0.5, -2, 1.5]
private let bias: [Float] = [0.25, 0, -0.5, 1]
/// [rows, height, width, channels]
private let images: [Float] = [0.5, 1.5, -1, 0.75, 2, -0.5, 0.25, 3, -2, 0, 1, -1.5, 0.125, 1, 0.5, 2.5]

/// Everything a golden network may need beside its first operand x.
private struct Kit {
    let store: ParameterStore
    let tape: Tape
    let x: Node
    let other: Node
    let label: Node
    let gain: Node
    let bias: Node
    let slope: Node
}

@Suite struct LayerGoldenTests {
    /// `network` of x against its golden numbers; x is a table of which each row of the batch looks up one, so that it is learned.
    private func check(
        _ name: String, _ x: [Float], _ shape: Shape, tolerance: Double = 2e-6, sourceLocation: SourceLocation = #_sourceLocation,
        _ network: (Kit) -> Node
    ) throws {
        let golden = try #require(LayerGolden.all[name], sourceLocation: sourceLocation)
        var random = RandomSource(seed: 1)
        let store = ParameterStore(), count = x.count / shape.count
        let table = store.reserve("x", [count, shape.count], .constant(0), using: &random)
        let channels = shape.dimensions.last!
        let gains = store.reserve("gain", [channels], .constant(0), using: &random)
        let biases = store.reserve("bias", [channels], .constant(0), using: &random)
        let slopes = store.reserve("slope", [1], .constant(0.25), using: &random)
        let tape = Tape(rows: count, parameters: store)
        let index = tape.input(.vector(1)), second = tape.input(.vector(4)), label = tape.input(.vector(1))
        let node = index.node.embedded(in: tape.parameter(table), width: shape.count).reshaped(to: shape)
        let y = network(
            Kit(
                store: store, tape: tape, x: node, other: second.node, label: label.node, gain: tape.parameter(gains),
                bias: tape.parameter(biases), slope: tape.parameter(slopes)))
        let isSingle = golden.y.count == 1
        let c = tape.input(isSingle ? .vector(1) : y.shape)
        let outlet = tape.output(y)
        let program = tape.compile(minimizing: isSingle ? y : y.multiplied(by: c.node).sum())
        store.values(of: table).copy(from: x)
        store.values(of: gains).copy(from: Array(gain.prefix(channels)) + Array(repeating: 0, count: max(0, channels - 4)))
        store.values(of: biases).copy(from: Array(bias.prefix(channels)) + Array(repeating: 0, count: max(0, channels - 4)))
        for r in 0..<count { index.rows[r] = Float(r) }
        for r in 0..<min(count, 3) { label.rows[r] = labels[r] }
        if count == 3 { second.rows.copy(from: other) }
        if !isSingle { for i in 0..<golden.y.count { c.rows[i] = Float(i + 1) } }
        _ = program.gradients(rows: count)
        expectClose(
            outlet.rows.array, golden.y, absolute: tolerance, relative: tolerance, name, sourceLocation: sourceLocation)
        expectClose(
            store.gradients(of: table).array, golden.gradient, absolute: 8 * tolerance, relative: 8 * tolerance,
            "\(name): gradient", sourceLocation: sourceLocation)
    }

    @Test func activations() throws {
        let shape = Shape.vector(7)
        try check("sigmoid", line, shape) { $0.x.sigmoid() }
        try check("softplus", line, shape) { $0.x.softplus() }
        try check("silu", line, shape) { $0.x.silu() }
        try check("gelu", line, shape) { $0.x.gelu() }
        try check("leaky ReLU", line, shape) { $0.x.leakyReLU() }
        try check("ELU", line, shape) { $0.x.elu(alpha: 0.5) }
        try check("PReLU", line, shape) { $0.x.learnedReLU(slopes: $0.slope) }
        try check("clip", line, shape) { $0.x.clipped(-1, 1) }
        try check("abs", line, shape) { $0.x.magnitude() }
    }

    @Test func normalisation() throws {
        let shape = Shape.vector(4), image = Shape.image(height: 2, width: 2, channels: 2)
        try check("batch norm", rows, shape) { $0.x.normalised(by: $0.x.moments(), gain: $0.gain, bias: $0.bias, epsilon: 1e-5) }
        try check("batch norm of images", images, image) {
            $0.x.normalised(by: $0.x.moments(), gain: $0.gain, bias: $0.bias, epsilon: 1e-5)
        }
        try check("layer norm", rows, shape) { $0.x.groupNormalised(groups: 1, gain: $0.gain, bias: $0.bias, epsilon: 1e-5) }
        try check("group norm of images", images, image) {
            $0.x.groupNormalised(groups: 1, gain: $0.gain, bias: $0.bias, epsilon: 1e-5)
        }
        try check("instance norm of images", images, image) {
            $0.x.groupNormalised(groups: 2, gain: $0.gain, bias: $0.bias, epsilon: 1e-5)
        }
    }

    @Test func losses() throws {
        let shape = Shape.vector(4)
        try check("cross-entropy", rows, shape) { $0.x.crossEntropy(label: $0.label) }
        try check("cross-entropy of probabilities", rows, shape) { $0.x.crossEntropy(target: $0.other.softmax()) }
        try check("hinge", rows, shape) { $0.x.hinge(label: $0.label) }
        try check("squared hinge", rows, shape) { $0.x.squaredHinge(label: $0.label) }
        try check("mean squared", rows, shape) { $0.x.meanSquaredError(to: $0.other) }
        try check("mean absolute", rows, shape) { $0.x.meanAbsoluteError(to: $0.other) }
        try check("Huber", rows, shape) { $0.x.meanHuberError(to: $0.other, threshold: 0.75) }
    }

    @Test func distributions() throws {
        let shape = Shape.vector(4)
        try check("categorical log-probability", rows, shape) { Categorical(logits: $0.x).logProbability(of: $0.label) }
        try check("categorical entropy", rows, shape) { Categorical(logits: $0.x).entropy }
        try check("categorical divergence", rows, shape) {
            Categorical(logits: $0.x).divergence(from: Categorical(logits: $0.other))
        }
        func normal(_ kit: Kit) -> Gaussian { Gaussian(mean: kit.x, logDeviation: 0.5 * kit.other) }
        try check("Gaussian log-probability", rows, shape) { normal($0).logProbability(of: 0.25 * $0.other) }
        try check("Gaussian entropy", rows, shape) { Gaussian(mean: $0.other, logDeviation: $0.x).entropy }
        try check("Gaussian divergence", rows, shape) {
            normal($0).divergence(from: Gaussian(mean: $0.other, logDeviation: 0.25 * $0.other))
        }
        func squashed(_ kit: Kit) -> SquashedGaussian { SquashedGaussian(mean: kit.x, logDeviation: 0.5 * kit.other) }
        try check("squashed log-probability", rows, shape, tolerance: 1e-5) {
            squashed($0).logProbability(ofUnsquashed: 0.5 * $0.other)
        }
        try check("squashed log-probability", rows, shape, tolerance: 1e-5) {
            squashed($0).logProbability(of: (0.5 * $0.other).tanh())
        }
    }

    /// Two batches' worth of nothing but one: the running averages after one step, and what evaluation makes of them.
    @Test func runningAverages() throws {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let norm = BatchNorm("norm", channels: 4, in: store, using: &random)
        func program(_ mode: TapeMode) -> (Program, Inlet, Outlet) {
            let tape = Tape(rows: 3, parameters: store, mode: mode)
            let x = tape.input(.vector(4))
            let y = tape.output(norm(x.node))
            let program = tape.compile()
            x.rows.copy(from: rows)
            return (program, x, y)
        }
        let (training, _, learned) = program(.training), (evaluation, _, used) = program(.evaluation)
        store.values(of: store.parameters[0]).copy(from: gain)
        store.values(of: store.parameters[1]).copy(from: bias)
        training.forward(rows: 3)
        expectClose(learned.rows.array, try #require(LayerGolden.all["batch norm"]).y, absolute: 4e-6)
        let mean = try #require(LayerGolden.all["running mean"]).y, variance = try #require(LayerGolden.all["running variance"]).y
        expectClose(store.values(of: store.runningStates[0]).array, mean, absolute: 1e-7, "running mean")
        expectClose(store.values(of: store.runningStates[1]).array, variance, absolute: 2e-7, "running variance")
        evaluation.forward(rows: 3)
        expectClose(used.rows.array, try #require(LayerGolden.all["batch norm evaluated"]).y, absolute: 4e-6)
        expectClose(store.values(of: store.runningStates[0]).array, mean, absolute: 1e-7, "running mean after evaluation")
    }
}
