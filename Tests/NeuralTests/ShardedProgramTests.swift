// Shards of a batch on one thread and on two: the same bits; and close to the whole batch's gradient.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct ShardedProgramTests {
    private struct Setting {
        let store = ParameterStore()
        let network: MLP
        let x: [Float], y: [Float]
        static let inputs = 5, rows = 23

        init() {
            var random = RandomSource(seed: 41)
            network = MLP("n", inputs: Self.inputs, hidden: [19], outputs: 2, in: store, using: &random)
            x = random.floats(Self.rows * Self.inputs)
            y = random.floats(Self.rows * 2)
        }
        func record(_ tape: Tape) -> (handles: (x: Inlet, y: Inlet), loss: Node) {
            let x = tape.input(.vector(Self.inputs)), y = tape.input(.vector(2))
            return ((x, y), (network(x.node) - y.node).squared().mean())
        }
        /// Five updates; the losses and what was learned.
        func train(shards: Int, threads: Int, rows: Int = rows) -> (losses: [Float], values: [Float]) {
            let program = ShardedProgram(rows: Self.rows, shards: shards, threads: threads, parameters: store, record: record)
            var first = 0
            for (i, shard) in program.shards.enumerated() {
                let count = program.rows(ofShard: i, of: rows)
                shard.x.rows.slice(0, count * Self.inputs).copy(
                    from: Array(x[first * Self.inputs..<(first + count) * Self.inputs]))
                shard.y.rows.slice(0, count * 2).copy(from: Array(y[first * 2..<(first + count) * 2]))
                first += count
            }
            let optimizer = Adam(for: store)
            let losses = (0..<5).map { _ in
                let loss = program.gradients(rows: rows)
                optimizer.apply(to: store, learningRate: 0.01)
                return loss
            }
            return (losses, store.values.array)
        }
    }

    @Test(arguments: [2, 3, 4], [1, 3, 22, 23])
    func twoThreadsGiveTheBitsOfOne(shards: Int, rows: Int) {
        let one = Setting().train(shards: shards, threads: 1, rows: rows)
        for _ in 0..<5 {
            let two = Setting().train(shards: shards, threads: 2, rows: rows)
            expectSameBits(two.losses, one.losses)
            expectSameBits(two.values, one.values)
        }
    }

    @Test(arguments: [2, 3])
    func shardsAddUpToTheWholeBatch(shards: Int) {
        let setting = Setting()
        let tape = Tape(rows: Setting.rows, parameters: setting.store)
        let (handles, loss) = setting.record(tape)
        let whole = tape.compile(minimizing: loss)
        handles.x.rows.copy(from: setting.x)
        handles.y.rows.copy(from: setting.y)
        let expected = whole.gradients(rows: Setting.rows), gradients = setting.store.gradients.array.map(Double.init)
        let program = ShardedProgram(rows: Setting.rows, shards: shards, parameters: setting.store, record: setting.record)
        var first = 0
        for (i, shard) in program.shards.enumerated() {
            let count = program.rows(ofShard: i, of: Setting.rows)
            shard.x.rows.slice(0, count * 5).copy(from: Array(setting.x[first * 5..<(first + count) * 5]))
            shard.y.rows.slice(0, count * 2).copy(from: Array(setting.y[first * 2..<(first + count) * 2]))
            first += count
        }
        #expect(first == Setting.rows)
        expectClose([program.gradients(rows: Setting.rows)], [Double(expected)], absolute: 0, relative: 1e-6)
        expectClose(setting.store.gradients.array, gradients, absolute: 1e-6, relative: 1e-6)
    }

    /// A worker that is thrown away ends its thread, also when it never worked.
    @Test func workersComeAndGo() {
        for i in 0..<50 {
            let worker = Worker(), cell = Storage<Float>(count: 1)
            worker.prepare { cell.all[0] += 1 }
            for _ in 0..<i {
                worker.start()
                worker.wait()
            }
            #expect(cell.all[0] == Float(i))
        }
    }
}
