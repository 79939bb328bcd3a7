// What to try before a long run: the loss at the start, a small batch learned by heart, and the range of useful learning rates.
import Basics
import Kernels

/// Each rehearsal leaves the parameters as it found them; give it an optimizer of its own.
public enum Rehearsal {
    /// The cross-entropy of a classifier that knows nothing: log `classes`.
    public static func ignorantLoss(classes: Int) -> Float {
        guard classes > 0 else { fatalError("a classifier with \(classes) classes") }
        let number = Storage<Float>(count: 1)
        number.all[0] = Float(classes)
        VectorMaths.log(number.all, into: number.all)
        return number.all[0]
    }

    /// The loss before the first update, and whether it lies within `tolerance` · `expected` of what an ignorant network should have.
    public static func initialLoss(
        _ program: Program, rows: Int, expected: Float, tolerance: Float = 0.2
    ) -> (loss: Float, isPlausible: Bool) {
        let loss = program.gradients(rows: rows)
        return (loss, abs(loss - expected) <= tolerance * abs(expected))
    }

    /// Updates on the one batch that stands in the inlets until the loss is below `goal`: what cannot be learned by heart cannot be
    /// learned.
    ///
    /// - Returns: the number of updates it took, nil where the goal was not reached, and the last loss.
    public static func overfit(
        _ program: Program, rows: Int, on parameters: ParameterStore, _ optimizer: any Optimizer, learningRate: Float,
        goal: Float, updates limit: Int
    ) -> (updates: Int?, loss: Float) {
        let before = parameters.copy()
        defer { parameters.copyValues(from: before) }
        var loss = Float.infinity
        for update in 0..<limit {
            loss = program.gradients(rows: rows)
            if loss < goal { return (update, loss) }
            optimizer.apply(to: parameters, learningRate: learningRate)
        }
        return (nil, loss)
    }

    /// One point of a range test: the smoothed loss at a learning rate.
    public struct RangePoint: Hashable, Sendable {
        public let rate: Double
        public let loss: Float
    }

    /// The learning-rate range test (Smith 2017, section 3.3): the rate grows from update to update, geometrically, until the loss
    /// has passed three times its start or `steps` are done.
    ///
    /// - Parameter batch: fills the inlets for each update.
    /// - Returns: the smoothed loss (decay 0.9, corrected for its start) over the rates. A good largest rate lies a factor of some
    ///   three to ten below the rate of the lowest loss.
    public static func learningRateRange(
        _ program: Program, rows: Int, on parameters: ParameterStore, _ optimizer: any Optimizer, from low: Double = 1e-5,
        to high: Double = 1, steps: Int = 100, batch: (_ step: Int) -> Void
    ) -> [RangePoint] {
        guard steps > 1 && low > 0 && low < high else {
            fatalError("a range test from \(low) to \(high) in \(steps) steps; it needs a positive range and two steps")
        }
        let before = parameters.copy()
        defer { parameters.copyValues(from: before) }
        let rates = Schedule.exponential(from: low, to: high, steps: steps - 1)
        var points: [RangePoint] = [], average: Float = 0, weight: Float = 0, watch = EarlyBreak()
        for step in 0..<steps {
            batch(step)
            let loss = program.gradients(rows: rows), rate = rates.value(at: step)
            average = 0.9 * average + 0.1 * loss
            weight = 0.9 * weight + 0.1
            if watch.breaks(at: average / weight) { break }
            points.append(RangePoint(rate: rate, loss: average / weight))
            optimizer.apply(to: parameters, learningRate: Float(rate))
        }
        return points
    }
}

extension [Rehearsal.RangePoint] {
    /// The rate at which the smoothed loss was lowest.
    public var rateOfLowestLoss: Double? { self.min { $0.loss < $1.loss }?.rate }
}
