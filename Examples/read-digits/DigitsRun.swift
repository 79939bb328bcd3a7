// One training run: statistics of the training images, shifted images, Adam with decay, a warm-up and a cosine.
import Basics
import Digits
import Kernels
import Neural

final class DigitsRun {
    static let rows = 64
    private let digits: Digits
    private let training: [Int]
    let store = ParameterStore()
    private let network: DigitsNetwork
    private let statistics: Standardisation
    private let augmentation = ImageAugmentation(Digits.shape, shift: 1)
    private var random: RandomSource
    private let image: Inlet, label: Inlet
    let program: Program

    /// - Parameter training: the numbers of the images that may be learned from.
    init(_ digits: Digits, training: [Int], seed: UInt64) {
        self.digits = digits
        self.training = training
        random = RandomSource(seed: seed)
        network = DigitsNetwork(in: store, using: &random)
        let chosen = Storage<Float>(count: training.count * Digits.pixelCount)
        for (i, index) in training.enumerated() { chosen.all.row(i, width: Digits.pixelCount).copy(from: digits.image(index)) }
        // One mean and one deviation for all pixels: those at the edge hardly ever change.
        statistics = Standardisation(of: chosen.all, rows: training.count * Digits.pixelCount, width: 1)
        let tape = Tape(rows: Self.rows, parameters: store)
        image = tape.input(Digits.shape, named: "image")
        label = tape.input(.vector(1), named: "label")
        program = tape.compile(minimizing: network(image.node).crossEntropy(label: label.node).mean())
    }

    /// Puts images into an inlet, changed by chance while learning.
    private func fill(_ image: Floats, _ indices: [Int], augmented: Bool) {
        for (row, index) in indices.enumerated() {
            let to = image.row(row, width: Digits.pixelCount)
            if augmented {
                augmentation.apply(digits.image(index), into: to, using: &random)
            } else {
                to.copy(from: digits.image(index))
            }
        }
        statistics.apply(to: image, rows: indices.count * Digits.pixelCount)
    }
    /// A batch of these images, with fresh noise.
    private func draw(_ indices: [Int]) {
        fill(image.rows, indices, augmented: true)
        for (row, index) in indices.enumerated() { label.rows[row] = Float(digits.labels[index]) }
        program.draw(rows: indices.count, using: &random)
    }
    /// A batch of any of the training images.
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

    /// How many of these images the network gets right, recorded once more for evaluation.
    func right(of indices: [Int]) -> Int {
        let tape = Tape(rows: 100, parameters: store, mode: .evaluation)
        let image = tape.input(Digits.shape), scores = tape.output(network(image.node)), program = tape.compile()
        var count = 0
        for first in stride(from: 0, to: indices.count, by: 100) {
            let batch = Array(indices[first..<min(first + 100, indices.count)])
            fill(image.rows, batch, augmented: false)
            program.forward(rows: batch.count)
            for (row, index) in batch.enumerated() {
                let found = scores.rows.row(row, width: Digits.classes).array
                if found.indices.max(by: { found[$0] < found[$1] }) == digits.labels[index] { count += 1 }
            }
        }
        return count
    }
}
