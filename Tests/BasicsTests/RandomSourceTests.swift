// The random source against NumPy's Generator(PCG64(seed)), draw for draw (Benchmarks/golden/numpy_random.py), and its own laws.

import Basics
import Testing

@Suite struct RandomSourceTests {
    @Test func firstDoubles() {
        func doubles(_ seed: UInt64, key: [UInt32] = [], _ count: Int) -> [Double] {
            var random = RandomSource(seed: seed, key: key)
            return (0..<count).map { _ in random.unit() }
        }
        #expect(doubles(0, 4) == [0.63696168732145431, 0.26978671376387031, 0.040973523936194689, 0.016527635528529094])
        #expect(doubles(1, 1) == [0.51182162470025672])
        #expect(doubles(42, 4) == [0.77395604855596334, 0.43887843975205232, 0.85859791991138246, 0.6973680290593639])
        #expect(doubles(123, 4) == [0.6823518632481435, 0.053821018802222675, 0.22035987277261138, 0.1843718106986697])
        #expect(doubles(.max, 4) == [0.6800266789616931, 0.8453117585624743, 0.007403081599260064, 0.8945681264391473])
        #expect(doubles(7, key: [0, 3], 4) == [0.9432168673415459, 0.6754350615861108, 0.8039825987040433, 0.33514477062397074])
    }

    @Test func firstDoublesOfChildren() {
        let firsts = (0..<3 as Range<UInt32>).map { child in
            var random = RandomSource(seed: 42, key: [child])
            return random.unit()
        }
        #expect(firsts == [0.9167441575549085, 0.4674907799518424, 0.07123920291270869])
    }

    @Test func rawWords() {
        var random = RandomSource(seed: 1 << 63 + 9)
        let words = (0..<4).map { _ in random.next() }
        #expect(words == [0x0d5d_42b7_bfc8_7572, 0x0b5c_212d_35ff_e74c, 0xe63f_3024_3337_2660, 0x9c87_51f2_aca0_650c])
    }

    @Test func uniform() {
        var random = RandomSource(seed: 9)
        let draws = (0..<3).map { _ in random.uniform(-0.6, -0.4) }
        #expect(draws == [-0.4259501592059831, -0.5426365581824889, -0.47937036998968763])
    }

    @Test func integersOfSeed123() {
        var random = RandomSource(seed: 123)
        #expect((0..<10).map { _ in random.below(10) } == [0, 6, 5, 0, 9, 2, 2, 1, 3, 1])
        #expect((0..<6).map { _ in random.below(3) } == [1, 2, 1, 2, 1, 0])
    }

    /// Every branch: no draw, 32 bits with and without rejection, exactly 32 bits, 64 bits with and without rejection.
    @Test func integersOfEverySize() {
        let golden: [(bound: Int, draws: [Int])] = [
            (1, [0, 0, 0, 0, 0, 0, 0, 0]),
            (2, [1, 1, 0, 1, 0, 1, 1, 0]),
            (7, [4, 5, 0, 5, 3, 3, 4, 2]),
            (1000, [670, 805, 22, 807, 468, 515, 630, 285]),
            (
                3 << 30,
                [2_593_095_922, 72_971_127, 2_602_559_451, 1_659_979_823, 2_030_125_912, 3_155_266_737, 173_722_951, 895_255_019]
            ),
            (
                1 << 32 - 1,
                [
                    2_881_021_351, 3_457_461_229, 97_294_836, 3_470_079_268, 2_013_703_615, 2_213_306_430, 2_706_834_549,
                    1_227_507_579,
                ]
            ),
            (
                1 << 32,
                [
                    2_881_021_352, 3_457_461_230, 97_294_837, 3_470_079_269, 2_013_703_616, 2_213_306_431, 2_706_834_550,
                    1_227_507_580,
                ]
            ),
            (
                1 << 32 + 1,
                [
                    3_457_461_231, 3_470_079_269, 2_213_306_431, 1_227_507_580, 231_630_603, 1_646_556_805, 1_754_379_058,
                    194_455_477,
                ]
            ),
            (
                3 << 61,
                [
                    5_588_953_865_617_455_547, 1_977_039_342_899_601_836, 373_067_199_206_180_440, 2_651_965_361_128_095_989,
                    2_825_625_255_506_439_529, 313_192_468_052_243_501, 337_282_879_276_512_259, 4_512_782_266_146_329_695,
                ]
            ),
            (
                .max,
                [
                    7_424_841_456_459_477_715, 7_451_938_487_489_940_729, 4_753_039_369_592_592_095, 2_636_052_457_199_469_114,
                    497_422_932_274_907_254, 3_535_953_814_837_461_319, 3_767_500_340_675_252_705, 417_589_957_402_991_334,
                ]
            ),
        ]
        for (bound, draws) in golden {
            var random = RandomSource(seed: 5)
            #expect((0..<8).map { _ in random.below(bound) } == draws, "below \(bound)")
        }
    }

