// The largest number of each window, channel by channel.
public import Basics
public import Kernels

/// y[oy, ox, c] = max of x[oy·s + ky − p, ox·s + kx − p, c] over the window's pixels that are inside the image.
///
/// dx = Σ dy of the windows in which x is the largest number, the first of equals (row by row): found again from x and y.
public struct MaxPool: Primitive {
    private let window: SlidingWindow
    public init(_ window: SlidingWindow) { self.window = window }

    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        try window.check(operands[0], "MaxPool")
        return window.result(filters: window.channels)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        MaxPooling.forward(window, site.x[0], into: site.y, rows: rows)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        MaxPooling.inputs(window, site.x[0], site.y, site.dy, into: site.dx[0], rows: rows, beta: site.beta[0])
    }
}

extension Node {
    /// The largest number of each window; [height, width, channels] → [outHeight, outWidth, channels]. The stride is the kernel's
    /// size where none is given.
    public func maxPooled(
        kernel: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        let window = window("MaxPool", kernel: kernel, stride: stride ?? kernel, padding: padding, file: file, line: line)
        return tape.record(MaxPool(window), [self], file: file, line: line)
    }
}
