// The code that the pages of Documentation/core show, compiled and run; a test of the form checks that the pages hold it word for word.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

// snippet: network
struct SmallClassifier: Module {
    private let body: Chain

    init(in store: ParameterStore, using random: inout RandomSource) {
        body = Chain(
            Linear("first", inputs: 64, outputs: 128, activation: .silu, in: store, using: &random),
            BatchNorm("norm", channels: 128, in: store, using: &random),
            Dropout(0.25),
            Residual(Linear("deeper", inputs: 128, outputs: 128, activation: .relu, in: store, using: &random)),
            Linear("scores", inputs: 128, outputs: 10, in: store, using: &random))
    }

    func callAsFunction(_ x: Node) -> Node { body(x) }
}
// end

// snippet: training
/// One tape to learn, one to be used: the same module, the same parameters.
final class DigitsTrainer {
    let parameters = ParameterStore()
    let images: Inlet, labels: Inlet, unseen: Inlet
    let scores: Outlet
    private let learning: Program, using: Program
    private let optimizer: Adam
    private var chance = RandomSource(seed: 7)

    init(batch: Int) {
        let network = SmallClassifier(in: parameters, using: &chance)
        let tape = Tape(rows: batch, parameters: parameters)
        images = tape.input(.vector(64))
        labels = tape.input(.vector(1))
        learning = tape.compile(minimizing: network(images.node).crossEntropy(label: labels.node).mean())

        let evaluation = Tape(rows: batch, parameters: parameters, mode: .evaluation)
        unseen = evaluation.input(.vector(64))
        scores = evaluation.output(network(unseen.node))
        using = evaluation.compile()
        optimizer = Adam(for: parameters)
    }

    /// Fill `images` and `labels` first. Returns the loss.
    func learn(rows: Int) -> Float {
        let loss = learning.gradients(rows: rows, using: &chance)
        _ = parameters.clipGradients(toNorm: 1)
        optimizer.apply(to: parameters, learningRate: 1e-3)
        return loss
    }

    /// Fill `unseen` first; then read `scores`.
    func evaluate(rows: Int) { using.forward(rows: rows) }
}
// end

// snippet: loss
extension Node {
    /// Σ log cosh(prediction − target) over the row: quadratic near zero, linear far out; [width] and [width] → [1].
    func logCosh(to target: Node, file: StaticString = #fileID, line: UInt = #line) -> Node {
        let difference = subtracting(target, file: file, line: line)
        // log cosh x = x + softplus(−2x) − log 2, which no x overflows.
        let tail = difference.scaled(by: -2).softplus(file: file, line: line)
        return (difference + tail).scaled(by: 1, plus: -0.6931472).rowSum(file: file, line: line)
    }
}
// end

// snippet: primitive
/// y = x³; dx = 3x²·dy.
struct Cube: Primitive {
    func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }

    func forward(_ site: borrowing Site, rows: Int) {
        for i in 0..<rows * site.width {
            let x = site.x[0][i]
            site.y[i] = x * x * x
        }
    }

    func backward(_ site: borrowing Site, rows: Int) {
        for i in 0..<rows * site.width {
            let x = site.x[0][i]
            let share = 3 * x * x * site.dy[i]
            site.dx[0][i] = site.beta[0] == 0 ? share : site.dx[0][i] + share
        }
    }
}

extension Node {
    /// x³ of every number.
    func cubed(file: StaticString = #fileID, line: UInt = #line) -> Node {
        tape.record(Cube(), [self], file: file, line: line)
    }
}
// end

@Suite struct DocumentationSnippets {
    // snippet: primitive-test
    @Test func cubeAgreesWithItsTwin() throws {
        let subject = PrimitiveCase(Cube(), [.vector(19)], .normal) { x, _ in x[0].map { $0 * $0 * $0 } }
        for rows in [1, 2, 9] { try checkGradients(of: subject, rows: rows) }
        try checkRowsAreIndependent(of: subject, rows: 13)
    }
    // end

    /// log cosh 1 + log cosh(−2), far out |x| − log 2, and its derivative tanh by central differences of the program.
    @Test func logCoshIsWhatItSays() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let p = store.reserve("p", [2], .constant(0), using: &random),
            zero = store.reserve("zero", [2], .constant(0), using: &random)
        let tape = Tape(rows: 1, parameters: store)
        let program = tape.compile(minimizing: tape.parameter(p).logCosh(to: tape.parameter(zero)))
        store.values(of: p).copy(from: [1, -2])
        expectClose([program.gradients(rows: 1)], [0.4337808304830271 + 1.3250027473578644], absolute: 1e-6)
        expectClose(store.gradients(of: p).array, [0.7615941559557649, -0.9640275800758169], absolute: 1e-6)
        store.values(of: p).copy(from: [100, -300])
        expectClose([program.gradients(rows: 1)], [400 - 2 * 0.6931471805599453], absolute: 1e-4)
        #expect(tape.capacity == 1)
    }

    /// Ten patterns with noise are learned; with their labels shuffled anew at every step they are not.
    @Test(arguments: [true, false])
    func theNetworkLearns(_ honest: Bool) {
        let trainer = DigitsTrainer(batch: 50)
        var random = RandomSource(seed: 3)
        let patterns = (0..<10).map { _ in random.floats(64) }
        for _ in 0..<60 {
            for r in 0..<50 {
                trainer.images.rows.row(r, width: 64).copy(
                    from: zip(patterns[r % 10], random.floats(64, deviation: 0.5)).map { $0 + $1 })
                trainer.labels.rows[r] = Float(honest ? r % 10 : random.below(10))
            }
            _ = trainer.learn(rows: 50)
        }
        var right = 0
        for r in 0..<50 {
            trainer.unseen.rows.row(r, width: 64).copy(
                from: zip(patterns[r % 10], random.floats(64, deviation: 0.5)).map { $0 + $1 })
        }
        trainer.evaluate(rows: 50)
        for r in 0..<50 {
            let row = trainer.scores.rows.row(r, width: 10).array
            if row.firstIndex(of: row.max()!) == r % 10 { right += 1 }
        }
        #expect(honest ? right >= 48 : right <= 20, "\(right) of 50")
    }
}