    /// A double between two integers neither reads nor clears the waiting half; a 64-bit integer neither.
    @Test func theWaitingHalfOutlivesOtherDraws() {
        var random = RandomSource(seed: 11)
        #expect(random.below(10) == 1)
        #expect(random.unit() == 0.49927786244011496)
        #expect(random.below(10) == 1)
        #expect(random.below(1 << 40) == 661_354_438_295)
    }

    @Test func permutations() {
        func permutation(_ count: Int, seed: UInt64) -> [Int] {
            var random = RandomSource(seed: seed)
            var values = Array(0..<count)
            random.shuffle(&values)
            return values
        }
        #expect(permutation(10, seed: 42) == [5, 6, 0, 7, 3, 2, 4, 9, 1, 8])
        #expect(permutation(20, seed: 8) == [15, 8, 18, 10, 13, 0, 16, 11, 7, 3, 9, 4, 19, 14, 17, 12, 1, 6, 5, 2])
        #expect(permutation(0, seed: 1).isEmpty && permutation(1, seed: 1) == [0])

        var random = RandomSource(seed: 8)
        var values = Array(0..<5)
        for golden in [[3, 0, 1, 2, 4], [3, 0, 2, 1, 4], [0, 3, 1, 2, 4]] {
            random.shuffle(&values)
            #expect(values == golden)
        }
    }

    @Test func weightedIndices() {
        var random = RandomSource(seed: 3)
        let draws = (0..<20).map { _ in random.index(weights: [0.1, 0.2, 0.3, 0.4]) }
        #expect(draws == [0, 1, 3, 2, 0, 2, 2, 1, 3, 1, 2, 2, 2, 2, 3, 3, 1, 3, 3, 1])
        // A weight of zero is never drawn, and the weights need not sum to one.
        #expect((0..<1000).allSatisfy { _ in random.index(weights: [0, 5, 0]) == 1 })
    }

    @Test func badArgumentsTrap() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            _ = random.below(0)
        }
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            _ = random.index(weights: [])
        }
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 0)
            _ = random.index(weights: [2, -1])
        }
    }

    @Test func wordsBringBackTheSameStream() throws {
        var random = RandomSource(seed: 17, key: [2])
        _ = random.below(10)  // leaves a half waiting
        var copy = try #require(RandomSource(words: random.words))
        #expect(copy == random)
        for _ in 0..<100 {
            #expect(copy.below(1000) == random.below(1000))
            #expect(copy.next() == random.next())
        }
    }

    @Test func damagedWordsAreRefused() {
        let words = RandomSource(seed: 1).words
        #expect(RandomSource(words: words) != nil)
        #expect(RandomSource(words: Array(words.dropLast())) == nil)
        #expect(RandomSource(words: words + [0]) == nil)
        #expect(RandomSource(words: [words[0], words[1], words[2], words[3] & ~1, 0]) == nil)  // an even increment
        #expect(RandomSource(words: Array(words.dropLast()) + [5]) == nil)  // a half that is not marked as waiting
        #expect(RandomSource(words: Array(words.dropLast()) + [1 << 33]) == nil)
        #expect(RandomSource(words: Array(words.dropLast()) + [1 << 32 | 5]) != nil)
    }
}
