// The hand-written digits of Examples/digits, and a small convolutional network that learns them by the recipe.
import Basics
import Foundation
import Kernels
import Neural

/// 1,797 images of 8×8 and their labels.
struct Digits {
    static let shape = Shape.image(height: 8, width: 8, channels: 1)
    /// [count, 64], grey values divided by 16.
    let pixels: Storage<Float>
    let labels: [Int]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Examples/digits/digits.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",").compactMap { Int($0) } }
        precondition(rows.count == 1797 && rows.allSatisfy { $0.count == 65 }, "digits.csv is not what it was")
        pixels = Storage(count: rows.count * 64)
        labels = rows.map { $0[64] }
        for (i, row) in rows.enumerated() {
            for j in 0..<64 { pixels.all[i * 64 + j] = Float(row[j]) / 16 }
        }
    }
}

/// Two convolutions with batch normalisation, a pooling, dropout, and two dense layers.
struct DigitsNetwork: Module {
    private let layers: Chain

    init(in store: ParameterStore, using random: inout RandomSource) {
        layers = Chain(
            Convolution(
                "first", channels: 1, filters: 24, kernel: 3, padding: 1, weights: .heNormal, bias: .constant(0), in: store,
                using: &random),
            BatchNorm("first.norm", channels: 24, in: store, using: &random), Activation.relu,
            Convolution(
                "second", channels: 24, filters: 48, kernel: 3, padding: 1, weights: .heNormal, bias: .constant(0), in: store,
                using: &random),
            BatchNorm("second.norm", channels: 48, in: store, using: &random), Activation.relu,
            MaxPooling(), Dropout(0.25),
            Linear(
                "third", inputs: 4 * 4 * 48, outputs: 96, activation: .relu, weights: .heNormal, bias: .constant(0), in: store,
                using: &random),
            Dropout(0.5),
            Linear(
                "scores", inputs: 96, outputs: 10, weights: .glorotUniform(gain: 0.1), bias: .constant(0), in: store,
                using: &random))
    }
    func callAsFunction(_ x: Node) -> Node { layers(x) }

    private struct MaxPooling: Module {
        func callAsFunction(_ x: Node) -> Node { x.maxPooled(kernel: 2) }
    }
}

/// One training run: statistics of the training rows, shifted images, Adam with decay, a warm-up and a cosine.
final class DigitsRun {
    static let rows = 64
    let digits: Digits
    let training: [Int]
    let store = ParameterStore()
    private let network: DigitsNetwork
    private let statistics: Standardisation
    private let augmentation = ImageAugmentation(Digits.shape, shift: 1)
    private var random: RandomSource
    private let image: Inlet, label: Inlet
    let program: Program

    init(_ digits: Digits, training: [Int], seed: UInt64) {
        self.digits = digits
        self.training = training
        random = RandomSource(seed: seed)
        network = DigitsNetwork(in: store, using: &random)
        let chosen = Storage<Float>(count: training.count * 64)
        for (i, row) in training.enumerated() { chosen.all.row(i, width: 64).copy(from: digits.pixels.all.row(row, width: 64)) }
        // One mean and one deviation for all pixels: those at the edge hardly ever change.
        statistics = Standardisation(of: chosen.all, rows: training.count * 64, width: 1)
        let tape = Tape(rows: Self.rows, parameters: store)
        image = tape.input(Digits.shape, named: "image")
        label = tape.input(.vector(1), named: "label")
        program = tape.compile(minimizing: network(image.node).crossEntropy(label: label.node).mean())
    }

    /// Puts images into the inlets, changed by chance while learning.
    private func fill(_ image: Floats, _ rows: [Int], augmented: Bool) {
        for (i, row) in rows.enumerated() {
            let from = digits.pixels.all.row(row, width: 64), to = image.row(i, width: 64)
            if augmented { augmentation.apply(from, into: to, using: &random) } else { to.copy(from: from) }
        }
        statistics.apply(to: image, rows: rows.count * 64)
    }
    /// A batch of the training rows with fresh noise.
    func draw(_ rows: [Int]) {
        fill(image.rows, rows, augmented: true)
        for (i, row) in rows.enumerated() { label.rows[i] = Float(digits.labels[row]) }
        program.draw(rows: rows.count, using: &random)
    }
    func drawAnything() { draw((0..<Self.rows).map { _ in training[random.below(training.count)] }) }

    func train(epochs: Int, learningRate: Double) {
        let updates = training.count / Self.rows
        let schedule = Schedule.warmUp(steps: updates, then: .cosine(from: learningRate, to: 0, steps: (epochs - 1) * updates))
        let optimizer = Adam(for: store, weightDecay: 1e-2)
        var order = training, step = 0
        for _ in 0..<epochs {
            random.shuffle(&order)
            for update in 0..<updates {
                draw(Array(order[update * Self.rows..<(update + 1) * Self.rows]))
                _ = program.gradients(rows: Self.rows)
                optimizer.apply(to: store, learningRate: Float(schedule.value(at: step)))
                step += 1
            }
        }
    }

    /// How many of these rows the network gets right, recorded once more for evaluation.
    func right(of rows: [Int]) -> Int {
        let tape = Tape(rows: 100, parameters: store, mode: .evaluation)
        let image = tape.input(Digits.shape), scores = tape.output(network(image.node)), program = tape.compile()
        var count = 0
        for first in stride(from: 0, to: rows.count, by: 100) {
            let batch = Array(rows[first..<min(first + 100, rows.count)])
            fill(image.rows, batch, augmented: false)
            program.forward(rows: batch.count)
            for (i, row) in batch.enumerated() {
                let found = scores.rows.row(i, width: 10).array
                if found.indices.max(by: { found[$0] < found[$1] }) == digits.labels[row] { count += 1 }
            }
        }
        return count
    }
}
