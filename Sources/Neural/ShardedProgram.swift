// Halves of a batch on two threads: the same recording twice, gradients added in fixed order.
public import Basics
import Kernels

/// One program for each shard of the batch, over the same values, with gradients of its own.
///
/// The first shard holds the first rows. Losses and gradients are means over each shard's rows, weighted by their number and added
/// shard by shard, so that the bits depend on the number of shards and not on the number of threads. Running states (batch
/// normalisation) are each shard's own; the store keeps the first one's.
public final class ShardedProgram<Handles> {
    /// What `record` returned for each shard: its inlets and outlets.
    public let shards: [Handles]
    public let capacity: Int
    /// The most rows that one shard runs.
    public let shardCapacity: Int
    private let programs: [Program]
    private let stores: [ParameterStore]
    private let losses: Floats
    private let memory: Storage<Float>
    private let share: Share
    private let worker: Worker?

    /// How many rows the worker's shards are to run: read by the other thread, written only while it waits.
    private final class Share {
        var rows: [Int]
        init(_ count: Int) { rows = Array(repeating: 0, count: count) }
    }

    /// - Parameters:
    ///   - capacity: the most rows of a whole batch.
    ///   - shards: into how many parts it is cut; this decides the bits.
    ///   - threads: 1 or 2; with 2 the second half of the shards runs on a thread of its own.
    ///   - record: records the network on a shard's tape and returns its handles and its loss, a mean over rows.
    public init(
        rows capacity: Int, shards count: Int = 2, threads: Int = 2, parameters: ParameterStore,
        file: StaticString = #fileID, line: UInt = #line, record: (Tape) -> (handles: Handles, loss: Node)
    ) {
        guard count > 0 && capacity >= count && (1...2).contains(threads) else {
            fatalError(
                "\(capacity) rows in \(count) shards on \(threads) threads; one or two threads, a row a shard", file: file,
                line: line)
        }
        self.capacity = capacity
        shardCapacity = (capacity + count - 1) / count
        stores = [parameters] + (1..<count).map { _ in parameters.sharingValues() }
        var handles: [Handles] = [], programs: [Program] = []
        for store in stores {
            let tape = Tape(rows: shardCapacity, parameters: store, file: file, line: line)
            let recorded = record(tape)
            handles.append(recorded.handles)
            programs.append(tape.compile(minimizing: recorded.loss, file: file, line: line))
        }
        shards = handles
        self.programs = programs
        memory = Storage(count: count)
        losses = memory.all
        share = Share(count)
        worker = threads == 2 && count > 1 ? Worker() : nil
        let share = share, losses = losses, memory = memory
        worker?.prepare {
            // Keeps the block of losses alive as long as the worker may write into it.
            withExtendedLifetime(memory) { Self.run(programs, count / 2..<count, share, losses) }
        }
    }

    private static func run(_ programs: [Program], _ range: Range<Int>, _ share: Share, _ losses: Floats) {
        for i in range { losses[i] = share.rows[i] == 0 ? 0 : programs[i].gradients(rows: share.rows[i]) }
    }

    /// How many of `rows` rows shard `index` runs: the earlier ones have one more where it does not come out even.
    public func rows(ofShard index: Int, of rows: Int) -> Int {
        rows / shards.count + (index < rows % shards.count ? 1 : 0)
    }

    /// Draws every shard's noise (dropout) anew, shard by shard, from one source.
    public func draw(rows: Int, using random: inout RandomSource) {
        for i in 0..<programs.count {
            let count = self.rows(ofShard: i, of: rows)
            if count > 0 && programs[i].needsChance { programs[i].draw(rows: count, using: &random) }
        }
    }

    /// The gradient of the mean loss over `rows` rows, into the parameter store.
    ///
    /// - Precondition: each shard's inlets hold its `rows(ofShard:of:)` rows.
    /// - Returns: the mean loss.
    public func gradients(rows: Int, file: StaticString = #fileID, line: UInt = #line) -> Float {
        guard rows > 0 && rows <= capacity else {
            fatalError("a program for up to \(capacity) rows was asked to run \(rows)", file: file, line: line)
        }
        let count = shards.count
        for i in 0..<count { share.rows[i] = self.rows(ofShard: i, of: rows) }
        if let worker {
            worker.start()
            Self.run(programs, 0..<count / 2, share, losses)
            worker.wait()
        } else {
            Self.run(programs, 0..<count, share, losses)
        }
        var loss: Float = 0
        for i in 0..<count where share.rows[i] > 0 {
            let weight = Float(share.rows[i]) / Float(rows)
            loss += weight * losses[i]
            for run in stores[0].learningRuns {
                let total = stores[0].gradients.slice(run.start, run.count)
                if i == 0 {
                    OptimizerSteps.scale(total, by: weight)
                } else {
                    Pointwise.accumulate(stores[i].gradients.slice(run.start, run.count), times: weight, beta: 1, into: total)
                }
            }
        }
        return loss
    }
}
