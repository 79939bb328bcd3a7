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
