// Networks on images, whole: byte inlets, torsos, and what their mistakes are answered with.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct ImageNetworkTests {
    private static let small = Shape.image(height: 6, width: 5, channels: 3)

    @Test func bytesBecomeFloatsTimesTheirScale() {
        let tape = Tape(rows: 3, parameters: ParameterStore())
        let pixels = tape.bytes(.vector(2), scale: 0.5)
        let outlet = tape.output(pixels.node.scaled(by: 1))
        let program = tape.compile()
        #expect(pixels.rows.count == 6)
        pixels.rows.copy(from: [0, 1, 254, 255, 7, 9])
        program.forward(rows: 2)
        #expect(outlet.rows.array == [0, 0.5, 127, 127.5, 0, 0])
        #expect(program.byteCount % 4 == 2)
    }

    /// The same network fed with bytes and with the floats that they stand for.
    @Test func bytesAndTheirFloatsLearnAlike() {
        func gradients(asBytes: Bool) -> [Float] {
            var random = RandomSource(seed: 1)
            let store = ParameterStore()
            let torso = MinAtarCNN("torso", image: Self.small, features: 7, in: store, using: &random)
            let tape = Tape(rows: 2, parameters: store)
            let numbers = (0..<2 * Self.small.count).map { UInt8(($0 * 37) % 256) }
            let program: Program
            if asBytes {
                let inlet = tape.bytes(Self.small, scale: 1 / 255)
                program = tape.compile(minimizing: torso(inlet.node).squared().mean())
                inlet.rows.copy(from: numbers)
            } else {
                let inlet = tape.input(Self.small)
                program = tape.compile(minimizing: torso(inlet.node).squared().mean())
                inlet.rows.copy(from: numbers.map { Float($0) * (1 / 255) })
            }
            _ = program.gradients(rows: 2)
            return store.gradients.array
        }
        let bytes = gradients(asBytes: true)
        #expect(bytes.contains { $0 != 0 })
        expectSameBits(bytes, gradients(asBytes: false))
    }

    @Test func torsosHaveTheShapesOfTheirPapers() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let atari = Shape.image(height: 84, width: 84, channels: 4)
        let tape = Tape(rows: 1, parameters: store)
        let nature = NatureCNN("nature", image: atari, weights: .constant(0), in: store, using: &random)
        let minAtar = MinAtarCNN(
            "minatar", image: .image(height: 10, width: 10, channels: 4), weights: .constant(0), in: store, using: &random)
        let residual = ResidualTorso("residual", image: atari, weights: .constant(0), in: store, using: &random)
        func count(_ prefix: String) -> Int { store.parameters.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count } }
        // 8·8·4·32+32 + 4·4·32·64+64 + 3·3·64·64+64 + 7·7·64·512+512; 3·3·4·16+16 + 8·8·16·128+128
        #expect(count("nature.") == 1_684_128)
        #expect(count("minatar.") == 131_792)
        // Sections of 16, 32, 32: 592+4·2320, 4640+4·9248, 5·9248; 11·11·32·256+256.
        #expect(count("residual.") == 9872 + 41632 + 46240 + 991_488)
        #expect(nature(tape.input(atari).node).shape == .vector(512))
        #expect(minAtar(tape.input(.image(height: 10, width: 10, channels: 4)).node).shape == .vector(128))
        #expect(residual(tape.input(atari).node).shape == .vector(256))
    }

    @Test func anImageOfTheWrongShapeTrapsAtTheCallersLine() async {
        let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var random = RandomSource(seed: 1)
            let store = ParameterStore()
            let layer = store.reserve("w", [3, 3, 1, 1], .constant(0), using: &random)
            let tape = Tape(rows: 1, parameters: store)
            _ = tape.input(.vector(9)).node.convolved(tape.parameter(layer), filters: 1, kernel: 3)
        }
        #expect(vector.lastWords.contains("Convolve expects an image of [height, width, channels], got [9]"))
        #expect(vector.lastWords.contains("ImageNetworkTests.swift"))
        let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var random = RandomSource(seed: 1)
            let store = ParameterStore()
            let layer = Convolution("c", channels: 2, filters: 5, kernel: 3, in: store, using: &random)
            let tape = Tape(rows: 1, parameters: store)
            _ = layer(tape.input(.image(height: 4, width: 4, channels: 3)).node)
        }
        #expect(channels.lastWords.contains("Convolve expects weights of [3, 3, 3, 5], 135 in all, got 90"))
    }
}
