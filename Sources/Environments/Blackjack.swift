// Blackjack: come closer to 21 than the dealer, without going over (Sutton & Barto 2018, example 5.1; Gymnasium's Blackjack-v1).
public import Basics
public import RLCore

/// Which naturals (an ace and a ten in the first two cards) pay what.
public enum BlackjackRules: Hashable, Sendable {
    /// A player's natural wins unless the dealer has one too, even against another 21: Sutton & Barto's rule.
    case suttonBarto
    /// A natural is a 21 like any other.
    case plain
    /// As plain, and winning with a natural pays 1.5.
    case natural
}

/// Cards held. An ace counts 11 where that does not go over 21.
struct BlackjackHand: Hashable, Sendable {
    /// With each ace as 1.
    var sum = 0
    var aces = 0
    var cards = 0

    mutating func add(_ card: Int) {
        sum += card
        aces += card == 1 ? 1 : 0
        cards += 1
    }
    var usableAce: Bool { aces > 0 && sum + 10 <= 21 }
    var total: Int { usableAce ? sum + 10 : sum }
    var isBust: Bool { total > 21 }
    var isNatural: Bool { cards == 2 && aces == 1 && sum == 11 }
    /// What is compared at the end.
    var score: Int { isBust ? 0 : total }
}

/// Action 0 sticks, 1 hits. The observation is (total · 11 + dealer's card) · 2 + usable ace: Gymnasium's three numbers in one.
///
/// Cards are drawn from a deck without end: 1 to 9 with 1/13 each, 10 with 4/13. The dealer sticks on any 17.
public struct Blackjack: Environment {
    static let observationCount = 32 * 11 * 2
    private static let deck = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10]

    private let rules: BlackjackRules
    private var player = BlackjackHand()
    private var dealer = BlackjackHand()
    private var shown = 1

    public init(rules: BlackjackRules = .suttonBarto) { self.rules = rules }

    public var observationSpace: Space { .discrete(Blackjack.observationCount) }
    public var actionSpace: Space { .discrete(2) }

    private static func card(using random: inout RandomSource) -> Int { deck[random.below(deck.count)] }

    public mutating func reset(using random: inout RandomSource) {
        player = BlackjackHand()
        dealer = BlackjackHand()
        shown = Blackjack.card(using: &random)
        dealer.add(shown)
        dealer.add(Blackjack.card(using: &random))
        player.add(Blackjack.card(using: &random))
        player.add(Blackjack.card(using: &random))
        // A suit, and a face for a ten: only Gymnasium's picture shows them, but they move the stream.
        _ = random.below(4)
        if shown == 10 { _ = random.below(3) }
    }

    /// After its end a game goes on with the same hands.
    public mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        let action = action.index
        guard action == 0 || action == 1 else { fatalError("action \(action) was taken, there are 2") }
        if action == 1 {
            player.add(Blackjack.card(using: &random))
            return Outcome(reward: player.isBust ? -1 : 0, ending: player.isBust ? .terminated : .running)
        }
        while dealer.total < 17 { dealer.add(Blackjack.card(using: &random)) }
        let reward = BlackjackModel.reward(
            player: player.score, isNatural: player.isNatural, dealer: dealer.score, dealerIsNatural: dealer.isNatural,
            rules: rules)
        return Outcome(reward: Float(reward), ending: .terminated)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(BlackjackModel.observation(total: min(player.total, 31), shown: shown, usableAce: player.usableAce))
    }

    /// What the player sees: the dealer's open card and their own total.
    public func draw(on scene: inout Scene) {
        scene.bounds = Rectangle(x: 0, y: 0, width: 6, height: 5)
        scene.background = Colour(20, 90, 70)
        let ink = Colour(30, 34, 42), pale = Colour(226, 238, 232)
        func card(_ words: String, at x: Double, _ y: Double) {
            scene.rectangle(Rectangle(x: x, y: y, width: 1.1, height: 1.5), corner: 0.12, .white)
            scene.text(words, at: Point(x + 0.55, y + 0.75), height: 0.45, ink)
        }
        scene.text("dealer", at: Point(0.4, 1.15), height: 0.28, pale, .leading)
        card(shown == 1 ? "A" : "\(shown)", at: 2.3, 0.4)
        scene.rectangle(Rectangle(x: 3.6, y: 0.4, width: 1.1, height: 1.5), corner: 0.12, Colour(150, 60, 56))
        scene.rectangle(Rectangle(x: 3.72, y: 0.52, width: 0.86, height: 1.26), corner: 0.06, Colour(178, 84, 78))
        scene.text("player", at: Point(0.4, 3.65), height: 0.28, pale, .leading)
        card("\(player.total)", at: 2.3, 2.9)
        scene.text("\(player.cards) cards", at: Point(3.7, 3.4), height: 0.22, pale, .leading)
        if player.usableAce { scene.text("ace counts 11", at: Point(3.7, 3.9), height: 0.22, pale, .leading) }
    }

    /// Player's total, dealer's card, whether an ace counts 11: Gymnasium's observation.
    public var state: [Double] { [Double(player.total), Double(shown), player.usableAce ? 1 : 0] }

    /// The state of `BlackjackModel`.
    public var modelState: Int {
        player.isNatural
            ? Blackjack.observationCount + shown
            : BlackjackModel.observation(total: min(player.total, 31), shown: shown, usableAce: player.usableAce)
    }

    public func save(into archive: inout Archive) {
        archive.store(
            [player.sum, player.aces, player.cards, dealer.sum, dealer.aces, dealer.cards, shown].map(Int64.init), as: "hands")
    }
    public mutating func load(from archive: Archive) throws(ArchiveError) {
        let hands = try archive.int64s("hands", count: 7).map { Int($0) }
        guard hands.allSatisfy({ (0...100_000).contains($0) }), (1...10).contains(hands[6]) else {
            throw ArchiveError("\"hands\" are not hands of cards")
        }
        player = BlackjackHand(sum: hands[0], aces: hands[1], cards: hands[2])
        dealer = BlackjackHand(sum: hands[3], aces: hands[4], cards: hands[5])
        shown = hands[6]
    }
}

extension Blackjack {
    public static let specification = EnvironmentSpecification(
        "blackjack", version: 1, summary: "come closer to 21 than the dealer (Gymnasium's Blackjack-v1)", timeLimit: 100,
        threshold: nil, observationNames: ["(player's total * 11 + dealer's card) * 2 + usable ace"],
        actionNames: ["stick", "hit"],
        declarations: [
            SettingDeclaration("sab", .boolean(true), help: "Sutton and Barto's rule: a natural beats all but a natural"),
            SettingDeclaration("natural", .boolean(false), help: "winning with a natural pays 1.5 (with sab=false only)"),
        ],
        modelState: { (world: Blackjack) in world.modelState },
        model: { (settings) throws(SettingError) in BlackjackModel(rules: rules(settings)) }
    ) { (settings) throws(SettingError) in Blackjack(rules: rules(settings)) }

    private static func rules(_ settings: Settings) -> BlackjackRules {
        settings.boolean("sab") ? .suttonBarto : settings.boolean("natural") ? .natural : .plain
    }
}
