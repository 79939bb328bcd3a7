// The replay memory: a ring, drawn from uniformly, that can be saved and goes on the same.
import Basics
import Kernels
import RLCore
import Testing

@Suite struct ReplayBufferTests {
    private static let floats = Space.box(.vector(2), low: [0, 0], high: [1, 1])
    private static let bytes = Space.bytes(.image(height: 1, width: 2, channels: 1), stack: 1)

    /// Transition n sees (n, n), does n mod 3, earns n, is discounted by n/100 and leads to (n + 1, n + 1).
    private func append(_ n: Int, to memory: ReplayBuffer, _ space: Space) {
        let storage = RowStorage(count: 2, space: space)
        for i in 0..<4 {
            if storage.rows.bytes.count > 0 {
                storage.rows.bytes[i] = UInt8(n + i / 2)
            } else {
                storage.rows.floats[i] = Float(n + i / 2)
            }
        }
        memory.append(
            storage.rows, row: 0, action: Int32(n % 3), reward: Float(n), discount: Float(n) / 100,
            successor: storage.rows.slice(1, 1))
    }

    private struct Sample {
        let batch: TransitionBatch
        private let owners: (RowStorage, RowStorage, Storage<Float>)
        init(_ count: Int, _ space: Space) {
            owners = (RowStorage(count: count, space: space), RowStorage(count: count, space: space), Storage(count: 3 * count))
            batch = TransitionBatch(
                observations: owners.0.rows, successors: owners.1.rows, actions: owners.2.all.slice(0, count),
                rewards: owners.2.all.slice(count, count), discounts: owners.2.all.slice(2 * count, count))
        }
        /// What the rows hold, whatever they are made of.
        func numbers(_ rows: Rows) -> [Float] { rows.bytes.count > 0 ? rows.bytes.array.map { Float($0) } : rows.floats.array }
    }

    @Test(arguments: [floats, bytes]) func theOldestIsOverwrittenAndATransitionStaysWhole(_ space: Space) {
        let memory = ReplayBuffer(capacity: 5, observationSpace: space)
        for n in 0..<3 { append(n, to: memory, space) }
        #expect(memory.count == 3)
        for n in 3..<12 { append(n, to: memory, space) }
        #expect(memory.count == 5)
        let sample = Sample(400, space)
        var random = RandomSource(seed: 1)
        memory.sample(into: sample.batch, using: &random)
        #expect(Set(sample.batch.rewards.array) == [7, 8, 9, 10, 11])
        let seen = sample.numbers(sample.batch.observations), next = sample.numbers(sample.batch.successors)
        for r in 0..<400 {
            let n = sample.batch.rewards[r]
            #expect(sample.batch.actions[r] == Float(Int(n) % 3) && sample.batch.discounts[r] == n / 100)
            #expect(seen[2 * r] == n && seen[2 * r + 1] == n && next[2 * r] == n + 1 && next[2 * r + 1] == n + 1)
        }
    }

    /// χ² of 20 equally likely cells over 20,000 draws: 43.8 is exceeded once in a thousand.
    @Test func drawsAreUniform() {
        let memory = ReplayBuffer(capacity: 20, observationSpace: Self.floats)
        for n in 0..<31 { append(n, to: memory, Self.floats) }
        let sample = Sample(1000, Self.floats)
        var random = RandomSource(seed: 2)
        var counts: [Float: Int] = [:]
        for _ in 0..<20 {
            memory.sample(into: sample.batch, using: &random)
            for reward in sample.batch.rewards.array { counts[reward, default: 0] += 1 }
        }
        #expect(counts.count == 20)
        let square = counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(square < 43.8)
    }

    @Test(arguments: [floats, bytes], [3, 12]) func aLoadedMemoryGoesOnAsTheSavedOne(_ space: Space, _ count: Int) throws {
        let memory = ReplayBuffer(capacity: 5, observationSpace: space)
        for n in 0..<count { append(n, to: memory, space) }
        var archive = Archive()
        memory.save(into: &archive)
        let loaded = ReplayBuffer(capacity: 5, observationSpace: space)
        try loaded.load(from: archive, actionCount: 3)
        for n in count..<count + 3 {
            append(n, to: memory, space)
            append(n, to: loaded, space)
        }
        let a = Sample(50, space), b = Sample(50, space)
        var random = RandomSource(seed: 3), other = RandomSource(seed: 3)
        memory.sample(into: a.batch, using: &random)
        loaded.sample(into: b.batch, using: &other)
        #expect(a.batch.rewards.array == b.batch.rewards.array && a.batch.discounts.array == b.batch.discounts.array)
        #expect(a.batch.actions.array == b.batch.actions.array)
        #expect(a.numbers(a.batch.observations) == b.numbers(b.batch.observations))
        #expect(a.numbers(a.batch.successors) == b.numbers(b.batch.successors))
    }

    @Test func whatDoesNotFitIsRefused() {
        let memory = ReplayBuffer(capacity: 5, observationSpace: Self.floats)
        for n in 0..<5 { append(n, to: memory, Self.floats) }
        var archive = Archive()
        memory.save(into: &archive)
        let small = ReplayBuffer(capacity: 4, observationSpace: Self.floats)
        #expect(throws: ArchiveError.self) { try small.load(from: archive, actionCount: 3) }
        let large = ReplayBuffer(capacity: 9, observationSpace: Self.floats)
        #expect(throws: ArchiveError.self) { try large.load(from: archive, actionCount: 3) }
        let equal = ReplayBuffer(capacity: 5, observationSpace: Self.floats)
        #expect(throws: ArchiveError.self) { try equal.load(from: archive, actionCount: 2) }
        let pictures = ReplayBuffer(capacity: 5, observationSpace: Self.bytes)
        #expect(throws: ArchiveError.self) { try pictures.load(from: archive, actionCount: 3) }
    }

    @Test func theSizeIsForeseen() {
        #expect(ReplayBuffer.byteCount(capacity: 10, observationSpace: Self.floats) == 10 * (16 + 12))
        #expect(ReplayBuffer.byteCount(capacity: 10, observationSpace: Self.bytes) == 10 * (4 + 12))
    }
}
