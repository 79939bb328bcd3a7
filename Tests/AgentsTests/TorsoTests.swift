// The first layers of every network: chosen by what the world shows, with the sizes and activations that were asked for.

import Basics
import Kernels
import Neural
import RLCore
import TestSupport
import Testing

@testable import Agents

@Suite struct TorsoTests {
    private static let small = Space.bytes(.image(height: 10, width: 10, channels: 4), stack: 1)
    private static let large = Space.bytes(.image(height: 84, width: 84, channels: 4), stack: 4)
    private static let vector = Space.box(.vector(3), low: [-1, -1, -1], high: [1, 1, 1])

    /// Features of rows that are filled by `fill`, [rows · features].
    private func run(_ module: any Module, _ store: ParameterStore, _ space: Space, rows: Int, _ fill: (Rows) -> Void) -> [Float]
    {
        let tape = Tape(rows: rows, parameters: store)
        let inlet = ObservationInlet(tape, space)
        let outlet = tape.output(module(inlet.node))
        let program = tape.compile()
        fill(inlet.rows)
        program.forward(rows: rows)
        return outlet.rows.array
    }
    private func names(_ store: ParameterStore) -> [String] { store.parameters.map { "\($0.name) \($0.shape)" } }

    @Test func onSmallPicturesItIsMinAtarsNetwork() {
        let stores = [ParameterStore(), ParameterStore()]
        var first = RandomSource(seed: 5), second = RandomSource(seed: 5)
        let torso = Torso("q", Self.small, hidden: [128], in: stores[0], using: &first)
        let named = MinAtarCNN("q", image: Self.small.shape, in: stores[1], using: &second)
        #expect(torso.features == 128 && torso.depth == 2)
        #expect(names(stores[0]) == ["q.0.weight [3, 3, 4, 16]", "q.0.bias [16]", "q.1.weight [1024, 128]", "q.1.bias [128]"])
        // Planes of zeros and ones stay zeros and ones.
        let planes = (0..<800).map { UInt8($0 * 7 % 5 == 0 ? 1 : 0) }
        let tape = Tape(rows: 2, parameters: stores[1])
        let inlet = tape.input(Self.small.shape)
        let outlet = tape.output(named(inlet.node))
        let program = tape.compile()
        inlet.rows.copy(from: planes.map { Float($0) })
        program.forward(rows: 2)
        let found = run(torso, stores[0], Self.small, rows: 2) { $0.bytes.copy(from: planes) }
        #expect(found == outlet.rows.array && Set(found).count > 20)
    }

    @Test func onLargePicturesItIsTheNatureNetwork() {
        let stores = [ParameterStore(), ParameterStore()]
        var first = RandomSource(seed: 5), second = RandomSource(seed: 5)
        let torso = Torso("q", Self.large, hidden: [512, 32], in: stores[0], using: &first)
        let named = NatureCNN("q", image: Self.large.shape, in: stores[1], using: &second)
        #expect(torso.features == 32 && torso.depth == 5 && named.features == 512)
        #expect(names(stores[0]) == names(stores[1]) + ["q.4.weight [512, 32]", "q.4.bias [32]"])
        // 256 levels become numbers up to 1.
        let levels = run(Scaled(), ParameterStore(), Self.large, rows: 1) { $0.bytes.fill(255) }
        #expect(levels.allSatisfy { abs($0 - 1) < 1e-6 })
    }
    /// The inlet's own numbers.
    private struct Scaled: Module {
        func callAsFunction(_ x: Node) -> Node { x.scaled(by: 1) }
    }

    @Test func withoutHiddenLayersAPictureGetsThePapersOne() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        #expect(Torso("a", Self.small, hidden: [], in: store, using: &random).features == 128)
        #expect(Torso("b", Self.large, hidden: [], in: store, using: &random).features == 512)
        let bare = Torso("c", Self.vector, hidden: [], in: store, using: &random)
        #expect(bare.features == 3 && bare.depth == 0)
    }

    /// Two dense layers by loops, in doubles: the first with the activation, the last with its own.
    @Test(arguments: [Activation.relu, .silu]) func activations(_ activation: Activation) throws {
        func formula(_ x: Double) -> Double { activation == .relu ? max(0, x) : x / (1 + Self.exponential(-x)) }
        let store = ParameterStore()
        var random = RandomSource(seed: 3)
        let torso = Torso("t", Self.vector, hidden: [5, 4], activation: activation, last: .dsilu, in: store, using: &random)
        var archive = Archive()
        store.save(into: &archive)
        func dense(_ x: [Double], _ layer: Int, _ width: Int) throws -> [Double] {
            let w = try archive.floats("t.\(layer).weight"), b = try archive.floats("t.\(layer).bias")
            return (0..<width).map { j in x.indices.reduce(Double(b[j])) { $0 + x[$1] * Double(w[$1 * width + j]) } }
        }
        let hidden = try dense([0.3, -2, 1], 0, 5).map(formula)
        let expected = try dense(hidden, 1, 4).map { x in
            let s = 1 / (1 + Self.exponential(-x))
            return s * (1 + x * (1 - s))
        }
        let found = run(torso, store, Self.vector, rows: 1) { $0.floats.copy(from: [0.3, -2, 1]) }
        #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 })
        #expect(hidden.contains { $0 != 0 })
    }
    /// eˣ by its series of x/1024, squared ten times.
    static func exponential(_ x: Double) -> Double {
        let y = x / 1024
        return (0..<10).reduce(1 + y + y * y / 2 + y * y * y / 6) { value, _ in value * value }
    }

    @Test func whatDoesNotFitIsSaidInASentence() {
        func sentence(_ space: Space) -> String { Torso.objection(space) ?? "" }
        for space in [Self.small, Self.large, Self.vector, .discrete(16)] { #expect(Torso.objection(space) == nil) }
        let flat = Space.box(.image(height: 9, width: 9, channels: 1), low: [], high: [])
        #expect(Torso.objection(flat) == nil)
        #expect(sentence(.discrete(1 << 25)).hasSuffix("this world shows Discrete(33554432)"))
        #expect(sentence(.bytes(.image(height: 2, width: 84, channels: 1), stack: 1)).contains("at least 3 × 3 pixels"))
        #expect(sentence(.bytes(.vector(128), stack: 1)).contains("Bytes[128]"))
    }
}
