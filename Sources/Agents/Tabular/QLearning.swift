// Q-learning: the value of the best next action, whatever is done next (Watkins 1989).
import Basics
import RLCore

/// Q(s, a) ← Q(s, a) + α [r + γ maxₐ′ Q(s′, a′) − Q(s, a)]: Sutton & Barto 2018, equation 6.8.
struct QLearning: TabularRule {
    let table: ActionValueTable

    func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        table.move(
            table.pair(step.state, step.action), toward: step.reward + step.discount * table.best(step.successor), size, &errors)
    }

    static let specification = AlgorithmSpecification.tabular(
        "q-learning", summary: "Q-learning in a table: off policy, one step",
        source: "Watkins 1989, Learning from delayed rewards; Sutton & Barto 2018, section 6.5"
    ) { (table, _, _, _) in QLearning(table: table) }
}
