// What a world that claims a model must obey: played at random, it does what the model says, as often as the model says.
import Basics
import Kernels

/// Plays random actions and lists where the world and its model disagree, in sentences; an empty list is a pass.
///
/// The laws: the model is well formed; what is seen is the observation of the state; nothing happens that the model does not know;
/// starts and outcomes come about as often as the model says (within six standard deviations and three counts).
///
/// - Parameter state: the number that the model gives to the world as it is now.
public func brokenModelLaws<World: Environment>(
    of world: World, model: some MDP, seed: UInt64 = 0, steps: Int = 200_000, state: (World) -> Int
) -> [String] {
    let rules: TabulatedModel
    do {
        rules = try TabulatedModel(model)
    } catch {
        return ["the model is not well formed: \(error)"]
    }
    var broken: [String] = []
    func law(_ holds: Bool, _ sentence: @autoclosure () -> String) {
        if !holds && broken.count < 20 { broken.append(sentence()) }
    }
    law(world.observationSpace == .discrete(rules.observationCount), "the model has \(rules.observationCount) observations")
    law(world.actionSpace == .discrete(rules.actionCount), "the model has \(rules.actionCount) actions")
    guard broken.isEmpty else { return broken }

    var random = RandomSource(seed: seed, key: [0])
    var chooser = RandomSource(seed: seed, key: [1])
    let view = RowStorage(count: 1, space: world.observationSpace)
    var here = world
    var starts = Tally()
    var tallies: [Int: Tally] = [:]
    var isOver = true
    var age = 0
    for _ in 0..<steps {
        // Also left alone after a while, or a world that rarely ends would hardly ever be seen to start.
        if isOver || age == 200 {
            here.reset(using: &random)
            starts.count(Turn(next: state(here), reward: 0, terminates: false))
            age = 0
        }
        age += 1
        let before = state(here)
        let action = chooser.below(rules.actionCount)
        let outcome = here.step(.discrete(action), using: &random)
        isOver = outcome.ending != .running
        tallies[before * rules.actionCount + action, default: Tally()].count(
            Turn(next: state(here), reward: outcome.reward, terminates: outcome.ending == .terminated))
        view.rows.floats.withSpan { here.observe(into: &$0) }
        let seen = Int(rules.observations[state(here)])
        law(view.rows.floats[0] == Float(seen), "state \(state(here)) is seen as \(view.rows.floats[0]), the model says \(seen)")
    }

    var expected: [Turn: Double] = [:]
    for start in rules.starts { expected[Turn(next: start.state, reward: 0, terminates: false), default: 0] += start.probability }
    broken += starts.disagreements(with: expected, "a start")
    for (row, tally) in tallies.sorted(by: { $0.key < $1.key }) {
        let state = row / rules.actionCount, action = row % rules.actionCount
        var expected: [Turn: Double] = [:]
        for entry in rules.transitions(of: action, in: state) {
            let turn = Turn(
                next: Int(rules.nexts[entry]), reward: Float(rules.rewards[entry]), terminates: rules.terminates[entry] != 0)
            expected[turn, default: 0] += rules.probabilities[entry]
        }
        broken += tally.disagreements(with: expected, "action \(action) in state \(state)")
    }
    return Array(broken.prefix(20))
}

private struct Turn: Hashable {
    let next: Int
    let reward: Float
    let terminates: Bool
}

private struct Tally {
    private var counts: [Turn: Int] = [:]
    private var total = 0

    mutating func count(_ turn: Turn) {
        counts[turn, default: 0] += 1
        total += 1
    }
    func disagreements(with expected: [Turn: Double], _ what: String) -> [String] {
        var found: [String] = []
        for (turn, count) in counts where (expected[turn] ?? 0) == 0 {
            found.append("\(what) came out \(count) times as \(turn), which the model does not know")
        }
        for (turn, share) in expected where share > 0 {
            let mean = share * Double(total)
            let tolerance = 6 * (mean * (1 - share)).squareRoot() + 3
            let count = Double(counts[turn] ?? 0)
            if abs(count - mean) > tolerance || (share == 1 && counts[turn] != total) {
                found.append("\(what) came out \(count) times of \(total) as \(turn), the model says \(mean)")
            }
        }
        return found.sorted()
    }
}
