// What the future is worth: the one bootstrap rule of the house, and returns built on it.
public import Kernels

/// How much of the successor's value a transition's target may use: nothing after a termination, the discount otherwise.
///
/// A truncated episode was still worth something where it was cut, so it bootstraps like a running one (Pardo et al. 2018).
@inlinable public func bootstrapDiscount(after ending: Ending, discount: Float) -> Float {
    ending == .terminated ? 0 : discount
}

/// targets[r] ← rewards[r] + discounts[r] · values[r]: Sutton & Barto 2018, equation 6.2, with the rule above in `discounts`.
public func oneStepTargets(rewards: Floats, discounts: Floats, values: Floats, into targets: Floats) {
    for r in 0..<targets.count { targets[r] = rewards[r] + discounts[r] * values[r] }
}
