// One update of DQN on the tape: picked action values, Huber's loss, gradients, Adam.
import Basics
import Kernels
public import Neural

public final class TapeUpdate {
    public let parameters = ParameterStore()
    private let network: QNetwork
    private let program: Program
    private let optimizer: Adam

    public init(_ network: QNetwork) {
        self.network = network
        let mlp = network.record(in: parameters)
        let tape = Tape(rows: network.rows, parameters: parameters)
        let observation = tape.input(.vector(network.widths[0]), named: "observation")
        let action = tape.input(.vector(1), named: "action")
        let target = tape.input(.vector(1), named: "target")
        let difference = mlp(observation.node).picking(action.node) - target.node
        program = tape.compile(minimizing: difference.huber().mean())
        optimizer = Adam(for: parameters)
        network.fill(observations: observation.rows, actions: action.rows, targets: target.rows)
    }

    /// - Returns: the loss before the step.
    @discardableResult public func update() -> Float {
        let loss = program.gradients(rows: network.rows)
        optimizer.apply(to: parameters, learningRate: 1e-3)
        return loss
    }

    /// Where the time of one update goes: the program's entries, then the optimizer.
    public func parts(repetitions: Int = 2000) -> [UpdatePart] {
        UpdatePart.all(of: program, rows: network.rows, optimizer, parameters, repetitions: repetitions)
    }
}

/// One part of an update, called by itself, in seconds.
public struct UpdatePart: Hashable, Sendable {
    public let name: String
    public let width: Int
    public let forward: Double
    public let backward: Double
    /// Floating-point operations of both; 0 where they are not counted.
    public let operations: Int
    public init(name: String, width: Int, forward: Double, backward: Double, operations: Int) {
        self.name = name
        self.width = width
        self.forward = forward
        self.backward = backward
        self.operations = operations
    }

    public var seconds: Double { forward + backward }
    /// 10⁹ floating-point operations a second; nil where they are not counted.
    public var gigaflops: Double? { operations == 0 || seconds <= 0 ? nil : Double(operations) / seconds / 1e9 }

    static func all(
        of program: Program, rows: Int, _ optimizer: Adam, _ parameters: ParameterStore, repetitions: Int
    ) -> [UpdatePart] {
        let entries = program.timings(rows: rows, repetitions: repetitions).map {
            UpdatePart(name: $0.name, width: $0.width, forward: $0.forward, backward: $0.backward, operations: $0.operations)
        }
        let start = threadSeconds()
        for _ in 0..<repetitions { optimizer.apply(to: parameters, learningRate: 0) }
        let seconds = (threadSeconds() - start) / Double(repetitions)
        return entries + [UpdatePart(name: "Adam", width: parameters.count, forward: 0, backward: seconds, operations: 0)]
    }
}
