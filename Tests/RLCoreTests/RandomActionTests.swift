// Actions drawn for all lanes at once: each as likely as any other, and all inside their space.
import Basics
import Kernels
import RLCore
import Testing

@Suite struct RandomActionTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 18, 256, 1000]) func everyChoiceIsAsLikely(_ choices: Int) {
        let lanes = 1003, rounds = 400
        let space = Space.discrete(choices)
        let actions = Actions(lanes: lanes, space: space)
        var random = RandomSource(seed: 7)
        var counts = [Int](repeating: 0, count: choices)
        for _ in 0..<rounds {
            actions.drawAll(from: space, using: &random)
            for lane in 0..<lanes { counts[Int(actions.indices[lane])] += 1 }
        }
        let expected = Double(lanes * rounds) / Double(choices)
        // Pearson's statistic has a mean of choices − 1 and a deviation of √(2(choices − 1)).
        let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(statistic < Double(choices - 1) + 5 * Double(2 * max(choices - 1, 1)).squareRoot())
    }

    @Test func neighboursAreIndependent() {
        let space = Space.discrete(2)
        let actions = Actions(lanes: 640, space: space)
        var random = RandomSource(seed: 8)
        var pairs = [0, 0, 0, 0]
        for _ in 0..<200 {
            actions.drawAll(from: space, using: &random)
            for lane in 1..<640 { pairs[Int(2 * actions.indices[lane - 1] + actions.indices[lane])] += 1 }
        }
        for pair in pairs { #expect(abs(Double(pair) / (200 * 639) - 0.25) < 0.005) }
    }

    @Test func continuousOnesAreInside() {
        let space = Space.box(.vector(2), low: [-2, 0], high: [2, 1])
        let actions = Actions(lanes: 100, space: space)
        var random = RandomSource(seed: 9)
        actions.drawAll(from: space, using: &random)
        for lane in 0..<100 {
            let values = actions[lane].values
            #expect((-2...2).contains(values[0]) && (0...1).contains(values[1]))
        }
        #expect(Set(actions.values.array).count == 200)
    }
}
