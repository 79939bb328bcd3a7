// The rival does the same work as the tape: equal losses and parameters, bit for bit.

import Kernels
import Measuring
import Neural
import Testing

@Suite struct ByHandUpdateTests {
    @Test(arguments: [QNetwork([4, 64, 64, 2], rows: 16), QNetwork([3, 20, 37, 5], rows: 7)])
    func equalsTheTapeBitForBit(network: QNetwork) {
        let tape = TapeUpdate(network), hand = ByHandUpdate(network)
        #expect(tape.parameters.values.array == hand.parameters.values.array)
        let before = tape.parameters.values.array
        var losses: [Float] = []
        for _ in 0..<10 {
            let loss = tape.update()
            #expect(loss.bitPattern == hand.update().bitPattern)
            losses.append(loss)
        }
        #expect(tape.parameters.values.array.map(\.bitPattern) == hand.parameters.values.array.map(\.bitPattern))
        #expect(tape.parameters.values.array != before)
        #expect(losses[9] < losses[0])
    }
}
