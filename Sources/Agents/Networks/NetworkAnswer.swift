// What the numbers that a network ends with stand for, and how a score of an action depends on them.
import Kernels
import RLCore

enum NetworkAnswer {
    /// Returns of the actions.
    case values(ReturnModel)
    /// Preferences, whose softmax are the actions' probabilities.
    case preferences
    /// A normal distribution's mean in each dimension, and its deviations.
    case means(deviations: () -> [Double])

    var hasValues: Bool { if case .values = self { true } else { false } }
    /// The score is an action itself, not one for each of several.
    var isContinuous: Bool { if case .means = self { true } else { false } }

    /// One number for each action: its value, its preference, or a dimension's mean.
    func scores(of outputs: Floats) -> [Double] {
        guard case .values(let returns) = self else { return outputs.array.map { Double($0) } }
        let count = outputs.count / returns.width
        let means = Storage<Float>(count: count), shares = Storage<Float>(count: outputs.count)
        returns.means(of: outputs, count: count, probabilities: shares.all, into: means.all)
        return means.all.array.map { Double($0) }
    }

    /// ∂(Σ weights · scores)/∂outputs, of the outputs' shape. `weights`: one for each action.
    func slopes(of weights: [Double], at outputs: Floats) -> [Float] {
        guard case .values(let returns) = self else { return weights.map { Float($0) } }
        let width = returns.width
        return weights.indices.flatMap { action in
            returns.slopes(at: outputs.row(action, width: width)).map { Float(weights[action]) * $0 }
        }
    }

    /// The scores as whoever watches is told them.
    func shown(_ scores: [Double]) -> Insight.Scores {
        switch self {
        case .values: .values(scores)
        case .preferences: .probabilities(softmax(scores))
        case .means(let deviations): .normal(means: scores, deviations: deviations())
        }
    }

    /// ∂s/∂scores, s what `shown` tells of action `chosen`: [actions].
    func shownSlopes(of chosen: Int, _ scores: [Double]) -> [Double] {
        guard case .preferences = self else { return scores.indices.map { $0 == chosen ? 1 : 0 } }
        // ∂pₐ/∂z = pₐ(1ₐ − p), with 1 − pₐ as the sum of the others: it stays above 0 where pₐ rounds to 1.
        let p = softmax(scores)
        let rest = p.indices.reduce(0) { $1 == chosen ? $0 : $0 + p[$1] }
        return p.indices.map { p[chosen] * ($0 == chosen ? rest : -p[$0]) }
    }
}

/// Probabilities from their logarithms up to a constant.
func softmax(_ preferences: [Double]) -> [Double] {
    let top = preferences.max() ?? 0
    let weights = preferences.map { ScalarMaths.exp($0 - top) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
}
