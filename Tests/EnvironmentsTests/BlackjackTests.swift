// Blackjack: a traced game, exact values of three rules and two simple players, and the table of optimal play.

import Basics
import Environments
import RLCore
import Testing

@Suite struct BlackjackTests {
    @Test func playsGymnasiumsHands() {
        var random = RandomSource(seed: 123)
        var game = Blackjack()
        var told: [[Double]] = []
        game.reset(using: &random)
        told.append(game.state)
        for step in 0..<10 {
            let outcome = game.step(.discrete(step % 2), using: &random)
            told.append(game.state + [Double(outcome.reward), outcome.ending == .terminated ? 1 : 0])
            if outcome.ending != .running {
                game.reset(using: &random)
                told.append(game.state)
            }
        }
        #expect(
            told == [
                [19, 1, 1], [19, 1, 1, -1, 1], [8, 3, 0], [13, 3, 0, 0, 0], [13, 3, 0, -1, 1], [10, 6, 0], [20, 6, 0, 0, 0],
                [20, 6, 0, 1, 1], [11, 10, 0], [21, 10, 0, 0, 0], [21, 10, 0, 0, 1], [16, 10, 0], [22, 10, 0, -1, 1],
                [14, 10, 0],
                [14, 10, 0, -1, 1], [8, 7, 0], [19, 7, 1, 0, 0],
            ])
    }

    @Test(arguments: [
        (BlackjackRules.suttonBarto, -0.0431131054), (.plain, -0.0465559771), (.natural, -0.0257291828),
    ])
    func optimalValues(rules: BlackjackRules, golden: Double) {
        let model = BlackjackModel(rules: rules)
        #expect(isNear(startValue(model, naiveValues(model, discount: 1)), golden, within: 1e-10))
    }

    @Test(arguments: [(17, -0.0758516600), (20, -0.3501111461)]) func simplePlayers(bound: Int, golden: Double) {
        let model = BlackjackModel()
        let values = naiveValues(
            model, discount: 1, policy: { state, action in (model.observation(of: state) / 22 < bound) == (action == 1) ? 1 : 0 })
        #expect(isNear(startValue(model, values), golden, within: 1e-10))
    }

    @Test func optimalPlay() {
        let model = BlackjackModel()
        let actions = greedyActions(model, naiveValues(model, discount: 1), discount: 1)
        func row(_ total: Int, usable: Bool) -> String {
            (1...10).map { actions[(total * 11 + $0) * 2 + (usable ? 1 : 0)] == 1 ? "H" : "s" }.joined()
        }
        for total in 4...11 { #expect(row(total, usable: false) == "HHHHHHHHHH") }
        #expect(row(12, usable: false) == "HHHsssHHHH")
        for total in 13...16 { #expect(row(total, usable: false) == "HsssssHHHH") }
        for total in 17...21 { #expect(row(total, usable: false) == "ssssssssss") }
        for total in 12...17 { #expect(row(total, usable: true) == "HHHHHHHHHH") }
        #expect(row(18, usable: true) == "HsssssssHH")
        for total in 19...21 { #expect(row(total, usable: true) == "ssssssssss") }
    }
}
