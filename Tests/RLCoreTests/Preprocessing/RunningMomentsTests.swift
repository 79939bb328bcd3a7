// Moments of batches against the moments of all rows at once.
import Basics
import Kernels
import RLCore
import Testing

@Suite struct RunningMomentsTests {
    private func batch(_ rows: Int, _ random: inout RandomSource) -> [Float] {
        (0..<rows).flatMap { _ in [Float(random.uniform(-1, 1)), Float(random.uniform(99, 101))] }
    }
    private func add(_ numbers: [Float], to moments: inout RunningMoments) {
        let storage = Storage<Float>(count: numbers.count)
        storage.all.copy(from: numbers)
        moments.add(storage.all)
    }

    @Test func batchesOfAnySizeGiveTheMomentsOfAll() {
        var random = RandomSource(seed: 2)
        var moments = RunningMoments(width: 2)
        var all: [Float] = []
        for rows in [1, 7, 64, 3, 1, 200] {
            let numbers = batch(rows, &random)
            add(numbers, to: &moments)
            all += numbers
        }
        for column in 0..<2 {
            // The first ten-thousandth of a row: mean 0, variance 1.
            let numbers = stride(from: column, to: all.count, by: 2).map { Double(all[$0]) }
            let n = Double(numbers.count), total = n + 1e-4
            let mean = numbers.reduce(0, +) / total
            let squares = numbers.reduce(0) { $0 + $1 * $1 } + 1e-4
            #expect(abs(moments.mean[column] - mean) < 1e-9)
            #expect(abs(moments.variance[column] - (squares / total - mean * mean)) < 1e-8)
            #expect(moments.count == total || abs(moments.count - total) < 1e-9)
        }
    }

    @Test func savedMomentsGoOn() throws {
        var random = RandomSource(seed: 3)
        var moments = RunningMoments(width: 2)
        add(batch(5, &random), to: &moments)
        var archive = Archive()
        moments.save(into: &archive)
        var loaded = RunningMoments(width: 2)
        try loaded.load(from: archive)
        #expect(loaded == moments)
        var narrow = RunningMoments(width: 1)
        #expect(throws: ArchiveError.self) { try narrow.load(from: archive) }
        archive = Archive()
        archive.store([0.0, 0], as: "mean")
        archive.store([-1.0, 0], as: "variance")
        archive.store([1.0], as: "count")
        #expect(throws: ArchiveError.self) { try loaded.load(from: archive) }
    }
}
