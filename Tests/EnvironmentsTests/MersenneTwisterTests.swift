// MT19937 against its authors' and NumPy's own numbers.
import Testing

@testable import Environments

@Suite struct MersenneTwisterTests {
    /// The first and the ten-thousandth word of seed 5489, which the C++ standard demands of `std::mt19937`.
    @Test func theStandardsWords() {
        var twister = MersenneTwister(seed: 5489)
        #expect(twister.next32() == 3_499_211_612)
        for _ in 2..<10_000 { _ = twister.next32() }
        #expect(twister.next32() == 4_123_659_995)
    }

    /// `RandomState(0).rand()`, as NumPy's documentation shows it, and `RandomState(123)` with doubles and integers in turn.
    @Test func numpysNumbers() {
        var twister = MersenneTwister(seed: 0)
        #expect(
            [twister.unit(), twister.unit(), twister.unit()] == [0.5488135039273248, 0.7151893663724195, 0.6027633760716439])
        var other = MersenneTwister(seed: 123)
        #expect((0..<8).map { _ in other.below(5) } == [2, 4, 2, 1, 3, 2, 3, 1])
        #expect(other.unit() == 0.9807641983846155)
        #expect((0..<5).map { _ in other.below(1) } == [0, 0, 0, 0, 0])
        #expect((0..<3).map { _ in other.below(1000) } == [96, 113, 638])
    }

    @Test func everyNumberOfARangeComes() {
        var twister = MersenneTwister(seed: 1), counts = [Int](repeating: 0, count: 6)
        for _ in 0..<6000 { counts[twister.below(6)] += 1 }
        #expect(counts.allSatisfy { (850...1150).contains($0) })
    }
}
