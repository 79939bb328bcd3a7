// One update of DQN on images: bytes to floats, picked action values, Huber's loss, gradients, Adam.
import Basics
import Kernels
import Neural

public final class ImageUpdate {
    private let parameters = ParameterStore()
    private let rows: Int
    private let program: Program
    private let optimizer: Adam

    public init(_ network: ImageNetwork) {
        rows = network.rows
        let tape = Tape(rows: rows, parameters: parameters)
        let pixels = tape.bytes(network.image, scale: network.scale, named: "observation")
        let action = tape.input(.vector(1), named: "action")
        let target = tape.input(.vector(1), named: "target")
        let difference = network.values(of: pixels.node, in: parameters).picking(action.node) - target.node
        program = tape.compile(minimizing: difference.huber().mean())
        optimizer = Adam(for: parameters)
        network.fill(pixels.rows)
        var random = RandomSource(seed: 3)
        for r in 0..<rows {
            action.rows[r] = Float(random.below(ImageNetwork.actions))
            target.rows[r] = Float(random.uniform(-1, 1))
        }
    }

    /// - Returns: the loss before the step.
    @discardableResult public func update() -> Float {
        let loss = program.gradients(rows: rows)
        optimizer.apply(to: parameters, learningRate: 1e-4)
        return loss
    }

    /// Where the time of one update goes: the program's entries, then the optimizer.
    public func parts(repetitions: Int = 20) -> [UpdatePart] {
        UpdatePart.all(of: program, rows: rows, optimizer, parameters, repetitions: repetitions)
    }
}
