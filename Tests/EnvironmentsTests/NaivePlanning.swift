// Bellman's equation swept until it stands still, as plainly as it can be written: the oracle for the worlds' golden values.

import RLCore

/// The value of every state by Gauss–Seidel sweeps, under the best action, or under `policy` (probabilities by state and action).
func naiveValues(
    _ model: some MDP, discount: Double, policy: ((Int, Int) -> Double)? = nil, tolerance: Double = 1e-14
) -> [Double] {
    let rules = (0..<model.stateCount).map { state in
        (0..<model.actionCount).map { model.transitions(of: $0, in: state) }
    }
    var values = [Double](repeating: 0, count: model.stateCount)
    for _ in 0..<100_000 {
        var change = 0.0
        for state in values.indices {
            let actions = rules[state].map { worth($0, values, discount) }
            let new =
                if let policy {
                    actions.indices.reduce(0) { $0 + policy(state, $1) * actions[$1] }
                } else {
                    actions.max() ?? 0
                }
            change = max(change, abs(new - values[state]))
            values[state] = new
        }
        if change < tolerance { break }
    }
    return values
}

/// Of the actions within 1e-9 of the best, the first.
func greedyActions(_ model: some MDP, _ values: [Double], discount: Double) -> [Int] {
    values.indices.map { state in
        let actions = (0..<model.actionCount).map { worth(model.transitions(of: $0, in: state), values, discount) }
        let best = actions.max() ?? 0
        return actions.firstIndex { $0 > best - 1e-9 } ?? 0
    }
}

/// The best expected return within `steps` steps, undiscounted.
func naiveValues(_ model: some MDP, within steps: Int) -> [Double] {
    var values = [Double](repeating: 0, count: model.stateCount)
    for _ in 0..<steps {
        values = values.indices.map { state in
            (0..<model.actionCount).map { worth(model.transitions(of: $0, in: state), values, 1) }.max() ?? 0
        }
    }
    return values
}

func startValue(_ model: some MDP, _ values: [Double]) -> Double {
    model.starts.reduce(0) { $0 + $1.probability * values[$1.state] }
}

func isNear(_ a: Double, _ b: Double, within tolerance: Double) -> Bool { abs(a - b) <= tolerance }
func isNear(_ a: [Double], _ b: [Double], within tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { isNear($0, $1, within: tolerance) }
}

private func worth(_ ways: [Transition], _ values: [Double], _ discount: Double) -> Double {
    ways.reduce(0) { $0 + $1.probability * ($1.reward + ($1.terminates ? 0 : discount * values[$1.next])) }
}
