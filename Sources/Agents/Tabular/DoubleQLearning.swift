// Double Q-learning: one table chooses the best next action, the other values it, so that luck is not taken for worth.
import Basics
import Kernels
import RLCore

/// With chance ½ each: Q₁(s, a) ← Q₁(s, a) + α [r + γ Q₂(s′, argmaxₐ′ Q₁(s′, a′)) − Q₁(s, a)], or the same with the tables exchanged:
/// Sutton & Barto 2018, equation 6.10. It acts by the mean of both; the visits that set α are those of each table.
struct DoubleQLearning: TabularRule {
    /// (Q₁ + Q₂) / 2, kept up to date pair by pair.
    let table: ActionValueTable
    let first: ActionValueTable
    let second: ActionValueTable

    init(_ table: ActionValueTable, initial: Double) {
        self.table = table
        first = ActionValueTable(states: table.stateCount, actions: table.actionCount, initial: initial)
        second = ActionValueTable(states: table.stateCount, actions: table.actionCount, initial: initial)
    }

    func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        let (chooser, judge) = random.next() >> 63 == 0 ? (first, second) : (second, first)
        let pair = table.pair(step.state, step.action)
        let future = step.discount == 0 ? 0 : judge[step.successor, chooser.bestAction(step.successor)]
        chooser.move(pair, toward: step.reward + step.discount * future, size, &errors)
        table.values[pair] = (first.values[pair] + second.values[pair]) / 2
        table.visits[pair] += 1
    }

    var byteCount: Int { first.byteCount + second.byteCount }
    func save(into archive: inout Archive) {
        archive.store(part: "first") { first.save(into: &$0) }
        archive.store(part: "second") { second.save(into: &$0) }
    }
    func load(from archive: Archive) throws(ArchiveError) {
        try first.load(from: archive.part("first"))
        try second.load(from: archive.part("second"))
    }

    static let specification = AlgorithmSpecification.tabular(
        "double-q-learning", summary: "double Q-learning in two tables: without the maximum's optimism",
        source: "van Hasselt 2010, Double Q-learning; Sutton & Barto 2018, section 6.7"
    ) { (table, _, hyper, _) in DoubleQLearning(table, initial: hyper.initialValue) }
}
