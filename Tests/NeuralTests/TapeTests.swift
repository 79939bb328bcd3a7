// Recording: shapes are checked at once and the sentence names the caller's line; a tape is compiled once and then let go.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

private func store(_ shapes: [String: [Int]] = ["w": [3, 2], "b": [2]]) -> (ParameterStore, [String: Parameter]) {
    var random = RandomSource(seed: 1)
    let store = ParameterStore()
    var parameters: [String: Parameter] = [:]
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
        parameters[name] = store.reserve(name, shape, .normal(deviation: 1), using: &random)
    }
    return (store, parameters)
}

@Suite struct TapeTests {
    @Test func aShapeErrorNamesBothShapesAndTheCallersLine() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 2, parameters: ParameterStore())
            let a = tape.input(.vector(3)), b = tape.input(.vector(4))
            _ = a.node.adding(b.node, file: "Somewhere/Network.swift", line: 4711)
        }
        #expect(result.lastWords.contains("Somewhere/Network.swift:4711"))
        #expect(result.lastWords.contains("Add takes two nodes of one shape, got [3] and [4]"))
    }

    @Test func theLineIsTheCallersWithoutBeingAsked() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let (store, parameters) = store()
            let tape = Tape(rows: 2, parameters: store)
            _ = tape.input(.vector(4)).node.affine(tape.parameter(parameters["w"]!), tape.parameter(parameters["b"]!), outputs: 2)
        }
        #expect(result.lastWords.contains("NeuralTests/TapeTests.swift:\(#line - 5)"))
        #expect(result.lastWords.contains("Affine expects 3 inputs (its weights hold 6 floats for 2 outputs), got 4"))
    }

    @Test func aLossForEachRowIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 2, parameters: ParameterStore())
            _ = tape.compile(minimizing: tape.input(.vector(1)).node.squared())
        }
        #expect(
            result.lastWords.contains(
                "a loss is one number for the whole batch, this one has shape [1] for each row: reduce it with"))
        #expect(result.lastWords.contains("NeuralTests/TapeTests.swift:\(#line - 7)"))
    }

    @Test func rowsAndWhatAllRowsShareDoNotMix() async {
        let parameter = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let (store, parameters) = store()
            let tape = Tape(rows: 2, parameters: store)
            _ = tape.input(.vector(2)).node + tape.parameter(parameters["b"]!)
        }
        #expect(parameter.lastWords.contains("Add mixes rows of a batch with one row for the whole batch"))
        let weights = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let (store, parameters) = store()
            let tape = Tape(rows: 2, parameters: store)
            _ = tape.input(.vector(3)).node.affine(tape.input(.vector(6)).node, tape.parameter(parameters["b"]!), outputs: 2)
        }
        #expect(weights.lastWords.contains("operand 1 of Affine must be one row for the whole batch"))
    }

    @Test func whatBelongsElsewhereIsRefused() async {
        await #expect(processExitsWith: .failure) {
            let one = Tape(rows: 1, parameters: ParameterStore()), other = Tape(rows: 1, parameters: ParameterStore())
            _ = one.input(.vector(1)).node + other.input(.vector(1)).node
        }
        await #expect(processExitsWith: .failure) {
            let one = Tape(rows: 1, parameters: ParameterStore()), other = Tape(rows: 1, parameters: ParameterStore())
            _ = one.output(other.input(.vector(1)).node)
        }
        // A parameter of another store at the same offset, after that offset's own parameter has been asked for.
        let foreign = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let (store, own) = store(), (_, others) = TapeFixture.other
            let tape = Tape(rows: 1, parameters: store)
            _ = tape.parameter(own["b"]!)
            _ = tape.parameter(others["stranger"]!)
        }
        #expect(foreign.lastWords.contains("\"stranger\" is not a parameter of this tape's store"))
    }

    @Test func aTapeIsCompiledOnceAndThenClosed() async {
        let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let tape = Tape(rows: 1, parameters: ParameterStore())
            _ = tape.input(.vector(1)).node.squared()
            _ = tape.compile()
            _ = tape.compile()
        }
        #expect(twice.lastWords.contains("a tape is compiled once"))
        await #expect(processExitsWith: .failure) {
            let tape = Tape(rows: 1, parameters: ParameterStore())
            let x = tape.input(.vector(1))
            _ = tape.compile()
            _ = x.node.squared()
        }
    }

    @Test func askingTwiceForAParameterGivesOneNode() {
        let (store, parameters) = store()
        let tape = Tape(rows: 2, parameters: store)
        _ = tape.parameter(parameters["w"]!)
        _ = tape.parameter(parameters["w"]!)
        let loss = (tape.parameter(parameters["w"]!) * tape.parameter(parameters["w"]!)).sum()
        let program = tape.compile(minimizing: loss)
        _ = program.gradients(rows: 1)
        expectClose(
            store.gradients(of: parameters["w"]!).array, store.values(of: parameters["w"]!).array.map { 2 * Double($0) },
            absolute: 1e-7, relative: 3e-7)
    }

    /// Re-recording every step must not pile up memory: inlets and outlets hold the tape, not the tape them.
    @Test func nothingOutlivesItsUsers() {
        weak var tape: Tape?
        weak var program: Program?
        var inlet: Inlet?
        do {
            let fresh = Tape(rows: 2, parameters: ParameterStore())
            let x = fresh.input(.vector(1))
            let y = fresh.output(x.node.squared())
            let compiled = fresh.compile()
            x.rows[0] = 3
            compiled.forward(rows: 1)
            #expect(y.rows[0] == 9)
            (tape, program, inlet) = (fresh, compiled, x)
        }
        #expect(program == nil && tape != nil)
        // The inlet keeps its memory: writing is safe, though nobody computes any more.
        inlet?.rows[1] = 5
        #expect(inlet?.rows[1] == 5)
        inlet = nil
        #expect(tape == nil)
    }
}

private enum TapeFixture {
    static var other: (ParameterStore, [String: Parameter]) { store(["stranger": [2]]) }
}
