// Images a little different at each sight: shifted, mirrored, cropped.
public import Basics
public import Kernels

/// All work on one row [height, width, channels] and draw from the caller's chance.
public struct ImageAugmentation: Hashable, Sendable {
    public let height: Int
    public let width: Int
    public let channels: Int
    /// Up to so many pixels in each direction; what comes in from outside is 0. A crop of the padded image is the same thing.
    public let shift: Int
    /// Mirrored left to right with probability ½.
    public let flips: Bool

    /// - Precondition: `shape` is an image's.
    public init(_ shape: Shape, shift: Int = 0, flips: Bool = false) {
        guard case .image(let height, let width, let channels) = shape, shift >= 0 else {
            fatalError("an augmentation of \(shape) by \(shift) pixels; it needs an image and a shift of 0 or more")
        }
        self.height = height
        self.width = width
        self.channels = channels
        self.shift = shift
        self.flips = flips
    }

    /// `to` ← `from`, changed by chance; the two do not overlap.
    public func apply(_ from: Floats, into to: Floats, using random: inout RandomSource) {
        let down = shift == 0 ? 0 : random.below(2 * shift + 1) - shift
        let right = shift == 0 ? 0 : random.below(2 * shift + 1) - shift
        place(from, into: to, down: down, right: right, flipped: flips && random.below(2) == 1)
    }

    /// `to` ← `from`, mirrored first where `flipped`, then moved by so many pixels.
    public func place(_ from: Floats, into to: Floats, down: Int, right: Int, flipped: Bool) {
        guard from.count == height * width * channels && to.count == from.count else {
            fatalError("an image of \(height)×\(width)×\(channels) from \(from.count) into \(to.count) floats")
        }
        for y in 0..<height {
            for x in 0..<width {
                let fromY = y - down, moved = x - right
                let inside = fromY >= 0 && fromY < height && moved >= 0 && moved < width
                let fromX = flipped ? width - 1 - moved : moved
                for c in 0..<channels {
                    to[(y * width + x) * channels + c] = inside ? from[(fromY * width + fromX) * channels + c] : 0
                }
            }
        }
    }

    /// A window of [height, width] out of a larger image [fromHeight, fromWidth], anywhere with equal probability.
    public func crop(
        _ from: Floats, height fromHeight: Int, width fromWidth: Int, into to: Floats, using random: inout RandomSource
    ) {
        guard fromHeight >= height && fromWidth >= width && from.count == fromHeight * fromWidth * channels,
            to.count == height * width * channels
        else { fatalError("a window of \(height)×\(width) out of \(fromHeight)×\(fromWidth) with \(from.count) floats") }
        let top = random.below(fromHeight - height + 1), left = random.below(fromWidth - width + 1)
        for y in 0..<height {
            to.slice(y * width * channels, width * channels).copy(
                from: from.slice(((top + y) * fromWidth + left) * channels, width * channels))
        }
    }
}
