// One pass of Bellman's optimality operator over a finite model that lies in flat arrays: the inner loop of value iteration.

import CVector

/// A finite decision process as planning reads it, pair p = state · actionCount + action by pair.
///
/// Pair p has the outcomes offsets[p] ..< offsets[p + 1]; outcomes after which the future is worth nothing are left out.
@frozen @safe public struct SweepModel: Sendable {
    public let stateCount: Int
    public let actionCount: Int
    /// [pairs + 1]
    public let offsets: Integers
    /// [outcomes]: the state that follows.
    public let next: Integers
    /// [outcomes]: its probability.
    public let weights: Buffer<Double>
    /// [pairs]: the expected reward, of all outcomes.
    public let rewards: Buffer<Double>
    /// Every pair has exactly one outcome (its weight may be 0): sweeps then read no offsets.
    public let isSingle: Bool

    /// - Precondition: lengths fit, offsets ascend, and every `next` is a state; checked here once, not in the sweeps.
    public init(
        stateCount: Int, actionCount: Int, offsets: Integers, next: Integers, weights: Buffer<Double>, rewards: Buffer<Double>
    ) {
        let pairs = stateCount * actionCount
        guard actionCount > 0, offsets.count == pairs + 1, rewards.count == pairs, next.count == weights.count,
            offsets.base[0] == 0, Int(offsets.base[pairs]) == next.count
        else { fatalError("a model of \(stateCount) states and \(actionCount) actions whose arrays do not fit") }
        for p in 0..<pairs where offsets.base[p] > offsets.base[p + 1] { fatalError("the outcomes of pair \(p) run backwards") }
        for t in 0..<next.count where next.base[t] < 0 || Int(next.base[t]) >= stateCount {
            fatalError("outcome \(t) leads to state \(next.base[t]) of \(stateCount)")
        }
        self.stateCount = stateCount
        self.actionCount = actionCount
        self.offsets = offsets
        self.next = next
        self.weights = weights
        self.rewards = rewards
        isSingle = next.count == pairs && !(0..<pairs).contains { offsets.base[$0] != Int32($0) }
    }

    /// Bytes that one sweep moves at the least: the model once, each value read once and written once.
    public var bytesPerSweep: Int {
        4 * ((isSingle ? 0 : offsets.count) + next.count) + 8 * (weights.count + rewards.count) + 16 * stateCount
    }
}

public enum BellmanSweep {
    /// Pairs between what is worked on and what is asked of the memory: two pages of numbers.
    private static let ahead = 1024

    /// new[s] ← maxₐ (r(s, a) + γ Σ p · values[s′]): Sutton & Barto 2018, equation 4.10. `values` and `new`: [states].
    ///
    /// With the same buffer for both, every state sees the newest values of the states before it (Gauss–Seidel).
    /// - Returns: the largest |new[s] − old[s]|.
    public static func optimal(
        _ model: SweepModel, discount: Double, from values: Buffer<Double>, into new: Buffer<Double>
    ) -> Double {
        guard values.count == model.stateCount && new.count == model.stateCount else {
            fatalError("a sweep over \(model.stateCount) states with \(values.count) and \(new.count) values")
        }
        // Four actions are the grid worlds: their loop is unrolled.
        if model.isSingle {
            return model.actionCount == 4
                ? sweepSingle(model, actions: 4, discount, values.base, new.base)
                : sweepSingle(model, actions: model.actionCount, discount, values.base, new.base)
        }
        return model.actionCount == 4
            ? sweep(model, actions: 4, discount, values.base, new.base)
            : sweep(model, actions: model.actionCount, discount, values.base, new.base)
    }

    @inline(__always) private static func sweep(
        _ model: SweepModel, actions: Int, _ discount: Double, _ values: UnsafePointer<Double>,
        _ new: UnsafeMutablePointer<Double>
    ) -> Double {
        let offsets = model.offsets.base, next = model.next.base, weights = model.weights.base, rewards = model.rewards.base
        var largest = 0.0
        var pair = 0
        var t = 0
        for state in 0..<model.stateCount {
            var best = -Double.infinity
            for _ in 0..<actions {
                let end = Int(offsets[pair + 1])
                var future = 0.0
                while t < end {
                    future += weights[t] * values[Int(next[t])]
                    t += 1
                }
                let value = rewards[pair] + discount * future
                best = value > best ? value : best
                pair += 1
            }
            let change = (best - values[state]).magnitude
            largest = change > largest ? change : largest
            new[state] = best
        }
        return largest
    }

    @inline(__always) private static func sweepSingle(
        _ model: SweepModel, actions: Int, _ discount: Double, _ values: UnsafePointer<Double>,
        _ new: UnsafeMutablePointer<Double>
    ) -> Double {
        let next = model.next.base, weights = model.weights.base, rewards = model.rewards.base
        var largest = 0.0
        for state in 0..<model.stateCount {
            let first = state * actions
            // The hardware starts anew at every page of each stream, and fetches three fifths of what it could.
            prefetch_line(next + (first + ahead))
            prefetch_line(weights + (first + ahead))
            prefetch_line(rewards + (first + ahead))
            var best = -Double.infinity
            for pair in first..<first + actions {
                let value = rewards[pair] + discount * (weights[pair] * values[Int(next[pair])])
                best = value > best ? value : best
            }
            let change = (best - values[state]).magnitude
            largest = change > largest ? change : largest
            new[state] = best
        }
        return largest
    }

    /// new[s] ← r(s, a) + γ Σ p · values[s′] for the one action `actions[s]` of each state: equation 4.5 of the same.
    ///
    /// - Precondition: every action is one of the model's.
    /// - Returns: the largest |new[s] − old[s]|.
    public static func following(
        _ actions: Integers, _ model: SweepModel, discount: Double, from values: Buffer<Double>, into new: Buffer<Double>
    ) -> Double {
        guard values.count == model.stateCount && new.count == model.stateCount && actions.count == model.stateCount else {
            fatalError("a sweep over \(model.stateCount) states with \(values.count) and \(new.count) values")
        }
        var largest = 0.0
        for state in 0..<model.stateCount {
            let action = Int(actions.base[state])
            guard action >= 0 && action < model.actionCount else {
                fatalError("state \(state) is told action \(action) of \(model.actionCount)")
            }
            let pair = state * model.actionCount + action
            var future = 0.0
            for t in Int(model.offsets.base[pair])..<Int(model.offsets.base[pair + 1]) {
                future += model.weights.base[t] * values.base[Int(model.next.base[t])]
            }
            let value = model.rewards.base[pair] + discount * future
            let change = (value - values.base[state]).magnitude
            largest = change > largest ? change : largest
            new.base[state] = value
        }
        return largest
    }
}
