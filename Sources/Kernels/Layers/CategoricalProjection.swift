// A distribution over fixed atoms, moved by a reward, shrunk by a discount and put back onto the atoms (Bellemare et al. 2017).

public enum CategoricalProjection {
    /// The target of C51 (algorithm 1): `probabilities` [rows, atoms] of the successor; rewards and discounts [rows], the discount 0
    /// where the episode has terminated; atoms evenly spaced from `low` to `high`.
    ///
    /// Each atom's mass goes to T z = clip(r + discount·z, low, high) and is shared between its two neighbours by distance; rows keep
    /// their sum. Where T z is an atom, all of its mass stays there, which the printed algorithm (l = u) would lose. A reward or discount
    /// that is NaN makes its row NaN.
    public static func project(
        _ probabilities: Floats, rewards: Floats, discounts: Floats, low: Float, high: Float, atoms: Int, rows: Int,
        into targets: Floats
    ) {
        guard atoms > 1, low < high, probabilities.count == rows * atoms, targets.count == rows * atoms,
            rewards.count == rows, discounts.count == rows
        else {
            fatalError(
                "categorical projection: \(probabilities.count) and \(targets.count) floats, \(rewards.count) rewards and "
                    + "\(discounts.count) discounts for \(rows) rows of \(atoms) atoms from \(low) to \(high)")
        }
        targets.fill(0)
        let spacing = (high - low) / Float(atoms - 1)
        for r in 0..<rows {
            let from = probabilities.base + r * atoms, to = targets.base + r * atoms
            for j in 0..<atoms {
                let moved = rewards.base[r] + discounts.base[r] * (low + Float(j) * spacing)
                let place = (max(low, min(high, moved)) - low) / spacing
                // What is no number has no place: atom 0 says so, and the loss says it to the learner.
                let lower = moved == moved ? min(Int(place), atoms - 2) : 0
                let share = moved == moved ? place - Float(lower) : moved
                to[lower] += from[j] * (1 - share)
                to[lower + 1] += from[j] * share
            }
        }
    }
}
