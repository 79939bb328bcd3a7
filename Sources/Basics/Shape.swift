// The shape of one row: what a node of a tape holds, and what a world shows, for one lane.

/// The shape of ONE row of a batch; the batch itself is never part of a shape.
@frozen public enum Shape: Hashable, Sendable {
    case vector(Int)
    /// NHWC: index = (y · width + x) · channels + channel.
    case image(height: Int, width: Int, channels: Int)

    /// Numbers in one row.
    @inlinable public var count: Int {
        switch self {
        case .vector(let count): count
        case .image(let height, let width, let channels): height * width * channels
        }
    }

    /// `[4]` or `[84, 84, 4]`: how files and messages write it.
    public var dimensions: [Int] {
        switch self {
        case .vector(let count): [count]
        case .image(let height, let width, let channels): [height, width, channels]
        }
    }
}

extension Shape: CustomStringConvertible {
    public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }
}
