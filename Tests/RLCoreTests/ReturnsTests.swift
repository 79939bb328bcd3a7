// The bootstrap rule and the one-step target, by hand.
import Kernels
import RLCore
import Testing

@Suite struct ReturnsTests {
    @Test func onlyATerminationMakesTheFutureWorthless() {
        #expect(bootstrapDiscount(after: .running, discount: 0.9) == 0.9)
        #expect(bootstrapDiscount(after: .truncated, discount: 0.9) == 0.9)
        #expect(bootstrapDiscount(after: .terminated, discount: 0.9) == 0)
    }

    @Test func targetsByHand() {
        let numbers = Storage<Float>(count: 12)
        let rows = (0..<4).map { numbers.all.row($0, width: 3) }
        rows[0].copy(from: [1, -2, 0.5])
        rows[1].copy(from: [0.5, 0, 0.25])
        rows[2].copy(from: [4, 8, -16])
        oneStepTargets(rewards: rows[0], discounts: rows[1], values: rows[2], into: rows[3])
        #expect(rows[3].array == [3, -2, -3.5])
    }
}
