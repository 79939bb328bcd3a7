// `rl bench core`: what the numerical core reaches on this machine.
import Basics
import Kernels
import Neural

public enum CoreBench {
    static let small = [4, 64, 64, 2]
    /// The update that its hand-written rival repeats.
    public static let reference = QNetwork(small, rows: 64)
    public static let tapeName = "update/\(reference.name)"
    public static let byHandName = "by-hand/\(reference.name)"

    /// The updates that are taken apart, by the names of their cases.
    public static var breakdowns: [(name: String, parts: () -> [UpdatePart])] {
        let images = [ImageNetwork(.minatar, rows: 32), ImageNetwork(.nature, rows: 32)]
        return [(tapeName, { TapeUpdate(reference).parts() })]
            + images.map { network in ("update/\(network.name)", { ImageUpdate(network).parts() }) }
            + [(RecurrentUpdate.name, { RecurrentUpdate().parts() })]
    }

    /// In the order in which they are printed.
    public static var cases: [BenchCase] {
        let updates = [
            reference, QNetwork(small, rows: 256), QNetwork([4, 120, 84, 2], rows: 128), QNetwork([4, 256, 256, 2], rows: 64),
        ]
        return updates.map(update) + [byHand(reference), recurrent] + [1, 8].map { act(QNetwork(small, rows: $0)) }
            + [WorldBench.serialCartPole] + ConvolutionCases.all + ProductCases.all
    }

    private static func update(_ network: QNetwork) -> BenchCase {
        BenchCase("update/\(network.name)", operations: network.updateOperations) {
            let update = TapeUpdate(network)
            return { iterations in for _ in 0..<iterations { update.update() } }
        }
    }

    private static func byHand(_ network: QNetwork) -> BenchCase {
        BenchCase("by-hand/\(network.name)", operations: network.updateOperations) {
            let update = ByHandUpdate(network)
            return { iterations in for _ in 0..<iterations { update.update() } }
        }
    }

    private static var recurrent: BenchCase {
        BenchCase(RecurrentUpdate.name, operations: RecurrentUpdate.operations) {
            let update = RecurrentUpdate()
            return { iterations in for _ in 0..<iterations { update.update() } }
        }
    }

    /// The forward pass alone, as an agent acts.
    private static func act(_ network: QNetwork) -> BenchCase {
        BenchCase("act/\(network.name)", operations: network.forwardOperations) {
            let store = ParameterStore()
            let mlp = network.record(in: store)
            let tape = Tape(rows: network.rows, parameters: store)
            let observation = tape.input(.vector(network.widths[0]), named: "observation")
            let values = tape.output(mlp(observation.node))
            let program = tape.compile()
            for i in 0..<observation.rows.count { observation.rows[i] = Float(i % 7) / 7 }
            return { iterations in
                for _ in 0..<iterations { program.forward(rows: network.rows) }
                guard values.rows[0].isFinite else { fatalError("acting gave \(values.rows[0])") }
            }
        }
    }
}
