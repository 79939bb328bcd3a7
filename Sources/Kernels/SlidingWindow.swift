// Where a square kernel stands on an image: the geometry that convolutions and poolings share.

/// An image of [height, width, channels] and a kernel × kernel window that slides over it.
///
/// Output pixel (oy, ox) sees the input pixels (oy·stride + ky·dilation − padding, ox·stride + kx·dilation − padding); what lies
/// outside the image is zero for a convolution and not there at all for a pooling. It fits in two words, since primitives keep it.
public struct SlidingWindow: Hashable, Sendable {
    private let imageHeight: Int32, imageWidth: Int32, imageChannels: Int32
    private let side: UInt8, step: UInt8, border: UInt8, spread: UInt8

    public var height: Int { Int(imageHeight) }
    public var width: Int { Int(imageWidth) }
    public var channels: Int { Int(imageChannels) }
    public var kernel: Int { Int(side) }
    /// Pixels from one window to the next.
    public var stride: Int { Int(step) }
    /// Pixels added on each side.
    public var padding: Int { Int(border) }
    /// Pixels from one of the window's numbers to the next; 1 is a window without gaps.
    public var dilation: Int { Int(spread) }

    public init(height: Int, width: Int, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
        if let problem = SlidingWindow.problem(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        ) {
            fatalError(problem)
        }
        imageHeight = Int32(height)
        imageWidth = Int32(width)
        imageChannels = Int32(channels)
        side = UInt8(kernel)
        step = UInt8(stride)
        border = UInt8(padding)
        spread = UInt8(dilation)
    }

    /// Why there is no such window, as a sentence with the numbers in it; nil where there is one.
    public static func problem(
        height: Int, width: Int, channels: Int, kernel: Int, stride: Int, padding: Int, dilation: Int
    ) -> String? {
        let most = 1 << 24
        guard (1...most).contains(height), (1...most).contains(width), (1...most).contains(channels) else {
            return "an image of [\(height), \(width), \(channels)]; each must be in 1...\(most)"
        }
        guard (1...255).contains(kernel), (1...255).contains(stride), (0...255).contains(padding), (1...255).contains(dilation)
        else {
            return "a window of kernel \(kernel), stride \(stride), padding \(padding) and dilation \(dilation); "
                + "padding must be in 0...255, the others in 1...255"
        }
        let reach = (kernel - 1) * dilation + 1
        guard padding < reach else {
            return "a padding of \(padding) around a window that reaches over \(reach) pixels; it would see nothing but padding"
        }
        guard reach <= min(height, width) + 2 * padding else {
            return "a window that reaches over \(reach) pixels does not fit on an image of [\(height), \(width), \(channels)] "
                + "with a padding of \(padding)"
        }
        return nil
    }

    /// Pixels from the window's first number to its last, both counted.
    var reach: Int { (kernel - 1) * dilation + 1 }
    var paddedHeight: Int { height + 2 * padding }
    var paddedWidth: Int { width + 2 * padding }
    public var outHeight: Int { (paddedHeight - reach) / stride + 1 }
    public var outWidth: Int { (paddedWidth - reach) / stride + 1 }
    /// Numbers of one image, in and out; a convolution's output has `outPixels` × filters.
    public var count: Int { height * width * channels }
    public var outPixels: Int { outHeight * outWidth }

    /// One pixel after the other: a dense layer over pixels.
    var isPointwise: Bool { kernel == 1 && stride == 1 && padding == 0 }

    /// The pixel on which the window's number `tap` stands at output `place`, along one axis.
    @inline(__always) func pixel(_ place: Int, _ tap: Int) -> Int { place * stride + tap * dilation - padding }

    /// The window's numbers that are inside an axis of `length` pixels at output `place`.
    @inline(__always) func taps(at place: Int, length: Int) -> Range<Int> {
        let start = place * stride - padding
        let first = start < 0 ? (-start + dilation - 1) / dilation : 0
        let end = min(kernel, (length - start + dilation - 1) / dilation)
        return first..<max(first, end)
    }

    /// The outputs, `count` in all, at which the window's number `tap` is inside an axis of `length` pixels.
    @inline(__always) func places(of tap: Int, length: Int, count: Int) -> Range<Int> {
        let shift = tap * dilation - padding
        let first = shift < 0 ? (-shift + stride - 1) / stride : 0
        let end = length - shift > 0 ? min(count, (length - shift + stride - 1) / stride) : 0
        return first..<max(first, end)
    }
}
