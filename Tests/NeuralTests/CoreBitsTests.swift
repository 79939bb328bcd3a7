// What every primitive and whole networks compute, to the last bit, as a list that scripts/check-bits compares between builds.
import Basics
import Foundation
import Kernels
import Neural
import TestSupport
import Testing

/// Of release builds only: a debug build takes minutes.
@Suite struct CoreBitsTests {
    private static let rowCounts = [1, 5, 8, 37]

    /// Twenty updates of a network on random rows; every loss, then everything that was learned.
    private func learn(
        _ shape: Shape, rows: Int, _ optimizer: (ParameterStore) -> any Optimizer,
        _ network: (ParameterStore, inout RandomSource) -> any Module
    ) -> UInt64 {
        var random = RandomSource(seed: 61)
        let store = ParameterStore(), module = network(store, &random)
        let tape = Tape(rows: rows, parameters: store)
        let x = tape.input(shape), label = tape.input(.vector(1))
        let program = tape.compile(minimizing: module(x.node).crossEntropy(label: label.node).mean())
        let optimizer = optimizer(store)
        var numbers: [Float] = []
        for _ in 0..<20 {
            x.rows.copy(from: random.floats(x.rows.count))
            for row in 0..<rows { label.rows[row] = Float(random.below(3)) }
            numbers.append(program.gradients(rows: rows, using: &random))
            numbers.append(store.clipGradients(toNorm: 0.5))
            optimizer.apply(to: store, learningRate: 1e-2)
        }
        return (numbers + store.values.array).digest
    }

    private func lines() throws -> [String] {
        var lines: [String] = []
        for subject in PrimitiveTable.all + PrimitiveTable.wide {
            for rows in Self.rowCounts {
                lines.append(
                    "\(subject.testDescription), \(rows) rows: \(String(try digest(of: subject, rows: rows), radix: 16))")
            }
        }
        func add(_ name: String, _ digest: UInt64) { lines.append("\(name): \(String(digest, radix: 16))") }
        let optimizers: [(String, (ParameterStore) -> any Optimizer)] = [
            ("SGD", { SGD(for: $0, momentum: 0.9, nesterov: true) }), ("AdaGrad", { AdaGrad(for: $0) }),
            ("RMSProp", { RMSProp(for: $0, centred: true) }), ("Adam", { Adam(for: $0, weightDecay: 0.01) }),
            ("RAdam", { RAdam(for: $0) }),
        ]
        for (name, optimizer) in optimizers {
            add(
                "MLP learned by \(name)",
                learn(.vector(7), rows: 33, optimizer) {
                    MLP("n", inputs: 7, hidden: [40, 21], outputs: 3, activation: .tanh, in: $0, using: &$1)
                })
        }
        for network in NetworkCatalogue.all {
            add(
                "\(network.name) learned",
                learn(network.shape, rows: 4, { Adam(for: $0) }) { store, random in
                    let body = network.make(store, &random)
                    return Chain(
                        Recorded(body: body), Linear("last", inputs: network.outputs, outputs: 3, in: store, using: &random))
                })
        }
        return lines
    }
    private struct Recorded: Module {
        let body: (Node) -> Node
        func callAsFunction(_ x: Node) -> Node { body(x) }
    }

    @Test(arguments: PrimitiveTable.wide)
    func aRowsBitsDependOnItAlone(_ subject: PrimitiveCase) throws {
        for rows in [3, 8, 29] { try checkRowsAreIndependent(of: subject, rows: rows) }
    }

    /// Twice in one process; the comparison with another build is the script's.
    @Test func theBitsAreTheSameEveryTime() throws {
        let first = try lines()
        #expect(try lines() == first)
        #expect(Set(first.map { $0.split(separator: " ").last }).count > first.count / 2, "digests that tell nothing apart")
        if let path = ProcessInfo.processInfo.environment["RL_DIGESTS"] {
            try first.joined(separator: "\n").appending("\n").write(toFile: path, atomically: true, encoding: .utf8)
        }
    }
}
