// Memory across a gap: an LSTM copies eight symbols after fifty blanks, and cannot where its state is taken away.
import Testing

@Suite struct CopySymbolsLearningTests {
    @Test func fiveSeedsCopyAndForget() throws {
        let example = try Example("copy-symbols", "5")
        let seeds = example.numbers(of: "seed ")
        #expect(seeds.map(\.first) == [1, 2, 3, 4, 5])
        for figures in seeds {
            #expect(figures.count == 3 && figures[1] >= 99 && abs(figures[2] - 12.5) <= 2, "\(figures)")
        }
        #expect(example.status == 0, "\(example.lines)")
    }

    /// The program does not call anything a success: after a few updates the network knows nothing yet.
    @Test func aNetworkThatHasHardlyLearnedFails() throws {
        let example = try Example("copy-symbols", "1", "20")
        #expect(try #require(example.numbers(of: "seed ").first)[1] < 50)
        #expect(example.status == 1)
    }
}
