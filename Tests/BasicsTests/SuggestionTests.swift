// "Did you mean …?": what is near enough, what is not, and which of two is nearer.

import Basics
import Testing

@Suite struct SuggestionTests {
    private let environments = ["cartpole", "mountain-car", "acrobot", "pendulum", "frozen-lake", "taxi"]

    @Test(arguments: [
        ("cartpole", "cartpole"), ("CartPole", "cartpole"), ("cart-pole", "cartpole"), ("catrpole", "cartpole"),
        ("cartpol", "cartpole"), ("mountaincar", "mountain-car"), ("frozenlake", "frozen-lake"), ("tax", "taxi"),
        ("txai", "taxi"),
    ])
    func findsTheWordThatWasMeant(_ typed: String, _ meant: String) {
        #expect(nearestWord(to: typed, in: environments) == meant)
    }

    @Test(arguments: ["", "x", "breakout", "car", "lunar-lander", "tx", String(repeating: "cartpole", count: 100)])
    func keepsSilentWhenNothingIsNear(_ typed: String) {
        #expect(nearestWord(to: typed, in: environments) == nil)
    }

    /// A third of the longer word, rounded: 0 of 1, 1 of 2 to 4, 2 of 5 to 7 letters.
    @Test(arguments: [
        ("a", "b", false), ("ab", "ac", true), ("abcd", "axyd", false), ("abcde", "axyde", true), ("abcde", "axyze", false),
    ])
    func aThirdOfTheLettersMayDiffer(_ typed: String, _ known: String, _ near: Bool) {
        #expect((nearestWord(to: typed, in: [known]) == known) == near)
    }

    /// A swap of neighbours is one mistake, two replacements are two.
    @Test func theNearestWinsAndTheFirstOfEquals() {
        #expect(nearestWord(to: "gmaam", in: ["gxxam", "gamam"]) == "gamam")
        #expect(nearestWord(to: "steps", in: ["stepz", "stepy"]) == "stepz")
        #expect(nearestWord(to: "steps", in: [] as [String]) == nil)
    }
}
