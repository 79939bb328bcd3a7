// What a given policy is worth, exactly: the linear system v = r + γ P v (Sutton & Barto 2018, equation 4.4).

public enum ExactEvaluation {
    /// Up to this many states the system is solved by elimination, beyond it by sweeps.
    static let largestDense = 128

    /// - Parameter actions: [states]; −1 where the state is absorbing.
    /// - Returns: [states].
    /// - Throws: undiscounted, where the policy's value is not finite.
    public static func values(
        ofActions actions: [Int], in model: PlanningModel, discount: Double
    ) throws(PlanningError) -> [Double] {
        precondition(actions.count == model.stateCount, "\(actions.count) actions for \(model.stateCount) states")
        var probabilities = [Double](repeating: 0, count: model.stateCount * model.actionCount)
        for (state, action) in actions.enumerated() {
            precondition(
                action < model.actionCount && (action >= 0 || model.isAbsorbing[state]),
                "action \(action) in state \(state); there are \(model.actionCount)")
            probabilities[state * model.actionCount + max(action, 0)] = 1
        }
        return try values(ofProbabilities: probabilities, in: model, discount: discount)
    }

    /// - Parameter probabilities: [states, actions]; each row sums to 1.
    /// - Returns: [states].
    /// - Throws: undiscounted, where the policy's value is not finite.
    public static func values(
        ofProbabilities probabilities: [Double], in model: PlanningModel, discount: Double
    ) throws(PlanningError) -> [Double] {
        guard discount > 0 && discount <= 1 else { throw .discountOutOfRange(discount) }
        let chain = RewardChain(model, probabilities)
        let settled = discount == 1 ? try chain.restingStates() : [Bool](repeating: false, count: model.stateCount)
        return model.stateCount <= largestDense
            ? chain.eliminate(discount: discount, settled: settled) : try chain.sweep(discount: discount, settled: settled)
    }

    /// The uniform random policy, [states, actions].
    public static func uniform(_ model: PlanningModel) -> [Double] {
        Array(repeating: 1 / Double(model.actionCount), count: model.stateCount * model.actionCount)
    }
}

/// A Markov chain with rewards: what is left of a decision process once the policy is fixed.
private struct RewardChain {
    /// [states]: the successors that may follow, with their probabilities.
    private var edges: [[(state: Int, probability: Double)]] = []
    private var rewards: [Double] = []
    private var mayTerminate: [Bool] = []

    init(_ model: PlanningModel, _ probabilities: [Double]) {
        for state in 0..<model.stateCount {
            var reward = 0.0
            var ends = false
            var found: [(state: Int, probability: Double)] = []
            for pair in state * model.actionCount..<(state + 1) * model.actionCount where probabilities[pair] > 0 {
                reward += probabilities[pair] * model.reward(pair)
                ends = ends || model.mayTerminate[pair]
                for t in model.outcomes(pair) { found.append((model.successor(t), probabilities[pair] * model.probability(t))) }
            }
            edges.append(found)
            rewards.append(reward)
            mayTerminate.append(ends)
        }
    }

    /// States of closed classes that pay nothing: their value is 0, by being so, not by an equation.
    ///
    /// - Throws: for a closed class that pays.
    func restingStates() throws(PlanningError) -> [Bool] {
        let component = components(of: edges.count) { state in edges[state].map(\.state) }
        var isClosed = [Bool](repeating: true, count: (component.max() ?? -1) + 1)
        for state in edges.indices
        where mayTerminate[state] || edges[state].contains(where: { component[$0.state] != component[state] }) {
            isClosed[component[state]] = false
        }
        for state in edges.indices where isClosed[component[state]] && rewards[state] != 0 {
            throw .policyNeverEnds(state: state)
        }
        return component.map { isClosed[$0] }
    }

    /// Gaussian elimination with row pivots on I − γP, [n, n].
    func eliminate(discount: Double, settled: [Bool]) -> [Double] {
        let n = edges.count
        var matrix = [Double](repeating: 0, count: n * n)
        var values = rewards
        for state in 0..<n {
            matrix[state * n + state] = 1
            guard !settled[state] else { continue }
            for edge in edges[state] { matrix[state * n + edge.state] -= discount * edge.probability }
        }
        for column in 0..<n {
            let pivot = (column..<n).max { matrix[$0 * n + column].magnitude < matrix[$1 * n + column].magnitude }!
            if pivot != column {
                for j in column..<n { matrix.swapAt(column * n + j, pivot * n + j) }
                values.swapAt(column, pivot)
            }
            for row in column + 1..<max(n, column + 1) where matrix[row * n + column] != 0 {
                let factor = matrix[row * n + column] / matrix[column * n + column]
                for j in column..<n { matrix[row * n + j] -= factor * matrix[column * n + j] }
                values[row] -= factor * values[column]
            }
        }
        for row in (0..<n).reversed() {
            for j in row + 1..<max(n, row + 1) { values[row] -= matrix[row * n + j] * values[j] }
            values[row] /= matrix[row * n + row]
        }
        return values
    }

    /// Gauss–Seidel, there and back, each state solved for itself: until nothing moves by 1e-13 of the largest value.
    func sweep(discount: Double, settled: [Bool]) throws(PlanningError) -> [Double] {
        var values = [Double](repeating: 0, count: edges.count)
        var residual = Double.infinity
        let limit = 1_000_000
        for _ in 0..<limit {
            residual = 0
            var largest = 1.0
            func visit(_ state: Int) {
                guard !settled[state] else { return }
                var total = rewards[state]
                var own = 0.0
                for edge in edges[state] {
                    if edge.state == state {
                        own += edge.probability
                    } else {
                        total += discount * edge.probability * values[edge.state]
                    }
                }
                let value = total / (1 - discount * own)
                residual = max(residual, (value - values[state]).magnitude)
                largest = max(largest, value.magnitude)
                values[state] = value
            }
            for state in edges.indices { visit(state) }
            for state in edges.indices.reversed() { visit(state) }
            if residual <= 1e-13 * largest { return values }
        }
        throw .unfinished(sweeps: limit, residual: residual)
    }
}
