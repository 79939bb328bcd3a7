// What lies between an input and an answer, found on the tape; and the backward pass that follows only what speaks for the answer.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct HiddenLayersTests {
    private var random = RandomSource(seed: 4)

    @Test mutating func layersInTheOrderOfTheirRecording() {
        let store = ParameterStore()
        let image = Shape.image(height: 6, width: 5, channels: 2)
        let network = MinAtarCNN("q", image: image, features: 7, activation: .silu, in: store, using: &random)
        let norm = GroupNorm.layer("q.norm", width: 7, in: store, using: &random)
        let head = Linear("q.2", inputs: 7, outputs: 3, in: store, using: &random)
        let other = Linear("v.0", inputs: 7, outputs: 1, in: store, using: &random)
        let tape = Tape(rows: 1, parameters: store)
        let x = tape.input(image)
        let features = network(x.node)
        let answer = head(norm(features).relu())
        let value = other(features)
        let layers = tape.hiddenLayers(of: answer)
        // What the head reads comes after the normalisation, but was made by the weights of q.1.
        #expect(layers.map(\.name) == ["q.0", "q.1"])
        #expect(layers.map(\.node.shape) == [.image(height: 4, width: 3, channels: 16), .vector(7)])
        #expect(layers.map(\.weights.shape) == [[3, 3, 2, 16], [192, 7]])
        #expect(tape.hiddenLayers(of: value).map(\.name) == ["q.0", "q.1"])
        #expect(tape.hiddenLayers(of: x.node).isEmpty)
    }

    @Test mutating func aTableIsALayerToo() {
        let store = ParameterStore()
        let table = Embedding("q.states", entries: 4, width: 3, in: store, using: &random)
        let head = Linear("q.0", inputs: 3, outputs: 2, in: store, using: &random)
        let tape = Tape(rows: 1, parameters: store)
        let state = tape.input(.vector(1))
        let layers = tape.hiddenLayers(of: head(table(state.node).tanh()))
        #expect(layers.map(\.name) == ["q.states"] && layers.map(\.weights.shape) == [[4, 3]])
    }

    /// y = 2·relu(h₁) − 3·relu(h₂) with h₁ = x₁ + x₂, h₂ = x₁ − x₂, at x = (3, 1): the gradient is (2 − 3, 2 + 3). Guided, −3 does not
    /// pass the second unit, which leaves (2, 2). At x = (1, 3) the second unit is off in both.
    @Test mutating func onlyWhatSpeaksForTheAnswerPasses() {
        let store = ParameterStore()
        let first = Linear("l.0", inputs: 2, outputs: 2, activation: .relu, in: store, using: &random)
        let second = Linear("l.1", inputs: 2, outputs: 1, in: store, using: &random)
        store.values(of: store.parameters[0]).copy(from: [1, 1, 1, -1])
        store.values(of: store.parameters[1]).fill(0)
        store.values(of: store.parameters[2]).copy(from: [2, -3])
        let tape = Tape(rows: 2, parameters: store)
        let x = tape.input(.vector(2))
        let slope = tape.gradient(of: x.node)
        let program = tape.compile(minimizing: second(first(x.node)).sum())
        x.rows.copy(from: [3, 1, 1, 3])
        let loss = program.gradients(rows: 2)
        #expect(slope.rows.array == [-1, 5, 2, 2])
        #expect(program.guidedGradients(rows: 2) == loss)
        #expect(slope.rows.array == [2, 2, 2, 2])
        _ = program.gradients(rows: 2)
        #expect(slope.rows.array == [-1, 5, 2, 2], "an ordinary pass afterwards is ordinary")
    }

    /// tanh passes what it always does.
    @Test mutating func boundedUnitsAreNotGuided() {
        let store = ParameterStore()
        let first = Linear("l.0", inputs: 2, outputs: 3, activation: .tanh, in: store, using: &random)
        let second = Linear("l.1", inputs: 3, outputs: 1, in: store, using: &random)
        let tape = Tape(rows: 1, parameters: store)
        let x = tape.input(.vector(2))
        let slope = tape.gradient(of: x.node)
        let program = tape.compile(minimizing: second(first(x.node)).sum())
        x.rows.copy(from: [0.4, -0.3])
        _ = program.gradients(rows: 1)
        let plain = slope.rows.array
        _ = program.guidedGradients(rows: 1)
        #expect(slope.rows.array == plain)
    }
}
