// λ-returns and generalised advantages by hand, and what they reduce to.
import Basics
import Kernels
import RLCore
import TestSupport
import Testing

@Suite struct LambdaReturnsTests {
    /// λ-returns of `rewards` [steps · lanes] at a discount of ½.
    private func returns(
        _ rewards: [Float], successors: [Float], endings: [Ending]? = nil, lambda: Float, lanes: Int = 1
    ) -> [Float] {
        let count = rewards.count, memory = Storage<Float>(count: 4 * count), ends = Storage<UInt8>(count: count)
        let rows = (0..<4).map { memory.all.row($0, width: count) }
        rows[0].copy(from: rewards)
        rows[2].copy(from: successors)
        for i in 0..<count {
            let ending = endings?[i] ?? .running
            ends.all[i] = ending.rawValue
            rows[1][i] = bootstrapDiscount(after: ending, discount: 0.5)
        }
        lambdaReturns(
            rewards: rows[0], discounts: rows[1], successorValues: rows[2], endings: ends.all, lambda: lambda, lanes: lanes,
            into: rows[3])
        return rows[3].array
    }

    /// V = (½, 1, 1½), then 2: δ = (1, 1¾, 2½) and A = (1 + ¼ · 2⅜, 1¾ + ¼ · 2½, 2½), so that G = A + V.
    @Test func generalisedAdvantagesByHand() {
        #expect(returns([1, 2, 3], successors: [1, 1.5, 2], lambda: 0.5) == [2.09375, 3.375, 4])
    }

    @Test func lambdaZeroLooksOneStepAhead() {
        #expect(returns([1, 2, 3], successors: [1, 1.5, 2], lambda: 0) == [1.5, 2.75, 4])
    }

    /// 3 + ½ · 2 = 4, 2 + ½ · 4 = 4, 1 + ½ · 4 = 3: values on the way do not count.
    @Test func lambdaOneIsTheDiscountedReturn() {
        #expect(returns([1, 2, 3], successors: [1, 1.5, 2], lambda: 1) == [3, 4, 4])
        #expect(returns([1, 2, 3], successors: [-70, 90, 2], lambda: 1) == [3, 4, 4])
    }

    @Test func aTerminationIsWorthNothingAndATruncationItsSuccessor() {
        let ends: [Ending] = [.running, .terminated, .running], cut: [Ending] = [.running, .truncated, .running]
        #expect(returns([1, 2, 3], successors: [1, 8, 2], endings: ends, lambda: 0.5) == [1.75, 2, 4])
        #expect(returns([1, 2, 3], successors: [1, 8, 2], endings: cut, lambda: 0.5) == [2.75, 6, 4])
        // Nobody knows the value behind a termination, and nobody reads it.
        #expect(returns([1, 2], successors: [1, .nan], endings: [.running, .terminated], lambda: 1) == [2, 2])
    }

    @Test func lanesDoNotMix() {
        let mixed = returns([1, 10, 2, 20, 3, 30], successors: [1, 4, 1.5, 6, 2, 8], lambda: 0.5, lanes: 2)
        #expect(stride(from: 0, to: 6, by: 2).map { mixed[$0] } == [2.09375, 3.375, 4])
        #expect(stride(from: 1, to: 6, by: 2).map { mixed[$0] } == returns([10, 20, 30], successors: [4, 6, 8], lambda: 0.5))
    }

    @Test func standardisedNumbers() {
        let numbers = Storage<Float>(count: 3)
        numbers.all.copy(from: [5, 7, 9])
        standardise(numbers.all)
        expectClose(numbers.all.array, [-1, 0, 1], absolute: 1e-6)
        standardise(numbers.all.slice(0, 1))
        expectClose(numbers.all.array, [-1, 0, 1], absolute: 1e-6, "one number alone stays as it is")
        numbers.all.fill(4)
        standardise(numbers.all)
        #expect(numbers.all.array == [0, 0, 0])
    }
}
