// Pooling by hand-worked numbers: which of equal numbers wins, what padding counts for, what becomes of NaN.
import Kernels
import TestSupport
import Testing

@Suite struct PoolingTests {
    private func held(_ numbers: [Float]) -> Storage<Float> {
        let storage = Storage<Float>(count: numbers.count)
        storage.all.copy(from: numbers)
        return storage
    }

    @Test func theFirstOfEqualNumbersGetsTheGradient() {
        let window = SlidingWindow(height: 2, width: 4, channels: 1, kernel: 2, stride: 2)
        let x = held([3, 1, 0, 5, 3, 3, 5, 5]), y = held([0, 0]), dy = held([10, 20]), dx = held(Array(repeating: .nan, count: 8))
        MaxPooling.forward(window, x.all, into: y.all, rows: 1)
        #expect(y.all.array == [3, 5])
        MaxPooling.inputs(window, x.all, y.all, dy.all, into: dx.all, rows: 1, beta: 0)
        #expect(dx.all.array == [10, 0, 0, 20, 0, 0, 0, 0])
        MaxPooling.inputs(window, x.all, y.all, dy.all, into: dx.all, rows: 1, beta: 1)
        #expect(dx.all.array == [20, 0, 0, 40, 0, 0, 0, 0])
    }

    /// Windows that overlap add up; the margin never wins, even among negative numbers.
    @Test func theMarginNeverWins() {
        let window = SlidingWindow(height: 1, width: 3, channels: 1, kernel: 3, stride: 2, padding: 1)
        let x = held([-4, -1, -2]), y = held([0, 0]), dy = held([1, 2]), dx = held([0, 0, 0])
        MaxPooling.forward(window, x.all, into: y.all, rows: 1)
        #expect(y.all.array == [-1, -1])
        MaxPooling.inputs(window, x.all, y.all, dy.all, into: dx.all, rows: 1, beta: 0)
        #expect(dx.all.array == [0, 3, 0])
    }

    @Test(arguments: 0..<4)
    func notANumberWinsWhereverItStands(_ place: Int) {
        let window = SlidingWindow(height: 2, width: 2, channels: 1, kernel: 2)
        let x = held([1, 2, 3, 4]), y = held([0])
        x.all[place] = .nan
        MaxPooling.forward(window, x.all, into: y.all, rows: 1)
        #expect(y.all[0].isNaN)
    }

    @Test func theAverageIsOverWhatIsInside() {
        let window = SlidingWindow(height: 2, width: 2, channels: 1, kernel: 2, padding: 1)
        let x = held([4, 8, 12, 16]), y = held(Array(repeating: 0, count: 9)), dx = held([0, 0, 0, 0])
        AveragePooling.forward(window, x.all, into: y.all, rows: 1)
        #expect(y.all.array == [4, 6, 8, 8, 10, 12, 12, 14, 16])
        y.all.fill(4)
        AveragePooling.inputs(window, y.all, into: dx.all, rows: 1, beta: 0)
        #expect(dx.all.array == [9, 9, 9, 9])
    }

    @Test func aDilatedPoolingTraps() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let memory = Storage<Float>(count: 100)
            MaxPooling.forward(
                SlidingWindow(height: 5, width: 5, channels: 1, kernel: 2, dilation: 2), memory.all, into: memory.all, rows: 1)
        }
        #expect(result.lastWords.contains("a dilation of 2"))
    }
}
