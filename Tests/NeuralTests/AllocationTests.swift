// Running allocates nothing, and the counter that says so does count.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

/// Without optimisation Swift puts generic values on the heap: the promise is one of release builds.
@Suite struct AllocationTests {
    @Test func theCounterSeesWhatSwiftAllocates() {
        var kept: [[Int]] = []
        kept.reserveCapacity(200)
        #expect(MallocCount.during { for i in 0..<100 { kept.append(Array(repeating: i, count: 50 + i)) } } >= 100)
        #expect(MallocCount.during { _ = Storage<Float>(count: 1000) } >= 1)
        var sum = 0
        #expect(MallocCount.during { for numbers in kept { sum &+= numbers[0] } } == 0)
        #expect(sum == 4950)
    }

    @Test func anUpdateAllocatesNothing() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let network = MLP("q", inputs: 4, hidden: [64, 64], outputs: 2, in: store, using: &random)
        let tape = Tape(rows: 64, parameters: store)
        let x = tape.input(.vector(4)), action = tape.input(.vector(1)), target = tape.input(.vector(1))
        let difference = network(x.node).picking(action.node) - target.node
        let program = tape.compile(minimizing: difference.huber().mean())
        x.rows.copy(from: random.floats(x.rows.count))
        target.rows.copy(from: random.floats(target.rows.count))
        let optimizer = Adam(for: store)
        func update() {
            _ = program.gradients(rows: 64)
            _ = store.clipGradients(toNorm: 10)
            optimizer.apply(to: store, learningRate: 1e-3)
        }
        for _ in 0..<10 { update() }
        #expect(MallocCount.during { for _ in 0..<1000 { update() } } == 0)
    }

    /// Every kind of layer at once: noise, batch statistics and their running averages, shared weights, losses of rows.
    @Test func anUpdateOfEveryLayerAllocatesNothing() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let width = 12
        let body = Chain(
            NoisyLinear("noisy", inputs: width, outputs: width, in: store, using: &random),
            BatchNorm("batch", channels: width, in: store, using: &random), Activation.silu, Dropout(0.25),
            GroupNorm("group", groups: 3, channels: width, in: store, using: &random), Activation.gelu,
            DropConnect("drop", 0.5, inputs: width, outputs: width, in: store, using: &random),
            PReLU("prelu", count: width, in: store, using: &random), Activation.elu(), Activation.leakyReLU(),
            MaxoutLinear("maxout", inputs: width, outputs: width, pieces: 3, in: store, using: &random))
        let table = Embedding("table", entries: 5, width: width, in: store, using: &random)
        let logDeviation = store.reserve("log_deviation", [width], .constant(0), using: &random)
        let tape = Tape(rows: 32, parameters: store)
        let index = tape.input(.vector(1)), target = tape.input(.vector(width))
        let y = Residual(body)(table(index.node))
        let policy = SquashedGaussian(mean: y, logDeviation: tape.parameter(logDeviation)).sample()
        let square = y.matrixProduct(target.node, m: 3, k: 4, n: 3).concatenated(with: y.slice(from: 2, length: 3))
        let losses = [
            y.crossEntropy(label: index.node), y.crossEntropy(target: target.node), y.hinge(label: index.node),
            y.quantileHuber(to: target.node), policy.logProbability, Categorical(logits: y).entropy, square.rowSum(),
            y.minimum(target.node).maximum(policy.action).gathering(index.node, block: 2).magnitude().rowSum(),
        ]
        let loss = losses.dropFirst().reduce(losses[0]) { $0 + $1 }.mean() + tape.penalty(on: store.parameters, square: 1e-3)
        let program = tape.compile(minimizing: loss)
        target.rows.copy(from: random.floats(target.rows.count).map(abs))
        for r in 0..<32 { index.rows[r] = Float(r % 5) }
        var chance = RandomSource(seed: 2)
        var sum: Float = 0
        func update() {
            sum += program.gradients(rows: 32, using: &chance)
            store.clipGradients(toMagnitude: 1)
        }
        for _ in 0..<3 { update() }
        #expect(MallocCount.during { for _ in 0..<100 { update() } } == 0)
        #expect(sum.isFinite)
    }

    @Test func imagesAllocateNothing() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let image = Shape.image(height: 6, width: 5, channels: 3)
        let torso = ResidualTorso("torso", image: image, filters: [4, 5], features: 9, in: store, using: &random)
        let separable = SeparableConvolution(
            "separable", channels: 3, filters: 2, kernel: 3, padding: 1, in: store, using: &random)
        let tape = Tape(rows: 4, parameters: store)
        let pixels = tape.bytes(image, scale: 1 / 255)
        let pooled = separable(pixels.node).averagePooled(kernel: 2).globalAveragePooled()
        let program = tape.compile(minimizing: torso(pixels.node).squared().mean() + pooled.squared().mean())
        for _ in 0..<10 { _ = program.gradients(rows: 4) }
        #expect(MallocCount.during { for _ in 0..<100 { _ = program.gradients(rows: 3) } } == 0)
    }
}
