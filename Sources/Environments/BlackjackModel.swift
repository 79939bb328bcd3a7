// Blackjack's exact rules as a finite MDP: what the dealer's play comes to, summed over every hand.
public import RLCore

/// States 0 to 703 are observations; 704 + dealer's card is a player's natural, which is seen as a 21 with a usable ace.
///
/// The dealer's hole card is unknown to the player, and drawn from the same endless deck, so it need not be part of the state.
public struct BlackjackModel: MDP {
    public let rules: BlackjackRules
    /// By the dealer's card: the probability of each score (0 is a bust), naturals apart in the last place.
    private let dealers: [[Double]]
    private static let naturalPlace = 22

    public init(rules: BlackjackRules = .suttonBarto) {
        self.rules = rules
        dealers = (0...10).map { shown in
            var ends = [Double](repeating: 0, count: BlackjackModel.naturalPlace + 1)
            if shown > 0 {
                var hand = BlackjackHand()
                hand.add(shown)
                BlackjackModel.play(hand, probability: 1, into: &ends)
            }
            return ends
        }
    }

    public var stateCount: Int { Blackjack.observationCount + 11 }
    public var actionCount: Int { 2 }
    public var layout: GridLayout? { nil }
    public var observationCount: Int { Blackjack.observationCount }
    public func observation(of state: Int) -> Int {
        state < Blackjack.observationCount
            ? state : BlackjackModel.observation(total: 21, shown: state - Blackjack.observationCount, usableAce: true)
    }

    static func observation(total: Int, shown: Int, usableAce: Bool) -> Int { (total * 11 + shown) * 2 + (usableAce ? 1 : 0) }
    static func probability(of card: Int) -> Double { card == 10 ? 4.0 / 13 : 1.0 / 13 }

    public var starts: [(probability: Double, state: Int)] {
        var shares = [Double](repeating: 0, count: stateCount)
        for shown in 1...10 {
            for first in 1...10 {
                for second in 1...10 {
                    var hand = BlackjackHand()
                    hand.add(first)
                    hand.add(second)
                    shares[state(of: hand, shown: shown)] +=
                        BlackjackModel.probability(of: shown) * BlackjackModel.probability(of: first)
                        * BlackjackModel.probability(of: second)
                }
            }
        }
        return shares.indices.filter { shares[$0] > 0 }.map { (shares[$0], $0) }
    }

    public func transitions(of action: Int, in state: Int) -> [Transition] {
        guard let (hand, shown) = hand(in: state) else {
            return [Transition(probability: 1, next: state, reward: 0, terminates: true)]
        }
        if action == 1 {
            return (1...10).map { card in
                var more = hand
                more.add(card)
                return Transition(
                    probability: BlackjackModel.probability(of: card), next: self.state(of: more, shown: shown),
                    reward: more.isBust ? -1 : 0, terminates: more.isBust)
            }
        }
        var shares: [Double: Double] = [:]
        for (place, share) in dealers[shown].enumerated() where share > 0 {
            let isNatural = place == BlackjackModel.naturalPlace
            let reward = BlackjackModel.reward(
                player: hand.score, isNatural: hand.isNatural, dealer: isNatural ? 21 : place, dealerIsNatural: isNatural,
                rules: rules)
            shares[reward, default: 0] += share
        }
        return shares.keys.sorted().map { Transition(probability: shares[$0] ?? 0, next: state, reward: $0, terminates: true) }
    }

    /// 1 for a win, 0 for a draw, −1 for a loss; a bust scores 0.
    static func reward(player: Int, isNatural: Bool, dealer: Int, dealerIsNatural: Bool, rules: BlackjackRules) -> Double {
        let comparison = player > dealer ? 1.0 : player < dealer ? -1.0 : 0.0
        switch rules {
        case .suttonBarto: return isNatural && !dealerIsNatural ? 1 : comparison
        case .plain: return comparison
        case .natural: return isNatural && comparison == 1 ? 1.5 : comparison
        }
    }

    private func state(of hand: BlackjackHand, shown: Int) -> Int {
        hand.isNatural
            ? Blackjack.observationCount + shown
            : BlackjackModel.observation(total: hand.total, shown: shown, usableAce: hand.usableAce)
    }

    /// A hand that looks like the state; nil where the game is over, or where no hand does.
    private func hand(in state: Int) -> (hand: BlackjackHand, shown: Int)? {
        if state > Blackjack.observationCount {
            return (BlackjackHand(sum: 11, aces: 1, cards: 2), state - Blackjack.observationCount)
        }
        let total = state / 22
        let shown = state / 2 % 11
        let usableAce = state % 2 == 1
        guard (1...10).contains(shown), (usableAce ? 12...21 : 4...21).contains(total) else { return nil }
        // Three cards, so that no 21 is taken for a natural.
        return (BlackjackHand(sum: usableAce ? total - 10 : total, aces: usableAce ? 1 : 0, cards: 3), shown)
    }

    /// Follows the dealer's fixed rule down every branch.
    private static func play(_ hand: BlackjackHand, probability share: Double, into ends: inout [Double]) {
        if hand.cards >= 2 && hand.total >= 17 {
            ends[hand.isNatural ? naturalPlace : hand.score] += share
            return
        }
        for card in 1...10 {
            var more = hand
            more.add(card)
            play(more, probability: share * probability(of: card), into: &ends)
        }
    }
}
