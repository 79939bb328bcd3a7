// What a world shows and what it can be told: the types of observations and actions.
public import Basics

public enum Space: Hashable, Sendable {
    /// One of n choices: as an observation, the number of a state; a row is one float.
    case discrete(Int)
    /// Real numbers; `low` and `high` bound each of `shape.count` of them (infinite where there is no bound).
    case box(Shape, low: [Float], high: [Float])
    /// Bytes, such as pixels. A row is `stack` successive frames of one picture (1 where there is no stack): the channels of each pixel
    /// are the oldest frame's, then the next one's, the newest frame's last. So a memory may keep each frame once, `frame` numbers: the
    /// newest frame of a row is the last `channels / stack` channels of every pixel; the older ones are the newest frames of the rows
    /// before, back to the episode's first row, all of whose frames are the same.
    case bytes(Shape, stack: Int)

    /// The shape of one row.
    public var shape: Shape {
        switch self {
        case .discrete: .vector(1)
        case .box(let shape, _, _): shape
        case .bytes(let shape, _): shape
        }
    }

    /// The shape of one frame of a row: the row's own where nothing is stacked.
    public var frame: Shape {
        guard case .bytes(.image(let height, let width, let channels), let stack) = self else { return shape }
        return .image(height: height, width: width, channels: channels / stack)
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
