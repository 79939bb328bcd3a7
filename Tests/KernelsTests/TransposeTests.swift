// Turning a matrix on its side, for sizes on both sides of the sixteen that move together.
import Kernels
import TestSupport
import Testing

@Suite struct TransposeTests {
    @Test(arguments: [1, 3, 15, 16, 17, 32, 50], [1, 4, 15, 16, 17, 33, 64])
    func everyNumberMovesToItsPlace(rows: Int, columns: Int) {
        let numbers = (0..<rows * columns).map(Float.init)
        let arena = GuardedArena(count: 2 * numbers.count, buffers: 2)
        let from = arena.place(numbers), to = arena.place(Array(repeating: -1, count: numbers.count))
        Transpose.run(from.base, rows: rows, columns: columns, into: to.base)
        #expect(to.array.map(Double.init) == NaiveMatrix(numbers, rows: rows, columns: columns).transposed.numbers)
        #expect(arena.breach == nil)
    }
}
