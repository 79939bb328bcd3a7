// What becomes of an image's size on its way through a torso, so that the dense layer behind it knows its inputs.
import Basics

struct ImageSize {
    private(set) var height: Int
    private(set) var width: Int
    private(set) var channels: Int
    private let name: String
    var count: Int { height * width * channels }

    init(_ image: Shape, for name: String) {
        guard case .image(let height, let width, let channels) = image else {
            fatalError("\"\(name)\" expects an image of [height, width, channels], got \(image)")
        }
        self.height = height
        self.width = width
        self.channels = channels
        self.name = name
    }

    mutating func shrink(by layer: Convolution) {
        func after(_ length: Int) -> Int {
            let room = length + 2 * layer.padding - (layer.kernel - 1) * layer.dilation - 1
            guard room >= 0 else {
                fatalError(
                    "\"\(name)\": \(height) × \(width) pixels are left for a window of \(layer.kernel) × \(layer.kernel); the image is too small"
                )
            }
            return room / layer.stride + 1
        }
        height = after(height)
        width = after(width)
        channels = layer.filters
    }

    /// A pooling of 3 × 3 every 2 pixels with a padding of 1, after a convolution that keeps the size.
    mutating func halve(filters: Int) {
        height = (height + 1) / 2
        width = (width + 1) / 2
        channels = filters
    }
}
