// A picture in memory: what every painter paints on, and what windows, files and terminals show.
public import RLCore

/// Pixels [height, width, 3], sRGB bytes, the upper row first.
public struct Picture: Hashable, Sendable {
    public let width: Int
    public let height: Int
    public internal(set) var pixels: [UInt8]

    /// - Precondition: both sizes are positive and at most 16,384.
    public init(width: Int, height: Int, _ colour: Colour = .white) {
        guard (1...16_384).contains(width), (1...16_384).contains(height) else {
            fatalError("a picture of \(width) by \(height) pixels; each side must be 1 to 16,384")
        }
        self.width = width
        self.height = height
        // Greys are one byte again and again, which takes a tenth of the time.
        guard colour.red != colour.green || colour.green != colour.blue else {
            pixels = [UInt8](repeating: colour.red, count: width * height * 3)
            return
        }
        pixels = []
        pixels.reserveCapacity(width * height * 3)
        for _ in 0..<(width * height) {
            pixels.append(colour.red)
            pixels.append(colour.green)
            pixels.append(colour.blue)
        }
    }

    /// - Precondition: `pixels` has width · height · 3 entries.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        guard width > 0, height > 0, pixels.count == width * height * 3 else {
            fatalError("a picture of \(width) by \(height) pixels has \(width * height * 3) bytes, got \(pixels.count)")
        }
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    public var area: PixelArea { PixelArea(x: 0, y: 0, width: width, height: height) }

    public subscript(_ x: Int, _ y: Int) -> Colour {
        let start = (y * width + x) * 3
        return Colour(pixels[start], pixels[start + 1], pixels[start + 2])
    }
}

/// A part of a picture, in whole pixels.
public struct PixelArea: Hashable, Sendable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The pixels that a shape between these coordinates can touch, within this area.
    func touched(left: Double, top: Double, right: Double, bottom: Double) -> (columns: Range<Int>, rows: Range<Int>) {
        func range(_ low: Double, _ high: Double, _ start: Int, _ length: Int) -> Range<Int> {
            guard low < high, low < Double(start + length), high > Double(start) else { return start..<start }
            let first = low <= Double(start) ? start : Int(low.rounded(.down))
            let end = high >= Double(start + length) ? start + length : Int(high.rounded(.up))
            return first..<max(first, end)
        }
        return (range(left, right, x, width), range(top, bottom, y, height))
    }
}

extension Picture {
    /// Lays a colour over the pixels of a range, as much as `coverage` says of each: 0 leaves it, 1 hides it (before opacity).
    ///
    /// `coverage` is asked with a pixel's column and row.
    @inline(__always)
    mutating func blend(_ colour: Colour, columns: Range<Int>, rows: Range<Int>, coverage: (Int, Int) -> Double) {
        let opacity = Double(colour.opacity) / 255
        let red = Double(colour.red), green = Double(colour.green), blue = Double(colour.blue)
        let width = width
        var bytes = pixels.mutableSpan
        for y in rows {
            for x in columns {
                let share = coverage(x, y) * opacity
                guard share > 0 else { continue }
                let start = (y * width + x) * 3
                // Most of what is painted hides what was there, and needs no arithmetic.
                if share >= 1 {
                    bytes[start] = colour.red
                    bytes[start + 1] = colour.green
                    bytes[start + 2] = colour.blue
                    continue
                }
                let old = 1 - share
                bytes[start] = UInt8(Double(bytes[start]) * old + red * share + 0.5)
                bytes[start + 1] = UInt8(Double(bytes[start + 1]) * old + green * share + 0.5)
                bytes[start + 2] = UInt8(Double(bytes[start + 2]) * old + blue * share + 0.5)
            }
        }
    }
}
