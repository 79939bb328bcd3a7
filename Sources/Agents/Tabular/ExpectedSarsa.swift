// Expected SARSA: the mean over what the policy may do next, instead of what it happened to do.
import Basics
import RLCore

/// Q(s, a) ← Q(s, a) + α [r + γ Σₐ′ π(a′ | s′) Q(s′, a′) − Q(s, a)], π ε-greedy: Sutton & Barto 2018, equation 6.9.
struct ExpectedSarsa: TabularRule {
    let table: ActionValueTable

    func learn(from step: Experience, _ size: StepSize, _ errors: inout ErrorMean, using random: inout RandomSource) {
        table.move(
            table.pair(step.state, step.action),
            toward: step.reward + step.discount * table.expectation(step.successor, epsilon: step.epsilon), size, &errors)
    }

    static let specification = AlgorithmSpecification.tabular(
        "expected-sarsa", summary: "expected SARSA in a table: on policy, without the next action's chance",
        source: "van Seijen et al. 2009; Sutton & Barto 2018, section 6.6", finalEpsilon: 0
    ) { (table, _, _, _) in ExpectedSarsa(table: table) }
}
