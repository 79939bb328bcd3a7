// Quantities that change with the steps of a run: learning rates, ε of exploration.

/// A value for every environment step, counted from the start of the run and fixed when the run is created.
public enum Schedule: Hashable, Sendable {
    case constant(Double)
    /// `from` at step 0, `to` from step `steps` on, a straight line between.
    case linear(from: Double, to: Double, steps: Int)
    /// from · (to/from)^(step/steps), then `to`; both positive.
    case exponential(from: Double, to: Double, steps: Int)

    /// - Precondition: `step` is not negative.
    /// - Complexity: O(1); called once per step.
    public func value(at step: Int) -> Double {
        precondition(step >= 0, "a schedule starts at step 0, got \(step)")
        switch self {
        case .constant(let value):
            return value
        case .linear(let from, let to, let steps):
            if step >= steps { return to }
            return from + (to - from) * (Double(step) / Double(steps))
        case .exponential(let from, let to, let steps):
            precondition(from > 0 && to > 0, "an exponential schedule needs positive ends, got \(from) and \(to)")
            if step >= steps { return to }
            // Halving the interval sixty times needs no maths library, and the error stays within some units in the last place.
            var low = from, high = to, share = Double(step) / Double(steps)
            for _ in 0..<60 {
                let middle = (low * high).squareRoot()
                share *= 2
                if share >= 1 {
                    low = middle
                    share -= 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }
}
