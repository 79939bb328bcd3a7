// Layers as modules: what they reserve, what the mode changes, and the laws that they promise.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct LayerTests {
    /// What a module makes of `x` [rows, shape] on a tape of `mode`.
    private func run(
        _ module: any Module, _ x: [Float], _ shape: Shape, _ store: ParameterStore, _ mode: TapeMode = .training,
        seed: UInt64 = 1
    ) -> [Float] {
        let rows = x.count / shape.count
        let tape = Tape(rows: rows, parameters: store, mode: mode)
        let inlet = tape.input(shape)
        let outlet = tape.output(module(inlet.node))
        let program = tape.compile()
        inlet.rows.copy(from: x)
        var random = RandomSource(seed: seed)
        program.forward(rows: rows, using: &random)
        return outlet.rows.array
    }
    private var random = RandomSource(seed: 9)

    @Test mutating func dropoutDropsWhileTrainingOnly() {
        let store = ParameterStore(), x = random.floats(60 * 50)
        let dropped = run(Dropout(0.25), x, .vector(50), store)
        for (y, x) in zip(dropped, x) { #expect(y == 0 || y == x * Float(1 / 0.75)) }
        // 3000 draws with chance ¼: four deviations are 95.
        #expect(abs(dropped.count { $0 == 0 } - 750) < 95)
        #expect(run(Dropout(0.25), x, .vector(50), store, .evaluation) == x)
        #expect(run(Dropout(0), x, .vector(50), store) == x)
        #expect(
            run(Dropout(0.25), x, .vector(50), store) == dropped && run(Dropout(0.25), x, .vector(50), store, seed: 2) != dropped)
    }

    /// All pixels of a channel share one fate, which differs between channels and rows.
    @Test mutating func spatialDropoutDropsChannels() {
        let shape = Shape.image(height: 3, width: 2, channels: 5)
        let x = random.floats(20 * 30).map { $0 == 0 ? 1 : $0 }
        let y = run(SpatialDropout(0.5), x, shape, ParameterStore())
        var fates: [Bool] = []
        for row in 0..<20 {
            for c in 0..<5 {
                let kept = (0..<6).map { y[row * 30 + $0 * 5 + c] != 0 }
                #expect(Set(kept).count == 1)
                for p in 0..<6 where kept[p] { #expect(y[row * 30 + p * 5 + c] == 2 * x[row * 30 + p * 5 + c]) }
                fates.append(kept[0])
            }
        }
        #expect(abs(fates.count { $0 } - 50) < 20)
        #expect(run(SpatialDropout(0.5), x, shape, ParameterStore(), .evaluation) == x)
    }

    /// With unit weights and x = 1, outputs are sums of kept weights: multiples of 1/keep, the same for each row of one batch.
    @Test func dropConnectDropsWeightsOncePerBatch() {
        var random = RandomSource(seed: 3)
        let store = ParameterStore()
        let layer = DropConnect("d", 0.5, inputs: 40, outputs: 30, weights: .constant(1), in: store, using: &random)
        store.values(of: store.parameters[1]).fill(0)
        let ones = [Float](repeating: 1, count: 80)
        let y = run(layer, ones, .vector(40), store)
        #expect(y.prefix(30).elementsEqual(y.suffix(30)))
        #expect(y.allSatisfy { $0.truncatingRemainder(dividingBy: 2) == 0 } && Set(y).count > 3)
        #expect(abs(y.prefix(30).reduce(0, +) / 30 - 40) < 6)
        #expect(run(layer, ones, .vector(40), store, .evaluation) == [Float](repeating: 40, count: 60))
    }

    /// μ = 0, σ = 1, x = e_i: row i is f(εᵢ)·f(εⱼ) + f(εⱼ), so all rows are multiples of one vector; without noise it is zero.
    @Test func noisyLinearIsFactorised() {
        var random = RandomSource(seed: 3)
        let store = ParameterStore()
        let layer = NoisyLinear("n", inputs: 3, outputs: 4, deviation: Float(3).squareRoot(), in: store, using: &random)
        #expect(store.parameters.map(\.name) == ["n.weight", "n.weight.deviation", "n.bias", "n.bias.deviation"])
        #expect(store.values(of: store.parameters[1]).array.allSatisfy { abs($0 - 1) < 1e-6 })
        for index in [0, 2] { store.values(of: store.parameters[index]).fill(0) }
        let identity: [Float] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
        let y = run(layer, identity, .vector(3), store)
        for r in 1..<3 {
            for j in 1..<4 { expectClose([y[r * 4 + j] * y[0]], [Double(y[r * 4] * y[j])], absolute: 1e-5) }
        }
        #expect(y.allSatisfy { $0 != 0 } && run(layer, identity, .vector(3), store, seed: 2) != y)
        #expect(run(layer, identity, .vector(3), store, .evaluation) == [Float](repeating: 0, count: 12))
    }

    /// Evaluated, a row's bits depend on it alone; while training the batch is part of the result, and has mean 0 and variance 1.
    @Test mutating func batchNormSeesTheBatchWhileTrainingOnly() {
        var chance = RandomSource(seed: 3)
        let store = ParameterStore()
        let norm = BatchNorm("b", channels: 3, in: store, using: &chance)
        store.values(of: store.runningStates[0]).copy(from: [1, -1, 0.5])
        store.values(of: store.runningStates[1]).copy(from: [2, 0.5, 1])
        let x = random.floats(8 * 3, deviation: 4)
        let together = run(norm, x, .vector(3), store, .evaluation)
        for r in 0..<8 {
            expectSameBits(
                run(norm, Array(x[r * 3..<r * 3 + 3]), .vector(3), store, .evaluation), Array(together[r * 3..<r * 3 + 3]))
        }
        let learned = run(norm, x, .vector(3), store)
        for c in 0..<3 {
            let column = stride(from: c, to: 24, by: 3).map { Double(learned[$0]) }
            let mean = column.reduce(0, +) / 8
            #expect(abs(mean) < 1e-6 && abs(column.reduce(0) { $0 + $1 * $1 } / 8 - 1) < 1e-3)
        }
    }

    /// One row of one pixel has no variance: the result is the bias, and the running variance takes 0, not NaN.
    @Test func batchNormOfASingleRow() {
        var chance = RandomSource(seed: 3)
        let store = ParameterStore()
        let norm = BatchNorm("b", channels: 2, momentum: 0.5, in: store, using: &chance)
        #expect(run(norm, [4, -6], .vector(2), store) == [0, 0])
        #expect(store.values(of: store.runningStates[0]).array == [2, -3])
        #expect(store.values(of: store.runningStates[1]).array == [0.5, 0.5])
    }

    @Test func embeddingLooksRowsUp() {
        var chance = RandomSource(seed: 3)
        let store = ParameterStore()
        let layer = Embedding("e", entries: 3, width: 2, in: store, using: &chance)
        store.values(of: store.parameters[0]).copy(from: [10, 11, 20, 21, 30, 31])
        #expect(run(layer, [2, 0, 1, 1], .vector(2), store) == [30, 31, 10, 11, 20, 21, 20, 21])
    }

    @Test func residualAddsItsInput() {
        let store = ParameterStore()
        #expect(run(Residual(Chain(Activation.relu, Activation.relu)), [-2, 3], .vector(2), store) == [-2, 6])
    }

    @Test func learnedActivations() {
        var chance = RandomSource(seed: 3)
        let store = ParameterStore()
        let prelu = PReLU("p", count: 2, in: store, using: &chance)
        let maxout = MaxoutLinear("m", inputs: 1, outputs: 2, pieces: 2, in: store, using: &chance)
        store.values(of: store.parameters[0]).copy(from: [0.5, -1])
        store.values(of: store.parameters[1]).copy(from: [1, 2, -1, 3])
        store.values(of: store.parameters[2]).copy(from: [0, 0, 0, 1])
        #expect(run(prelu, [-2, -2, 2, 2], .vector(2), store) == [-1, 2, 2, 2])
        #expect(run(maxout, [1, -1], .vector(1), store) == [1, 4, 1, -2])
    }

    @Test func everyNameIsAnActivation() throws {
        var seen: Set<Activation> = []
        for name in Activation.names { seen.insert(try Activation(named: name)) }
        #expect(seen.count == Activation.names.count)
        let error = #expect(throws: UnknownName.self) { try Activation(named: "rellu") }
        #expect(error?.description == "unknown activation \"rellu\"; did you mean \"relu\"?")
    }

    /// Fused or not, a dense layer with an activation is the dense layer and then the activation.
    @Test(arguments: Activation.names)
    func aDenseLayerTakesAnyActivation(_ name: String) throws {
        let activation = try Activation(named: name)
        func store(_ make: (ParameterStore, inout RandomSource) -> any Module) -> (any Module, ParameterStore) {
            var chance = RandomSource(seed: 3)
            let store = ParameterStore()
            return (make(store, &chance), store)
        }
        let (layer, first) = store { Linear("l", inputs: 3, outputs: 5, activation: activation, in: $0, using: &$1) }
        let (plain, second) = store { Chain(Linear("l", inputs: 3, outputs: 5, in: $0, using: &$1), activation) }
        let x: [Float] = [1, -2, 0.5, 3, 0, -1]
        expectSameBits(run(layer, x, .vector(3), first), run(plain, x, .vector(3), second), name)
    }

    /// 0.5·(1 + 2 + 0.5) + ½·2·(1 + 4 + 0.25), gradient 0.5·sign w + 2w.
    @Test func penaltiesOnWeights() {
        var chance = RandomSource(seed: 3)
        let store = ParameterStore()
        let a = store.reserve("a", [2], .constant(0), using: &chance), b = store.reserve("b", [1], .constant(0.5), using: &chance)
        store.values(of: a).copy(from: [1, -2])
        let tape = Tape(rows: 1, parameters: store)
        let program = tape.compile(minimizing: tape.penalty(on: [a, b], absolute: 0.5, square: 2))
        #expect(program.gradients(rows: 1) == 1.75 + 5.25)
        #expect(store.gradients(of: a).array == [2.5, -4.5] && store.gradients(of: b).array == [1.5])
    }

    @Test func gradientsAreClippedByMagnitude() {
        var chance = RandomSource(seed: 3)
        let store = ParameterStore()
        _ = store.reserve("a", [19], .constant(0), using: &chance)
        store.gradients.copy(from: (0..<32).map { Float($0) - 9 })
        store.gradients[3] = .nan
        store.clipGradients(toMagnitude: 2.5)
        for i in 0..<32 where i != 3 { #expect(store.gradients[i] == max(-2.5, min(2.5, Float(i) - 9))) }
        #expect(store.gradients[3].isNaN, "what has diverged must be seen to have done so")
    }
}
