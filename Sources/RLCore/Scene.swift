// What a world looks like, as shapes and text in the world's own units; painting them is somebody else's work.

/// A point in world units: x to the right, y downwards, as rows of a grid and lines of a picture run.
public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// An area in world units; (x, y) is its upper left corner.
public struct Rectangle: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// sRGB and opacity, 0 to 255 each.
public struct Colour: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    /// 255 hides what is below, 0 shows it.
    public var opacity: UInt8
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, opacity: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.opacity = opacity
    }
    public static let white = Colour(255, 255, 255)
    public static let black = Colour(0, 0, 0)
}

/// Where text stands with respect to its point; the point is halfway up the line.
public enum TextAlignment: Hashable, Sendable { case leading, centre, trailing }

/// A list of shapes, painted in the order in which they were added; `bounds` is what of the world is shown.
public struct Scene: Hashable, Sendable {
    public enum Element: Hashable, Sendable {
        /// Corners are rounded with radius `corner`.
        case rectangle(Rectangle, corner: Double, Colour)
        case circle(centre: Point, radius: Double, Colour)
        /// Filled, by the non-zero rule.
        case polygon([Point], Colour)
        /// A stroke through the points, `width` wide, with round ends and joints.
        case line([Point], width: Double, Colour)
        /// One line of text, `height` high from baseline to the top of a capital.
        case text(String, Point, height: Double, TextAlignment, Colour)
        /// Pixels [height, width, 3] as sRGB bytes, each as a sharp rectangle: a pixel game's own picture.
        case pixels([UInt8], width: Int, height: Int, Rectangle)
    }

    public var bounds: Rectangle
    public var background: Colour
    public private(set) var elements: [Element] = []
    /// What a world of states draws over its cells, when whoever paints it knows: a value for each state, nil entries left out.
    public var stateValues: [Double?]?
    /// The chosen action of each state, nil where there is none.
    public var stateActions: [Int?]?

    public init(bounds: Rectangle = Rectangle(x: 0, y: 0, width: 1, height: 1), background: Colour = .white) {
        self.bounds = bounds
        self.background = background
    }

    public mutating func rectangle(_ area: Rectangle, corner: Double = 0, _ colour: Colour) {
        elements.append(.rectangle(area, corner: corner, colour))
    }
    public mutating func circle(_ centre: Point, radius: Double, _ colour: Colour) {
        elements.append(.circle(centre: centre, radius: radius, colour))
    }
    public mutating func polygon(_ points: [Point], _ colour: Colour) { elements.append(.polygon(points, colour)) }
    public mutating func line(_ points: [Point], width: Double, _ colour: Colour) {
        elements.append(.line(points, width: width, colour))
    }
    public mutating func text(
        _ words: String, at point: Point, height: Double, _ colour: Colour, _ alignment: TextAlignment = .centre
    ) {
        elements.append(.text(words, point, height: height, alignment, colour))
    }
    /// - Precondition: `bytes` has width · height · 3 entries.
    public mutating func pixels(_ bytes: [UInt8], width: Int, height: Int, in area: Rectangle) {
        guard bytes.count == width * height * 3 else {
            fatalError("a picture of \(width) by \(height) pixels has \(width * height * 3) bytes, got \(bytes.count)")
        }
        elements.append(.pixels(bytes, width: width, height: height, area))
    }
}
