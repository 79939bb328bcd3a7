// Real images on the core alone: a small convolutional network reads hand-written digits that it has not seen.
import Testing

@Suite struct ReadDigitsLearningTests {
    @Test func fiveSeedsOfFiveFoldsReadWhatTheyHaveNotSeen() throws {
        let example = try Example("read-digits", "5")
        #expect(example.numbers(of: "seed ").count == 5)
        #expect(try #require(example.numbers(of: "mean of 5 seeds").first)[1] >= 98.5)
        #expect(example.status == 0, "\(example.lines)")
        // Of ten digits a guess gets one in ten.
        #expect(try #require(example.numbers(of: "right without training").first)[0] < 25)
    }

    @Test func twoEpochsAreNotEnough() throws {
        let example = try Example("read-digits", "1", "2")
        #expect(try #require(example.numbers(of: "mean of 1 seeds").first)[1] < 98.5)
        #expect(example.status == 1)
    }
}
