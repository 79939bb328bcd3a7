// Draws that are uniform in their logarithm, as learning rates are searched.

extension RandomSource {
    /// low · (high/low)^u with u uniform in [0, 1).
    ///
    /// - Precondition: 0 < low ≤ high.
    public mutating func logUniform(_ low: Double, _ high: Double) -> Double {
        precondition(low > 0 && low <= high && high.isFinite, "a draw from \(low) to \(high) in log space; both must be positive")
        return geometricallyBetween(low, high, unit())
    }
}
