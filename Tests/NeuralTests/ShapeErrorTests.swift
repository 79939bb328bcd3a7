// What does not fit is refused where it is recorded, with both values and the caller's line.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct ShapeErrorTests {
    /// The sentence that a primitive answers for these operands.
    private func sentence(_ primitive: any Primitive, _ operands: Shape...) -> String? {
        do {
            _ = try primitive.shape(of: operands)
            return nil
        } catch { return error.sentence }
    }
    private let image = Shape.image(height: 2, width: 3, channels: 4)

    @Test func eachNamesWhatItWantsAndWhatItGot() {
        #expect(sentence(Divide(), .vector(2), .vector(3)) == "Divide takes two nodes of one shape, got [2] and [3]")
        #expect(sentence(Clip(low: 1, high: -1), .vector(2)) == "Clip's low end 1.0 is above its high end -1.0")
        #expect(sentence(ELU(alpha: 0), .vector(2)) == "ELU's alpha must be positive, got 0.0")
        #expect(sentence(Maxout(pieces: 2), .vector(5)) == "Maxout of 2 pieces needs rows that they divide, got [5]")
        #expect(
            sentence(AddSpread(shared: false), image, .vector(3))
                == "AddSpread spreads 1, 4 or 24 numbers over [2, 3, 4], got [3]")
        #expect(sentence(LearnedReLU(), .vector(6), .vector(2)) == "LearnedReLU spreads 1, 6 or 6 numbers over [6], got [2]")
        #expect(
            sentence(Concatenate(count: 2, pixels: 1), .vector(2), image)
                == "Concatenate takes vectors, or images of one size, got [2] and [2, 3, 4]")
        #expect(sentence(Slice(start: 3, length: 2, pixels: 6), image) == "Slice of 2 from 3 does not fit in [2, 3, 4]")
        #expect(sentence(Reshape(.vector(5)), image) == "Reshape to [5] needs 5 numbers, got 24 of [2, 3, 4]")
        #expect(
            sentence(Gather(block: 4), .vector(6), .vector(1)) == "Gather takes rows of blocks of 4 and indices, got [6] and [1]")
        #expect(sentence(EmbeddingRows(width: 4), .vector(6), .vector(1))?.contains("a table of rows of 4") == true)
        #expect(
            sentence(MatrixProduct(m: 2, k: 3, n: 4), .vector(6), .vector(11))
                == "MatrixProduct of 2 × 3 and 3 × 4 matrices needs 6 and 12 numbers, got 6 and 11")
        #expect(sentence(NoisyWeights(), .vector(6), .vector(6), .vector(2), .vector(4))?.contains("[6], [6], [2], [4]") == true)
        #expect(
            sentence(
                RecurrentUnrolling(.gru, hidden: 2, steps: 3, masked: false), .vector(12), .vector(2), .vector(24), .vector(13),
                .vector(8))
                == "a recurrent layer (gru) of 4 inputs and 2 hidden numbers over 3 steps expects 12 floats of hidden weights, got 13"
        )
        #expect(sentence(Moments(channels: 3), image) == "Moments of 3 channels got [2, 3, 4]")
        #expect(
            sentence(Normalise(channels: 4, epsilon: 1e-5), image, .vector(8), .vector(4), .vector(3))?.contains("[3]") == true)
        #expect(
            sentence(GroupNormalise(groups: 3, channels: 4, epsilon: 1e-5), image, .vector(4), .vector(4))?.contains(
                "in 3 groups") == true)
        #expect(
            sentence(LabelCrossEntropy(), .vector(5), .vector(2))
                == "LabelCrossEntropy takes scores and one label, got [5] and [2]")
        #expect(
            sentence(CrossEntropy(), .vector(5), .vector(2))
                == "CrossEntropy takes scores and as many probabilities, got [5] and [2]")
        #expect(
            sentence(Hinge(margin: 1, squared: false), .vector(5), .vector(2))
                == "Hinge takes scores and one label, got [5] and [2]")
        #expect(
            sentence(QuantileHuber(threshold: -1), .vector(5), .vector(2))
                == "QuantileHuber's threshold must not be negative, got -1.0")
    }

    @Test func bytesHaveNoGradient() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 2, parameters: ParameterStore())
            let pixels = tape.bytes(.image(height: 2, width: 3, channels: 4), named: "screen")
            _ = tape.gradient(of: pixels.node)
        }
        #expect(result.lastWords.contains("NeuralTests/ShapeErrorTests.swift:\(#line - 5)"))
        #expect(result.lastWords.contains("the gradient of \"screen\" is asked for, but its [2, 3, 4] are bytes"))
    }

    @Test func theLineIsTheCallers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 2, parameters: ParameterStore())
            _ = tape.input(.vector(5)).node.reshaped(to: .vector(6))
        }
        #expect(result.lastWords.contains("NeuralTests/ShapeErrorTests.swift:\(#line - 4)"))
        #expect(result.lastWords.contains("Reshape to [6] needs 6 numbers, got 5 of [5]"))
    }

    /// An index that names no class or row must not read a neighbour's memory.
    @Test(arguments: [-1, 3, 0.5] as [Float])
    func aWrongIndexIsRefused(_ index: Float) async {
        let words = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
            let tape = Tape(rows: 1, parameters: ParameterStore())
            let x = tape.input(.vector(3)), label = tape.input(.vector(1))
            _ = tape.output(x.node.crossEntropy(label: label.node))
            let program = tape.compile()
            label.rows[0] = index
            program.forward(rows: 1)
        }
        #expect(words.lastWords.contains("label \(index): it must be a whole number from 0 to 2"))
    }
}
