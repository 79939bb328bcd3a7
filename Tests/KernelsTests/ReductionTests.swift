// Sums, maxima and picks against their definitions.
import Basics
import Kernels
import TestSupport
import Testing

@Suite struct ReductionTests {
    private func held(_ numbers: [Float]) -> Storage<Float> {
        let storage = Storage<Float>(count: numbers.count)
        storage.all.copy(from: numbers)
        return storage
    }

    @Test(arguments: [0, 1, 5, 15, 16, 17, 100, 1000])
    func sums(_ count: Int) {
        var random = RandomSource(seed: 9)
        let numbers = random.floats(count), x = held(numbers)
        let tolerance = 1e-7 * Double(count + 1)
        expectClose([Reduction.sum(x.all)], [numbers.reduce(0) { $0 + Double($1) }], absolute: tolerance)
        expectClose(
            [Reduction.sumOfSquares(x.all)], [numbers.reduce(0) { $0 + Double($1) * Double($1) }], absolute: 0, relative: 1e-6)
    }

    @Test(arguments: [1, 2, 7, 33])
    func ofEachRow(_ width: Int) {
        var random = RandomSource(seed: 10)
        let rows = 6, numbers = random.floats(rows * width), x = held(numbers)
        let matrix = (0..<rows).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
        let sums = Storage<Float>(count: rows), maxima = Storage<Float>(count: rows), best = Storage<Int32>(count: rows)
        Reduction.rowSums(x.all, width: width, rows: rows, into: sums.all)
        Reduction.maxima(x.all, width: width, rows: rows, into: maxima.all)
        Reduction.argmax(x.all, width: width, rows: rows, into: best.all)
        expectClose(sums.all.array, matrix.map { $0.reduce(0) { $0 + Double($1) } }, absolute: 1e-5)
        #expect(maxima.all.array == matrix.map { $0.max()! })
        #expect(best.all.array == matrix.map { row in Int32(row.firstIndex(of: row.max()!)!) })
    }

    @Test func amongEqualsTheLowestColumnWins() {
        let x = held([1, 3, 3, 2, 2, 2, -5, -6, -5]), best = Storage<Int32>(count: 3)
        Reduction.argmax(x.all, width: 3, rows: 3, into: best.all)
        #expect(best.all.array == [1, 0, 0])
    }

    @Test func picking() {
        let x = held([1, 2, 3, 4, 5, 6]), index = held([2, 0]), y = held([0, 0]), d = held([9, 9, 9, 9, 9, 9])
        Reduction.pick(x.all, width: 3, index.all, into: y.all)
        #expect(y.all.array == [3, 4])
        Reduction.pickGradient(y.all, width: 3, index.all, beta: 1, into: d.all)
        #expect(d.all.array == [9, 9, 12, 13, 9, 9])
        Reduction.pickGradient(y.all, width: 3, index.all, beta: 0, into: d.all)
        #expect(d.all.array == [0, 0, 3, 4, 0, 0])
    }

    @Test func anIndexOutsideTheRowTraps() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Storage<Float>(count: 3), index = Storage<Float>(count: 1), y = Storage<Float>(count: 1)
            index.all[0] = 3
            Reduction.pick(x.all, width: 3, index.all, into: y.all)
        }
        #expect(result.lastWords.contains("pick: index 3.0 in a row of 3"))
        await #expect(processExitsWith: .failure) {
            let x = Storage<Float>(count: 3), index = Storage<Float>(count: 1), y = Storage<Float>(count: 1)
            index.all[0] = .nan
            Reduction.pick(x.all, width: 3, index.all, into: y.all)
        }
    }
}
