// What a network says of an action's return: its mean, the probabilities of fixed values, or its quantiles.
import Kernels
import Neural
import RLCore

enum ReturnModel: Hashable, Sendable {
    /// One number, Q(s, a).
    case mean
    /// Probabilities of `atoms` values evenly spaced from `low` to `high`, before the softmax (C51: Bellemare et al. 2017).
    case categorical(atoms: Int, low: Float, high: Float)
    /// The returns that are not passed with probability (2i + 1)/2n, i from 0 on (QR-DQN: Dabney et al. 2018).
    case quantiles(Int)

    /// Numbers that the network gives for an action.
    var width: Int {
        switch self {
        case .mean: 1
        case .categorical(let atoms, _, _): atoms
        case .quantiles(let count): count
        }
    }

    /// values ← the mean return of each action: outputs [rows, actions · width], values [rows, actions]; for categories,
    /// probabilities ← the softmax of the outputs, of their shape.
    ///
    /// - Parameter count: rows · actions.
    func means(of outputs: Floats, count: Int, probabilities: Floats, into values: Floats) {
        switch self {
        case .mean: values.copy(from: outputs)
        case .categorical(let atoms, let low, let high):
            Softmax.rows(outputs, width: atoms, rows: count, into: probabilities)
            let spacing = (high - low) / Float(atoms - 1)
            for i in 0..<count {
                let row = probabilities.row(i, width: atoms)
                var sum: Float = 0
                for j in 0..<atoms { sum += row[j] * (low + Float(j) * spacing) }
                values[i] = sum
            }
        case .quantiles(let number):
            Reduction.rowSums(outputs, width: number, rows: count, into: values)
            for i in 0..<count { values[i] /= Float(number) }
        }
    }

    /// ∂mean/∂outputs of one action, both [width].
    func slopes(at outputs: Floats) -> [Float] {
        switch self {
        case .mean: return [1]
        case .categorical(let atoms, let low, let high):
            // Of a softmax: ∂(Σ p·z)/∂ logits = p ⊙ (z − Σ p·z).
            let shares = Storage<Float>(count: atoms), mean = Storage<Float>(count: 1)
            means(of: outputs, count: 1, probabilities: shares.all, into: mean.all)
            let spacing = (high - low) / Float(atoms - 1)
            return (0..<atoms).map { shares.all[$0] * (low + Float($0) * spacing - mean.all[0]) }
        case .quantiles(let number): return Array(repeating: 1 / Float(number), count: number)
        }
    }

    /// targets [rows, width] ← what the chosen actions should say: r + γ′Z of the successor's return Z, given as the successor's
    /// means, probabilities or quantiles [rows, width].
    func targets(rewards: Floats, discounts: Floats, successors: Floats, into targets: Floats) {
        switch self {
        case .mean: oneStepTargets(rewards: rewards, discounts: discounts, values: successors, into: targets)
        case .categorical(let atoms, let low, let high):
            CategoricalProjection.project(
                successors, rewards: rewards, discounts: discounts, low: low, high: high, atoms: atoms, rows: rewards.count,
                into: targets)
        case .quantiles(let number):
            for r in 0..<rewards.count {
                for j in 0..<number { targets[r * number + j] = rewards[r] + discounts[r] * successors[r * number + j] }
            }
        }
    }

    /// What a row's prediction [width] costs against its target [width].
    func loss(of prediction: Node, to target: Node, huber: Bool) -> Node {
        switch self {
        case .mean:
            let difference = prediction.subtracting(target)
            return huber ? difference.huber() : difference.squared()
        case .categorical: return prediction.crossEntropy(target: target)
        case .quantiles: return prediction.quantileHuber(to: target)
        }
    }
}
