// The projection of C51 by hand numbers, and what it must keep.
import Basics
import Kernels
import TestSupport
import Testing

@Suite struct CategoricalProjectionTests {
    private func project(
        _ probabilities: [Float], reward: [Float], discount: [Float], low: Float, high: Float, atoms: Int
    ) -> [Float] {
        let rows = reward.count
        let arena = GuardedArena(count: 2 * rows * atoms + 2 * rows, buffers: 4)
        let from = arena.place(probabilities), r = arena.place(reward), d = arena.place(discount)
        let to = arena.place([Float](repeating: .nan, count: rows * atoms))
        CategoricalProjection.project(
            from, rewards: r, discounts: d, low: low, high: high, atoms: atoms, rows: rows, into: to)
        #expect(arena.breach == nil)
        return to.array
    }

    /// Atoms −1, 0, 1; r = ¼, γ = ½: they go to −¼, ¼, ¾, which share as (¼, ¾, 0), (0, ¾, ¼), (0, ¼, ¾).
    @Test func handNumbers() {
        let moved = project([0.5, 0.25, 0.25], reward: [0.25], discount: [0.5], low: -1, high: 1, atoms: 3)
        #expect(moved == [0.125, 0.375 + 0.1875 + 0.0625, 0.0625 + 0.1875])
    }

    /// Mass that lands on an atom stays whole, also on the last; terminal rows put all of it at the reward; beyond the ends is the end.
    @Test func onTheAtomsAndBeyondTheEnds() {
        let start: [Float] = [0.25, 0.5, 0.25]
        #expect(project(start, reward: [0], discount: [1], low: -1, high: 1, atoms: 3) == start)
        #expect(project(start, reward: [0.5], discount: [0], low: -1, high: 1, atoms: 3) == [0, 0.5, 0.5])
        #expect(project(start, reward: [1], discount: [0], low: -1, high: 1, atoms: 3) == [0, 0, 1])
        #expect(project(start, reward: [7], discount: [1], low: -1, high: 1, atoms: 3) == [0, 0, 1])
        #expect(project(start, reward: [-7], discount: [1], low: -1, high: 1, atoms: 3) == [1, 0, 0])
    }

    /// Rows keep their sum, and their mean is r + γ·mean where nothing is clipped.
    @Test func sumsAndMeansAreKept() {
        var random = RandomSource(seed: 4)
        let atoms = 51, rows = 7
        var probabilities: [Float] = []
        for _ in 0..<rows {
            let draws = (0..<atoms).map { _ in random.unit() }
            probabilities += draws.map { Float($0 / draws.reduce(0, +)) }
        }
        let rewards = (0..<rows).map { _ in Float(random.uniform(-0.5, 0.5)) }
        let moved = project(
            probabilities, reward: rewards, discount: [Float](repeating: 0.9, count: rows), low: -10, high: 10, atoms: atoms)
        func mean(_ numbers: ArraySlice<Float>) -> Double {
            zip(numbers, 0...).reduce(0) { $0 + Double($1.0) * (-10 + 0.4 * Double($1.1)) }
        }
        for r in 0..<rows {
            let row = r * atoms..<(r + 1) * atoms
            #expect(abs(moved[row].reduce(0, +) - 1) < 1e-5)
            #expect(abs(mean(moved[row]) - (Double(rewards[r]) + 0.9 * mean(probabilities[row]))) < 1e-4)
        }
    }

    /// It must reach the loss, where training stops with a sentence; rows beside it keep theirs.
    @Test func aRewardThatIsNoNumberIsSeenInTheTarget() {
        let moved = project([0.2, 0.3, 0.5, 0, 0, 1], reward: [.nan, 0], discount: [1, 0], low: -1, high: 1, atoms: 3)
        #expect(moved[0..<3].contains { $0.isNaN } && moved[3...] == [0, 1, 0])
    }
}
