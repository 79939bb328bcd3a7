// The painter of pixel worlds: integer shapes at native size, the same bytes on every machine.
public import Kernels

/// A picture in memory that somebody else owns, in colour or in grey; shapes are cut off at its edges.
///
/// Painting in grey gives, byte for byte, the grey of what painting in colour gives: every shape covers what is below it whole.
@frozen public struct Raster: Sendable {
    public let width: Int
    public let height: Int
    /// 3: red, green and blue; 1: grey.
    public let channels: Int
    /// [height, width, channels]
    public let pixels: Bytes

    @inlinable public init(_ pixels: Bytes, width: Int, height: Int, channels: Int) {
        guard pixels.count == width * height * channels, channels == 1 || channels == 3 else {
            fatalError("a raster of \(width) by \(height) pixels of \(channels) bytes, over \(pixels.count) bytes")
        }
        self.pixels = pixels
        self.width = width
        self.height = height
        self.channels = channels
    }

    /// Everything in one colour.
    public func fill(_ colour: Colour) { rectangle(x: 0, y: 0, width: width, height: height, colour) }

    /// The pixels x ..< x + width of the lines y ..< y + height.
    public func rectangle(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
        let left = max(x, 0), right = min(x + width, self.width)
        let top = max(y, 0), bottom = min(y + height, self.height)
        guard left < right && top < bottom else { return }
        PixelLoops.fill(
            pixels, start: (top * self.width + left) * channels, stride: self.width * channels, width: right - left,
            rows: bottom - top, channels: channels,
            channels == 1 ? (colour.grey, 0, 0) : (colour.red, colour.green, colour.blue))
    }

    /// Copies line y to the `count` lines below it.
    public func repeatLine(_ y: Int, count: Int) {
        guard y >= 0 && count >= 0 && y + count < height else {
            fatalError("line \(y) cannot be repeated \(count) times in a raster of \(height) lines")
        }
        let line = pixels.row(y, width: width * channels)
        for below in 1..<count + 1 { pixels.row(y + below, width: width * channels).copy(from: line) }
    }

    /// The decimal digits of a number that is not negative, the last one's right edge before pixel `right`; `scale` pixels a dot.
    public func number(_ value: Int, right: Int, y: Int, scale: Int, _ colour: Colour) {
        guard value >= 0 else { fatalError("the raster writes numbers from 0 up, got \(value)") }
        var rest = value, x = right
        repeat {
            x -= Digits.width * scale
            digit(rest % 10, x: x, y: y, scale: scale, colour)
            x -= scale
            rest /= 10
        } while rest > 0
    }

    private func digit(_ digit: Int, x: Int, y: Int, scale: Int, _ colour: Colour) {
        for row in 0..<Digits.height {
            for column in 0..<Digits.width where Digits.isSet(digit, row: row, column: column) {
                rectangle(x: x + column * scale, y: y + row * scale, width: scale, height: scale, colour)
            }
        }
    }
}

extension Colour {
    /// Luma as television weighs it (ITU-R BT.601): 0.299 red + 0.587 green + 0.114 blue, to the nearest integer, halves up.
    public var grey: UInt8 {
        let thousandths: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
        return UInt8((thousandths + 500) / 1000)
    }
}
