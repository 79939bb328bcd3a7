// What a world shows and what it can be told: the types of observations and actions.
public import Basics

public enum Space: Hashable, Sendable {
    /// One of n choices: as an observation, the number of a state; a row is one float.
    case discrete(Int)
    /// Real numbers; `low` and `high` bound each of `shape.count` of them (infinite where there is no bound).
    case box(Shape, low: [Float], high: [Float])
    /// Bytes, such as pixels; `stack` of the channels are successive frames of one picture (1 where there is no stack).
    case bytes(Shape, stack: Int)

    /// The shape of one row.
    public var shape: Shape {
        switch self {
        case .discrete: .vector(1)
        case .box(let shape, _, _): shape
        case .bytes(let shape, _): shape
        }
    }
}

extension Space: CustomStringConvertible {
    /// In Gymnasium's words: `Discrete(2)`, `Box[4]`, `Bytes[10, 10, 4]`.
    public var description: String {
        switch self {
        case .discrete(let count): "Discrete(\(count))"
        case .box(let shape, _, _): "Box\(shape)"
        case .bytes(let shape, let stack): "Bytes\(shape)\(stack > 1 ? ", stack \(stack)" : "")"
        }
    }
}
