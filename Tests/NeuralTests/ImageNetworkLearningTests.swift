// Networks on images learn, with every kind of layer in the way.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct ImageNetworkLearningTests {
    private static let small = Shape.image(height: 6, width: 5, channels: 3)

    /// Which of two halves of an image is brighter.
    @Test(arguments: ["minatar", "residual", "separable"])
    func learnsWhichHalfIsBrighter(_ kind: String) {
        var random = RandomSource(seed: 3)
        let store = ParameterStore()
        let torso: any Module =
            switch kind {
            case "minatar": MinAtarCNN("torso", image: Self.small, features: 16, in: store, using: &random)
            case "residual": ResidualTorso("torso", image: Self.small, filters: [4, 4], features: 16, in: store, using: &random)
            default:
                SeparableConvolution(
                    "torso", channels: 3, filters: 16, kernel: 3, padding: 1, activation: .relu, in: store, using: &random)
            }
        let head = Linear("head", inputs: kind == "separable" ? 6 * 5 * 16 : 16, outputs: 1, in: store, using: &random)
        let tape = Tape(rows: 32, parameters: store)
        let pixels = tape.bytes(Self.small, scale: 1 / 255), target = tape.input(.vector(1))
        let program = tape.compile(minimizing: (head(torso(pixels.node)) - target.node).squared().mean())
        let optimizer = Adam(for: store)
        var first: Float = 0, last: Float = 0
        for step in 0..<150 {
            for row in 0..<32 {
                let isUpper = random.below(2) == 0
                target.rows[row] = isUpper ? 1 : -1
                for i in 0..<Self.small.count {
                    pixels.rows[row * Self.small.count + i] = UInt8(
                        random.below(128) + ((i < Self.small.count / 2) == isUpper ? 120 : 0))
                }
            }
            last = program.gradients(rows: 32)
            if step == 0 { first = last }
            optimizer.apply(to: store, learningRate: 3e-3)
        }
        #expect(first > 0.5)
        #expect(last < 0.1)
    }
}
