// A node as an image that a window slides over; a window that does not fit is answered at the caller's line.
import Basics
import Kernels

extension Node {
    func window(
        _ caller: String, kernel: Int, stride: Int, padding: Int, dilation: Int = 1, file: StaticString, line: UInt
    ) -> SlidingWindow {
        guard case .image(let height, let width, let channels) = shape else {
            fatalError("\(caller) expects an image of [height, width, channels], got \(shape)", file: file, line: line)
        }
        if let problem = SlidingWindow.problem(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        ) {
            fatalError("\(caller): \(problem)", file: file, line: line)
        }
        return SlidingWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
    }
}

extension SlidingWindow {
    /// The image that the window slides over, and what one number for each window and each of `filters` makes of it.
    var shape: Shape { .image(height: height, width: width, channels: channels) }
    func result(filters: Int) -> Shape { .image(height: outHeight, width: outWidth, channels: filters) }

    /// Throws where the operand is not this window's image.
    func check(_ operand: Shape, _ caller: String) throws(ShapeError) {
        guard operand == shape else { throw ShapeError("\(caller) expects an image of \(shape), got \(operand)") }
    }
}
