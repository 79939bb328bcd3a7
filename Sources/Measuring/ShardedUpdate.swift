// One update of DQN on images by two threads: halves of the batch, gradients added in fixed order.
import Basics
import Kernels
import Neural

final class ShardedUpdate {
    private let parameters = ParameterStore()
    private let rows: Int
    private let program: ShardedProgram<(pixels: ByteInlet, action: Inlet, target: Inlet)>
    private let optimizer: Adam

    init(_ network: ImageNetwork) {
        rows = network.rows
        let values = network.network(in: parameters)
        program = ShardedProgram(rows: rows, shards: 2, threads: 2, parameters: parameters) { tape in
            let pixels = tape.bytes(network.image, scale: network.scale, named: "observation")
            let action = tape.input(.vector(1), named: "action"), target = tape.input(.vector(1), named: "target")
            let difference = values(pixels.node).picking(action.node) - target.node
            return ((pixels, action, target), difference.huber().mean())
        }
        optimizer = Adam(for: parameters)
        var random = RandomSource(seed: 3)
        for shard in program.shards {
            network.fill(shard.pixels.rows)
            for r in 0..<program.shardCapacity {
                shard.action.rows[r] = Float(random.below(ImageNetwork.actions))
                shard.target.rows[r] = Float(random.uniform(-1, 1))
            }
        }
    }

    /// - Returns: the loss before the step.
    @discardableResult func update() -> Float {
        let loss = program.gradients(rows: rows)
        optimizer.apply(to: parameters, learningRate: 1e-4)
        return loss
    }
}
