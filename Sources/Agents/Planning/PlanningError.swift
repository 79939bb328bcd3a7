// Why a finite world cannot be solved as asked.

public enum PlanningError: Error, Hashable, Sendable {
    /// Discounts lie in (0, 1].
    case discountOutOfRange(Double)
    /// Undiscounted, a cycle through this state earns more with every round.
    case growsWithoutBound(state: Int)
    /// Undiscounted, no choice of actions surely comes to an end, or to rest without reward, from this state.
    case neverEnds(state: Int)
    /// Undiscounted, this policy goes round through this state for ever, with rewards that do not vanish.
    case policyNeverEnds(state: Int)
    /// The values still moved by `residual` after the most sweeps allowed.
    case unfinished(sweeps: Int, residual: Double)
}

extension PlanningError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .discountOutOfRange(let discount):
            "the discount must lie above 0 and be at most 1, \(discount) does not"
        case .growsWithoutBound(let state):
            "values grow without bound at discount 1: a cycle through state \(state) earns more with every round; "
                + "choose a discount below 1"
        case .neverEnds(let state):
            "values diverge at discount 1: from state \(state) no policy surely reaches an end, and the rewards on the way "
                + "do not vanish; choose a discount below 1"
        case .policyNeverEnds(let state):
            "the policy's values diverge at discount 1: it may go round through state \(state) for ever, and the rewards on the way "
                + "do not vanish; choose a discount below 1"
        case .unfinished(let sweeps, let residual):
            "after \(sweeps) sweeps values still changed by \(residual); choose a larger tolerance or a smaller discount, "
                + "or let policy-iteration solve it exactly"
        }
    }
}
