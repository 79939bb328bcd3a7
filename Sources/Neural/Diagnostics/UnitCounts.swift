// Units that do nothing any more: dead ones, always zero, and saturated ones, at the flat end of their activation.
public import Kernels

public struct UnitCounts: Hashable, Sendable {
    public let units: Int
    /// Units that are zero, or below, in every row.
    public let dead: Int
    /// Units at the flat end in every row.
    public let saturated: Int
    /// The share of all numbers that are at the flat end.
    public let saturatedShare: Float

    /// Counts over an outlet's first `rows` rows of `width` units.
    ///
    /// - Parameter flat: from which magnitude on a number counts as saturated; 0.99 suits tanh. ReLU has no such end.
    public init(_ outputs: Floats, rows: Int, width: Int, flat: Float = 0.99) {
        guard rows > 0 && width > 0 && outputs.count >= rows * width else {
            fatalError("units in \(rows) rows of \(width) out of \(outputs.count) floats")
        }
        var dead = 0, saturated = 0, all = 0
        for unit in 0..<width {
            var alive = false, bends = false
            for row in 0..<rows {
                let y = outputs[row * width + unit]
                if !(y <= 0) { alive = true }
                if abs(y) >= flat { all += 1 } else { bends = true }
            }
            if !alive { dead += 1 }
            if !bends { saturated += 1 }
        }
        units = width
        self.dead = dead
        self.saturated = saturated
        saturatedShare = Float(all) / Float(rows * width)
    }
}
