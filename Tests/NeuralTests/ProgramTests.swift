// Running: first writers, shared nodes, fewer rows than there is room for, and the table that a program prints.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct ProgramTests {
    private func scalars(_ values: Float...) -> (store: ParameterStore, parameters: [Parameter]) {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let parameters = values.enumerated().map { store.reserve("p\($0.offset)", [1], .constant($0.element), using: &random) }
        return (store, parameters)
    }

    /// f = p·q + p² + 3p at p = 2, q = 5: ∂f/∂p = q + 2p + 3 = 12, ∂f/∂q = 2; run twice, for nothing is ever cleared.
    @Test func aNodeUsedSeveralTimesGetsTheSum() {
        let (store, parameters) = scalars(2, 5)
        let tape = Tape(rows: 4, parameters: store)
        let p = tape.parameter(parameters[0]), q = tape.parameter(parameters[1])
        let program = tape.compile(minimizing: p * q + p.squared() + 3 * p)
        store.gradients.fill(.nan)
        for _ in 0..<2 {
            #expect(program.gradients(rows: 3) == 20)
            #expect(store.gradients(of: parameters[0])[0] == 12 && store.gradients(of: parameters[1])[0] == 2)
        }
    }

    /// One layer applied twice: the gradient of its weights is the sum over both uses, by central differences.
    @Test func sharedWeightsShareOneGradient() {
        var random = RandomSource(seed: 2)
        let store = ParameterStore()
        let layer = Linear("l", inputs: 3, outputs: 3, activation: .tanh, in: store, using: &random)
        let tape = Tape(rows: 5, parameters: store)
        let x = tape.input(.vector(3))
        let hidden = layer(x.node)
        // `hidden` is used three times, too.
        let program = tape.compile(minimizing: ((layer(hidden) + hidden) * hidden).mean())
        x.rows.copy(from: random.floats(15))
        for rows in [5, 2] {
            _ = program.gradients(rows: rows)
            let gradients = store.gradients.array
            for parameter in store.parameters {
                for i in parameter.offset..<parameter.offset + parameter.count {
                    let middle = store.values[i], step: Float = 0x1p-7
                    store.values[i] = middle + step
                    let above = Double(program.gradients(rows: rows))
                    store.values[i] = middle - step
                    let below = Double(program.gradients(rows: rows))
                    store.values[i] = middle
                    expectClose(
                        [gradients[i]], [(above - below) / Double(2 * step)], absolute: 2e-4, "\(parameter.name), \(rows) rows")
                }
            }
        }
    }

    /// The gradient of a mean over fewer rows than the capacity is that of those rows alone, whatever lies behind them.
    @Test func rowsBehindTheLastAreNotRead() {
        func run(capacity: Int, spoil: Bool) -> (loss: Float, gradients: [Float]) {
            var random = RandomSource(seed: 3)
            let store = ParameterStore()
            let network = MLP("n", inputs: 4, hidden: [20, 17], outputs: 3, activation: .tanh, in: store, using: &random)
            let tape = Tape(rows: capacity, parameters: store)
            let x = tape.input(.vector(4)), action = tape.input(.vector(1))
            let loss = -network(x.node).logSoftmax().picking(action.node).mean()
            let program = tape.compile(minimizing: loss)
            if spoil {
                x.rows.fill(.nan)
                action.rows.fill(-1)
            }
            x.rows.slice(0, 12).copy(from: random.floats(12))
            action.rows.slice(0, 3).copy(from: [2, 0, 1])
            return (program.gradients(rows: 3), store.gradients.array)
        }
        let exact = run(capacity: 3, spoil: false), roomy = run(capacity: 40, spoil: true)
        #expect(exact.loss == roomy.loss && exact.loss.isFinite)
        expectSameBits(roomy.gradients, exact.gradients)
    }

    /// What one row yields for the whole batch goes on as one row: here a penalty on weights beside a mean over the batch.
    @Test func singleRowsStaySingle() {
        let (store, parameters) = scalars(3)
        let tape = Tape(rows: 4, parameters: store)
        let x = tape.input(.vector(1))
        let penalty = tape.parameter(parameters[0]).squared()
        let outlet = tape.output(penalty)
        let program = tape.compile(minimizing: x.node.mean() + penalty)
        x.rows.copy(from: [1, 2, 3, 4])
        #expect(program.gradients(rows: 4) == 2.5 + 9)
        #expect(outlet.rows.count == 1 && outlet.rows[0] == 9)
        #expect(store.gradients[0] == 6)
        #expect(program.gradients(rows: 2) == 1.5 + 9)
        #expect(program.description.contains("Square          [1]"))
    }

    /// The loss may be a dense layer's own activated result, whose backward pass overwrites its dy.
    @Test func theSeedIsSetForEveryRun() {
        var random = RandomSource(seed: 4)
        let store = ParameterStore()
        let w = store.reserve("w", [1, 1], .constant(0.5), using: &random),
            b = store.reserve("b", [1], .constant(0), using: &random)
        let p = store.reserve("p", [1], .constant(1), using: &random)
        let tape = Tape(rows: 1, parameters: store)
        let loss = tape.parameter(p).affine(tape.parameter(w), tape.parameter(b), outputs: 1, activation: .tanh)
        let program = tape.compile(minimizing: loss)
        let first = (program.gradients(rows: 1), store.gradients.array)
        let second = (program.gradients(rows: 1), store.gradients.array)
        #expect(first == second && abs(store.gradients(of: w)[0] - 0.7864477) < 1e-6)
    }

    /// Two losses on one store: each program leaves the gradient of its own loss, not its rival's leftovers.
    @Test func whatTheLossDoesNotDependOnHasNoGradient() {
        let (store, parameters) = scalars(2, 5)
        func program(_ used: Int) -> Program {
            let tape = Tape(rows: 1, parameters: store)
            let both = parameters.map { tape.parameter($0).squared() }
            return tape.compile(minimizing: both[used])
        }
        let one = program(0), other = program(1)
        _ = one.gradients(rows: 1)
        #expect(parameters.map { store.gradients(of: $0)[0] } == [4, 0])
        _ = other.gradients(rows: 1)
        #expect(parameters.map { store.gradients(of: $0)[0] } == [0, 10])
    }

    @Test func anIndexThatIsLearnedIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var random = RandomSource(seed: 5)
            let store = ParameterStore()
            let p = store.reserve("p", [3], .constant(2), using: &random)
            let i = store.reserve("i", [1], .constant(1), using: &random)
            let tape = Tape(rows: 1, parameters: store)
            _ = tape.parameter(p).picking(tape.parameter(i), file: "Somewhere/Network.swift", line: 4711)
        }
        #expect(result.lastWords.contains("Somewhere/Network.swift:4711"))
        #expect(result.lastWords.contains("operand 1 of Pick is an index, which has no gradient, but it depends on parameters"))
    }

    /// 3p with p = 2 as an index through a stop: the index teaches nothing, the number does.
    @Test func anIndexBehindAStopIsAnIndex() {
        let (store, parameters) = scalars(2, 1)
        let tape = Tape(rows: 1, parameters: store)
        let p = tape.parameter(parameters[0]), i = tape.parameter(parameters[1])
        let row = p.concatenated(with: 3 * p)
        let program = tape.compile(minimizing: row.picking(i.stoppingGradient()) + i.stoppingGradient().squared())
        store.gradients.fill(.nan)
        #expect(program.gradients(rows: 1) == 7)
        #expect(store.gradients(of: parameters[0])[0] == 3 && store.gradients(of: parameters[1])[0] == 0)
    }

    /// loss = mean of w·x² + x over the batch: its gradient with respect to x is (2wx + 1)/rows.
    @Test func theGradientOfAnInputIsComputedWhereItIsAskedFor() {
        let (store, parameters) = scalars(3)
        let tape = Tape(rows: 4, parameters: store)
        let x = tape.input(.vector(1)), other = tape.input(.vector(1))
        let gradient = tape.gradient(of: x.node)
        let weighted = x.node.squared().multipliedSpread(by: tape.parameter(parameters[0]))
        let program = tape.compile(minimizing: (weighted + x.node + other.node).mean())
        x.rows.copy(from: [1, 2, -1, 100])
        other.rows.fill(1)
        _ = program.gradients(rows: 2)
        #expect(Array(gradient.rows.array.prefix(2)) == [3.5, 6.5])
        _ = program.gradients(rows: 4)
        #expect(gradient.rows.array == [1.75, 3.25, -1.25, 150.25])
        #expect(store.gradients[0] == 10_006 / Float(4))
    }

    @Test func aGradientThatNothingWritesIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 1, parameters: ParameterStore())
            let x = tape.input(.vector(3)), y = tape.input(.vector(1))
            _ = tape.gradient(of: x.node, file: "Somewhere/Network.swift", line: 12)
            _ = tape.compile(minimizing: y.node.mean())
        }
        #expect(result.lastWords.contains("Somewhere/Network.swift:12"))
        #expect(result.lastWords.contains("input of [3] is asked for, but the loss does not depend on it"))
    }

    @Test func aRunOutsideTheCapacityTraps() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 2, parameters: ParameterStore())
            _ = tape.input(.vector(1)).node.squared()
            tape.compile().forward(rows: 3)
        }
        #expect(result.lastWords.contains("a program for up to 2 rows was asked to run 3"))
        await #expect(processExitsWith: .failure) {
            let tape = Tape(rows: 2, parameters: ParameterStore())
            _ = tape.input(.vector(1)).node.squared()
            _ = tape.compile().gradients(rows: 1)
        }
    }

    @Test func theDescriptionIsATable() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let w = store.reserve("w", [4, 64], .constant(1), using: &random),
            b = store.reserve("b", [64], .constant(0), using: &random)
        let tape = Tape(rows: 32, parameters: store)
        let x = tape.input(.vector(4))
        let hidden = x.node.affine(
            tape.parameter(w), tape.parameter(b), outputs: 64, activation: .relu, file: "Agents/Net.swift", line: 7)
        let loss = hidden.squared(file: "Agents/Net.swift", line: 8).mean(file: "Agents/Net.swift", line: 9)
        let program = tape.compile(minimizing: loss)
        #expect(
            program.description == """
                entry           shape                    bytes     MFLOP  recorded at
                Affine          32 × [64]                16384     0.018  Agents/Net.swift:7
                Square          32 × [64]                16384         –  Agents/Net.swift:8
                Mean            [1]                          8         –  Agents/Net.swift:9
                3 entries, 34432 bytes for up to 32 rows, 320 parameters
                """)
        #expect(program.entryCount == 3 && program.byteCount == 34432 && program.capacity == 32)
    }
}
