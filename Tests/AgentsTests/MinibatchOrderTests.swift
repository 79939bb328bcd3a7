// Rows in a shuffled order: the one that an array would be shuffled to.
import Basics
import Kernels
import Testing

@testable import Agents

@Suite struct MinibatchOrderTests {
    @Test(arguments: [1, 2, 3, 100]) func shufflesAsAnArrayDoes(_ count: Int) {
        var random = RandomSource(seed: 5), other = random
        let order = MinibatchOrder(rows: count)
        var array = Array(0..<Int32(count))
        for _ in 0..<3 {
            order.shuffle(using: &random)
            other.shuffle(&array)
            #expect(order.slice(0, count).array == array)
        }
        #expect(random == other)
        order.reset()
        #expect(order.slice(0, count).array == Array(0..<Int32(count)))
    }
}
