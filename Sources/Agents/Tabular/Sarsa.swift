// SARSA: learns the value of what it does, exploring included (Rummery & Niranjan 1994).
import Basics
import RLCore

/// Q(s, a) ← Q(s, a) + α [r + γ Q(s′, a′) − Q(s, a)], a′ being the action taken next: Sutton & Barto 2018, equation 6.7.
///
/// The update waits until a′ is chosen. Where the episode was truncated no a′ will ever be: there the mean over the policy's
/// choices stands for it, as in expected SARSA.
struct Sarsa: TabularRule {
    let table: ActionValueTable
    /// [lanes]: the pair whose a′ is not yet known (−1: none), and the reward it gave.
    private var waiting: [(pair: Int, reward: Double)]
    private let discount: Double

    init(_ table: ActionValueTable, lanes: Int, discount: Double) {
        self.table = table
        self.discount = discount
        waiting = Array(repeating: (-1, 0), count: lanes)
    }

    mutating func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        let pair = table.pair(step.state, step.action)
        if step.ending == .running {
            waiting[step.lane] = (pair, step.reward)
        } else {
            let future = table.expectation(step.successor, epsilon: step.epsilon)
            table.move(pair, toward: step.reward + step.discount * future, size, &errors)
        }
    }

    mutating func chose(_ action: Int, in state: Int, lane: Int, _ size: StepSize, _ errors: inout ErrorMean) {
        let (pair, reward) = waiting[lane]
        guard pair >= 0 else { return }
        table.move(pair, toward: reward + discount * table[state, action], size, &errors)
        waiting[lane].pair = -1
    }

    func save(into archive: inout Archive) {
        archive.store(waiting.map { Int64($0.pair) }, as: "waiting")
        archive.store(waiting.map(\.reward), as: "rewards")
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        let pairs = try archive.int64s("waiting", count: waiting.count)
        let rewards = try archive.doubles("rewards", count: waiting.count)
        try table.check(pairs, "waiting", from: -1)
        waiting = zip(pairs, rewards).map { (Int($0), $1) }
    }

    static let specification = AlgorithmSpecification.tabular(
        "sarsa", summary: "SARSA in a table: on policy, one step",
        source: "Rummery & Niranjan 1994; Sutton & Barto 2018, section 6.4", finalEpsilon: 0
    ) { (table, lanes, hyper, _) in Sarsa(table, lanes: lanes, discount: hyper.discount) }
}
