// The average of each window, channel by channel.
public import Basics
public import Kernels

/// y[oy, ox, c] = Σ x[oy·s + ky − p, ox·s + kx − p, c] / n over the window's n pixels that are inside the image; dx = Σ dy / n.
public struct AveragePool: Primitive {
    private let window: SlidingWindow
    public init(_ window: SlidingWindow) { self.window = window }

    public func shape(of operands: [Shape]) throws(ShapeError) -> Shape {
        try window.check(operands[0], "AveragePool")
        return window.result(filters: window.channels)
    }
    public func forward(_ site: borrowing Site, rows: Int) {
        AveragePooling.forward(window, site.x[0], into: site.y, rows: rows)
    }
    public func backward(_ site: borrowing Site, rows: Int) {
        AveragePooling.inputs(window, site.dy, into: site.dx[0], rows: rows, beta: site.beta[0])
    }
}

extension Node {
    /// The average of each window; [height, width, channels] → [outHeight, outWidth, channels]. The stride is the kernel's size where
    /// none is given.
    public func averagePooled(
        kernel: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID, line: UInt = #line
    ) -> Node {
        let window = window("AveragePool", kernel: kernel, stride: stride ?? kernel, padding: padding, file: file, line: line)
        return tape.record(AveragePool(window), [self], file: file, line: line)
    }
}
