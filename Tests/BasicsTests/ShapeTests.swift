// Shapes: how many numbers they hold and how they are written.

import Basics
import Testing

@Suite struct ShapeTests {
    @Test func vectors() {
        let shape = Shape.vector(4)
        #expect(shape.count == 4)
        #expect(shape.dimensions == [4])
        #expect("\(shape)" == "[4]")
    }

    @Test func images() {
        let shape = Shape.image(height: 84, width: 80, channels: 3)
        #expect(shape.count == 20_160)
        #expect(shape.dimensions == [84, 80, 3])
        #expect("\(shape)" == "[84, 80, 3]")
    }

    /// As many numbers in another arrangement is another shape.
    @Test func equality() {
        #expect(Shape.vector(12) != .image(height: 1, width: 1, channels: 12))
        #expect(Shape.image(height: 2, width: 3, channels: 1) != .image(height: 3, width: 2, channels: 1))
        #expect(Shape.vector(12) == .vector(12))
    }
}
