// Whether a program's gradient is the derivative of its loss: central differences, for authors of losses and primitives.
public import Basics
import Kernels

/// One number of one parameter, its gradient computed twice.
public struct NumericGradient: Hashable, Sendable {
    public let parameter: Parameter
    public let index: Int
    /// What the backward pass says.
    public let computed: Float
    /// (loss(θ + h) − loss(θ − h)) / 2h
    public let numeric: Float
    /// How far the two may lie apart for no other reason than rounding: the loss is known to some units in its last place.
    public let noise: Float

    /// |computed − numeric| beyond the noise, relative to the larger of the two.
    public var error: Float {
        let excess = abs(computed - numeric) - noise
        return excess <= 0 ? 0 : excess / max(abs(computed), abs(numeric))
    }

    /// Central differences at up to `count` random places of every parameter that learns.
    ///
    /// The step is h = `step` · max(1, |θ|); kinks (ReLU, max) closer than that give false alarms, so look at the worst few, not at one.
    /// Noise (dropout) stays as it was drawn. Values and gradients are as before afterwards, but for running states, which move.
    public static func check(
        _ program: Program, rows: Int, on parameters: ParameterStore, count: Int = 5, step: Float = 1e-2,
        using random: inout RandomSource
    ) -> [NumericGradient] {
        guard count > 0 && step > 0 else { fatalError("a gradient check at \(count) places with a step of \(step)") }
        let loss = program.gradients(rows: rows)
        let computed = parameters.gradients.array
        defer { parameters.gradients.copy(from: computed) }
        var found: [NumericGradient] = []
        for parameter in parameters.parameters where !parameters.isFrozen(parameter) {
            let values = parameters.values(of: parameter)
            for _ in 0..<min(count, parameter.count) {
                let index = random.below(parameter.count), middle = values[index], h = step * max(1, abs(middle))
                let high = middle + h, low = middle - h
                values[index] = high
                let above = program.gradients(rows: rows)
                values[index] = low
                let below = program.gradients(rows: rows)
                values[index] = middle
                found.append(
                    NumericGradient(
                        parameter: parameter, index: index, computed: computed[parameter.offset + index],
                        numeric: (above - below) / (high - low), noise: 8 * max(abs(loss), abs(above)).ulp / h))
            }
        }
        return found
    }
}
