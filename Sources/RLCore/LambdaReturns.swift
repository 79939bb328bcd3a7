// λ-returns over a rollout, and the advantages that belong to them; what may be bootstrapped is said by the rule in Returns.swift.
public import Kernels

/// G(t) = r(t) + d(t)·((1 − λ)·v′(t) + λ·G(t + 1)) while the episode goes on inside the rollout, r(t) + d(t)·v′(t) where it ends or the
/// rollout does (Sutton & Barto 2018, equation 12.2 written backwards).
///
/// λ = 0 is the one-step target, λ = 1 the discounted return. Less the values of the states they start in, these are the generalised
/// advantages Σ (γλ)ˡ δ(t + l) (Schulman et al. 2016, equation 16).
///
/// - Parameters:
///   - rewards: [steps, lanes]; so are all others, and `returns`.
///   - discounts: `bootstrapDiscount(after:discount:)` of each step: 0 after a termination.
///   - successorValues: of the true successor, also where the lane has been reset; not read where the discount is 0.
///   - endings: raw values of `Ending`; a return never reaches past one that is not `.running`.
public func lambdaReturns(
    rewards: Floats, discounts: Floats, successorValues: Floats, endings: Bytes, lambda: Float, lanes: Int, into returns: Floats
) {
    let count = rewards.count
    precondition(
        lanes > 0 && count % lanes == 0 && discounts.count == count && successorValues.count == count && endings.count == count
            && returns.count == count, "λ-returns of \(count) rewards in \(lanes) lanes")
    for i in stride(from: count - 1, through: 0, by: -1) {
        var future = successorValues[i]
        if i + lanes < count && endings[i] == Ending.running.rawValue {
            future = (1 - lambda) * future + lambda * returns[i + lanes]
        }
        // Nothing times an infinity is no number: a termination must not read the value at all.
        returns[i] = discounts[i] == 0 ? rewards[i] : rewards[i] + discounts[i] * future
    }
}

/// x ← (x − mean) / (deviation + 1e-8), the deviation with n − 1 as Stable-Baselines3 has it; one number alone stays as it is.
public func standardise(_ x: Floats) {
    guard x.count > 1 else { return }
    var sum = 0.0, squares = 0.0
    for i in 0..<x.count { sum += Double(x[i]) }
    let mean = sum / Double(x.count)
    for i in 0..<x.count { squares += (Double(x[i]) - mean) * (Double(x[i]) - mean) }
    let deviation = (squares / Double(x.count - 1)).squareRoot()
    let scale = Float(1 / (deviation + 1e-8))
    for i in 0..<x.count { x[i] = (x[i] - Float(mean)) * scale }
}
