// Dead and saturated units of a whole network, read from what its last run left behind.
import Basics
import Kernels

/// How the numbers of an entry's result are bounded, where they are some unit's activation.
public enum UnitRange: Hashable, Sendable {
    /// Zero where the unit is off, as after ReLU.
    case rectified
    /// Between two ends at which the derivative vanishes, as after tanh and the logistic function.
    case bounded(low: Float, high: Float)
}

public struct UnitShares: Hashable, Sendable {
    /// The share of rectified units that are off in every row; nil where the network has none.
    public let dead: Float?
    /// The share of bounded numbers that are within half a hundredth of their range of an end (0.99 of tanh); nil where the network has none.
    public let saturated: Float?
}

extension Program {
    /// Over the first `rows` rows of the last run. A unit is a column; of an image a channel, off where it is off at every pixel.
    public func unitShares(rows: Int) -> UnitShares {
        guard rows > 0 && rows <= capacity else { fatalError("units in \(rows) rows of a program for up to \(capacity)") }
        var units = 0, dead = 0, numbers = 0, flat = 0
        for i in entries.indices {
            let shape = shape(of: i), y = entries[i].site.y
            let count = min(y.count, rows * shape.count)
            switch entries[i].primitive.unitRange {
            case nil: break
            case .rectified?:
                units += shape.channels
                for unit in 0..<shape.channels
                where !stride(from: unit, to: count, by: shape.channels).contains(where: { !(y[$0] <= 0) }) {
                    dead += 1
                }
            case .bounded(let low, let high)?:
                let margin = (high - low) / 200
                numbers += count
                for j in 0..<count where !(y[j] > low + margin && y[j] < high - margin) { flat += 1 }
            }
        }
        return UnitShares(
            dead: units == 0 ? nil : Float(dead) / Float(units), saturated: numbers == 0 ? nil : Float(flat) / Float(numbers))
    }
}
