// Quantities that change with the steps of a run: learning rates, ε of exploration.

/// A value for every environment step or update, counted from the start of the run and fixed when the run is created.
public indirect enum Schedule: Hashable, Sendable {
    case constant(Double)
    /// `from` at step 0, `to` from step `steps` on, a straight line between.
    case linear(from: Double, to: Double, steps: Int)
    /// from · (to/from)^(step/steps), then `to`; both positive.
    case exponential(from: Double, to: Double, steps: Int)
    /// `from`, multiplied by `factor` after every `every` steps.
    case staircase(from: Double, factor: Double, every: Int)
    /// from / (1 + step/half): half of it at step `half`, a third at 2 · half (Robbins & Monro 1951).
    case inverse(from: Double, half: Int)
    /// to + (from − to)·(1 + cos(π·step/steps))/2, then `to` (Loshchilov & Hutter 2017, equation 5, one period).
    case cosine(from: Double, to: Double, steps: Int)
    /// From `low` to `high` in `half` steps, back in as many, and again (Smith 2017, "triangular").
    case triangular(low: Double, high: Double, half: Int)
    /// The first `every` steps of another schedule, again and again: with a cosine, its warm restarts.
    case repeating(Schedule, every: Int)
    /// A straight line that reaches another schedule's beginning with step `steps` − 1 (Goyal et al. 2017, 2.2), then that schedule.
    case warmUp(steps: Int, then: Schedule)

    /// - Precondition: `step` is not negative.
    /// - Complexity: O(log step) for `staircase`, else O(1); called once per step.
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
            return step >= steps ? to : geometricallyBetween(from, to, Double(step) / Double(steps))
        case .staircase(let from, let factor, let every):
            precondition(every > 0, "a staircase needs a step of at least 1, got \(every)")
            return from * power(factor, step / every)
        case .inverse(let from, let half):
            precondition(half > 0, "an inverse schedule halves after at least 1 step, got \(half)")
            return from / (1 + Double(step) / Double(half))
        case .cosine(let from, let to, let steps):
            return step >= steps ? to : to + (from - to) * (1 + cosineOfHalfTurns(Double(step) / Double(steps))) / 2
        case .triangular(let low, let high, let half):
            precondition(half > 0, "a triangular schedule rises in at least 1 step, got \(half)")
            let place = step % (2 * half)
            return low + (high - low) * (Double(min(place, 2 * half - place)) / Double(half))
        case .repeating(let schedule, let every):
            precondition(every > 0, "a schedule repeats after at least 1 step, got \(every)")
            return schedule.value(at: step % every)
        case .warmUp(let steps, let schedule):
            if step >= steps { return schedule.value(at: step - steps) }
            return schedule.value(at: 0) * (Double(step + 1) / Double(steps))
        }
    }
}

// No maths library: these need none, and the bits are the same on every machine.

/// from · (to/from)^share: halving the interval sixty times leaves an error of some units in the last place.
func geometricallyBetween(_ from: Double, _ to: Double, _ share: Double) -> Double {
    var low = from, high = to, share = share
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

private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0, base = base, exponent = exponent
    while exponent > 0 {
        if exponent & 1 == 1 { result *= base }
        base *= base
        exponent >>= 1
    }
    return result
}

/// cos(π · share) for a share in 0 ..< 1: the angle's binary digits one by one, each a turn by half the angle before.
private func cosineOfHalfTurns(_ share: Double) -> Double {
    var cosine = 1.0, sine = 0.0, rest = share
    // Of the angle of the digit at hand, the quarter turn at first.
    var digitCosine = 0.0, digitSine = 1.0
    for _ in 0..<53 {
        rest *= 2
        if rest >= 1 {
            rest -= 1
            (cosine, sine) = (cosine * digitCosine - sine * digitSine, sine * digitCosine + cosine * digitSine)
        }
        let half = ((1 + digitCosine) / 2).squareRoot()
        digitSine /= 2 * half
        digitCosine = half
    }
    return cosine
}
