// The input that a unit answers to most, climbed to along its own gradient.

extension NetworkLens {
    /// Gradient ascent on the sum of `units` (Erhan et al. 2009), held between `low` and `high` number by number.
    ///
    /// Each step moves the input by a share of the bounds' widths along the gradient, whose largest number counts as 1; the share
    /// falls from a tenth to nothing. Afterwards the lens shows the result.
    ///
    /// - Parameters:
    ///   - starts: inputs of the network's width; the climb begins at the first from which the units have a gradient at all.
    ///   - layer: of `layers`.
    /// - Returns: the highest input met, and the sum of the units there.
    public func preferredInput(
        ofUnits units: [Int], inLayer layer: Int, from starts: [[Float]], low: [Float], high: [Float], steps: Int = 150
    ) -> (input: [Float], activation: Float) {
        func height() -> Float {
            let said = activations(of: layer)
            return units.reduce(0) { $0 + said[$1] }
        }
        var x = starts[0]
        for start in starts {
            x = start
            show(x)
            if gradient(ofUnits: units, inLayer: layer).contains(where: { $0 != 0 }) { break }
        }
        show(x)
        var best = (input: x, activation: height())
        for step in 0..<steps {
            let slope = gradient(ofUnits: units, inLayer: layer)
            let largest = slope.reduce(0) { max($0, abs($1)) }
            guard largest > 0 else { break }
            let share = 0.1 * (1 - Float(step) / Float(steps))
            for i in x.indices { x[i] = min(high[i], max(low[i], x[i] + share * (high[i] - low[i]) * slope[i] / largest)) }
            show(x)
            let now = height()
            if now > best.activation { best = (x, now) }
        }
        show(best.input)
        return best
    }
}
