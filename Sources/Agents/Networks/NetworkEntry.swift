// What a network that decides is made of, for reports.
import Basics
import Neural

/// One entry of the program that decides, for one observation.
public struct NetworkEntry: Hashable, Sendable {
    public struct Weights: Hashable, Sendable {
        public let name: String
        public let shape: [Int]
        public var count: Int { shape.reduce(1, *) }
    }
    /// The primitive's.
    public let name: String
    /// Of what it yields: an image's is [height, width, channels].
    public let shape: [Int]
    public let weights: [Weights]
    /// Floating-point operations, a multiply-add counting as two; 0 where they are not counted.
    public let operations: Int
    /// The line of the source that recorded it.
    public let place: String

    init(_ row: Program.TableRow) {
        name = row.name
        shape = row.shape.dimensions
        weights = row.parameters.map { Weights(name: $0.name, shape: $0.shape) }
        operations = row.operations
        place = row.place
    }
}
