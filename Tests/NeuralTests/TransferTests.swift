// Frozen parameters, part of a network by name, micro-batches, and averages along a run.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct TransferTests {
    private func network(_ seed: UInt64, outputs: Int = 3) -> (store: ParameterStore, torso: Linear, head: Linear) {
        var random = RandomSource(seed: seed)
        let store = ParameterStore()
        let torso = Linear("torso", inputs: 4, outputs: 9, activation: .tanh, in: store, using: &random)
        let head = Linear("head", inputs: 9, outputs: outputs, in: store, using: &random)
        return (store, torso, head)
    }
    private func program(_ n: (store: ParameterStore, torso: Linear, head: Linear), rows: Int) -> (Inlet, Inlet, Program) {
        let tape = Tape(rows: rows, parameters: n.store)
        let x = tape.input(.vector(4)), y = tape.input(.vector(n.head.outputs))
        return (x, y, tape.compile(minimizing: (n.head(n.torso(x.node)) - y.node).squared().mean()))
    }

    @Test func aFrozenTorsoHasNoGradientAndKeepsItsBits() {
        let n = network(1)
        n.store.freeze("torso.")
        let (x, y, program) = program(n, rows: 8)
        var random = RandomSource(seed: 2)
        x.rows.copy(from: random.floats(x.rows.count))
        y.rows.copy(from: random.floats(y.rows.count))
        let before = n.store.values.array
        // What nobody writes stays: the gradient of a frozen parameter is not computed.
        for parameter in n.store.parameters where n.store.isFrozen(parameter) { n.store.gradients(of: parameter).fill(7) }
        let optimizer = Adam(for: n.store, weightDecay: 0.1)
        for _ in 0..<3 {
            _ = program.gradients(rows: 8)
            optimizer.apply(to: n.store, learningRate: 0.1)
        }
        for parameter in n.store.parameters {
            let now = n.store.values(of: parameter).array,
                then = Array(before[parameter.offset..<parameter.offset + parameter.count])
            if parameter.name.hasPrefix("torso.") {
                expectSameBits(now, then, parameter.name)
                #expect(n.store.gradients(of: parameter).array.allSatisfy { $0 == 7 })
            } else {
                #expect(zip(now, then).allSatisfy { $0 != $1 })
            }
        }
    }

    @Test func aTorsoIsLoadedByName() throws {
        let source = network(3), target = network(4, outputs: 5)
        var archive = Archive()
        source.store.save(into: &archive)
        let head = target.store.values(of: target.store.parameters[2]).array
        let loaded = try target.store.load("torso.", from: archive)
        #expect(loaded.map(\.name) == ["torso.weight", "torso.bias"])
        for i in 0..<2 {
            expectSameBits(
                target.store.values(of: target.store.parameters[i]).array,
                source.store.values(of: source.store.parameters[i]).array)
        }
        expectSameBits(target.store.values(of: target.store.parameters[2]).array, head)
        var renamed = Archive()
        for parameter in source.store.parameters {
            renamed.store(source.store.values(of: parameter).array, shape: parameter.shape, as: "other.\(parameter.name)")
        }
        try target.store.load("torso.", from: renamed, named: "other.torso.")
        // Another shape, a missing tensor, no such layer: nothing changes.
        let values = target.store.values.array
        #expect(throws: ArchiveError.self) { try target.store.load("head.", from: archive) }
        #expect(throws: ArchiveError.self) { try target.store.load("torso.", from: renamed) }
        #expect(throws: ArchiveError.self) { try target.store.load("tail.", from: archive) }
        expectSameBits(target.store.values.array, values)
    }

    @Test func microBatchesAddUpToTheBigBatch() {
        let n = network(5), (x, y, program) = program(n, rows: 12)
        var random = RandomSource(seed: 6)
        let inputs = random.floats(48), targets = random.floats(36)
        x.rows.copy(from: inputs)
        y.rows.copy(from: targets)
        _ = program.gradients(rows: 12)
        let whole = n.store.gradients.array.map(Double.init)
        let accumulation = GradientAccumulation(for: n.store)
        for round in 0..<2 {
            var first = 0
            for count in [5, 1, 6] {
                x.rows.slice(0, count * 4).copy(from: Array(inputs[first * 4..<(first + count) * 4]))
                y.rows.slice(0, count * 3).copy(from: Array(targets[first * 3..<(first + count) * 3]))
                _ = program.gradients(rows: count)
                accumulation.add(n.store, rows: count)
                first += count
            }
            accumulation.finish(into: n.store)
            expectClose(n.store.gradients.array, whole, absolute: 3e-7, relative: 1e-6, "round \(round)")
        }
    }

    @Test func averagesFollowTheRun() {
        let n = network(7)
        let mean = ParameterAverage(of: n.store, .mean), slow = ParameterAverage(of: n.store, .exponential(decay: 0.75))
        for value in [Float(1), 2, 6] {
            n.store.values.fill(value)
            mean.add(n.store)
            slow.add(n.store)
        }
        #expect(mean.store.values.array.allSatisfy { abs($0 - 3) < 1e-6 })
        // 1, then 1.25, then 2.4375
        #expect(slow.store.values.array.allSatisfy { $0 == 2.4375 })
    }

    @Test func anEnsembleIsTheMeanOfItsLastSnapshots() {
        let n = network(8), tape = Tape(rows: 2, parameters: n.store)
        let x = tape.input(.vector(4)), out = tape.output(n.head(n.torso(x.node))), program = tape.compile()
        let ensemble = SnapshotEnsemble(keeping: 2)
        var random = RandomSource(seed: 9), outputs: [[Float]] = []
        x.rows.copy(from: random.floats(8))
        for _ in 0..<3 {
            n.store.values.copy(from: random.floats(n.store.count))
            ensemble.add(n.store)
            program.forward(rows: 2)
            outputs.append(out.rows.array)
        }
        let before = n.store.values.array
        let expected = zip(outputs[1], outputs[2]).map { (Double($0) + Double($1)) / 2 }
        expectClose(ensemble.mean(of: out, program, rows: 2, on: n.store), expected, absolute: 1e-6)
        expectSameBits(n.store.values.array, before)
    }
}
