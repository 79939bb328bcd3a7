// Convolution and pooling in Double, one number after the other: the slow twin of everything that slides over an image.

/// A kernel × kernel window on images of [height, width, channels], rows one after the other.
public struct NaiveWindow: Sendable {
    public let height: Int, width: Int, channels: Int
    public let kernel: Int, stride: Int, padding: Int, dilation: Int

    public init(height: Int, width: Int, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
        self.height = height
        self.width = width
        self.channels = channels
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
    }

    public var outHeight: Int { (height + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1 }
    public var outWidth: Int { (width + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1 }

    /// For each output pixel (rows included) the input pixels inside the image, each with its place in the window, row by row.
    private func forEachWindow(_ rows: Int, _ body: (_ output: Int, _ seen: [(input: Int, tap: Int)]) -> Void) {
        for row in 0..<rows {
            for oy in 0..<outHeight {
                for ox in 0..<outWidth {
                    var seen: [(input: Int, tap: Int)] = []
                    for ky in 0..<kernel {
                        for kx in 0..<kernel {
                            let iy = oy * stride + ky * dilation - padding, ix = ox * stride + kx * dilation - padding
                            guard (0..<height).contains(iy) && (0..<width).contains(ix) else { continue }
                            seen.append(((row * height + iy) * width + ix, ky * kernel + kx))
                        }
                    }
                    body((row * outHeight + oy) * outWidth + ox, seen)
                }
            }
        }
    }

    /// y = x ∗ w + b.
    public func convolution(_ x: [Double], _ w: [Double], _ b: [Double], filters: Int, rows: Int) -> [Double] {
        var y = [Double](repeating: 0, count: rows * outHeight * outWidth * filters)
        forEachWindow(rows) { output, seen in
            for f in 0..<filters {
                var sum = b.isEmpty ? 0 : b[f]
                for (input, tap) in seen {
                    for c in 0..<channels { sum += x[input * channels + c] * w[(tap * channels + c) * filters + f] }
                }
                y[output * filters + f] = sum
            }
        }
        return y
    }

    /// The gradients of Σ dy ⊙ y with respect to x and w.
    public func convolutionGradients(
        _ x: [Double], _ w: [Double], dy: [Double], filters: Int, rows: Int
    ) -> (dx: [Double], dw: [Double]) {
        var dx = [Double](repeating: 0, count: x.count), dw = [Double](repeating: 0, count: w.count)
        forEachWindow(rows) { output, seen in
            for (input, tap) in seen {
                for c in 0..<channels {
                    for f in 0..<filters {
                        let slope = dy[output * filters + f]
                        dx[input * channels + c] += slope * w[(tap * channels + c) * filters + f]
                        dw[(tap * channels + c) * filters + f] += slope * x[input * channels + c]
                    }
                }
            }
        }
        return (dx, dw)
    }

    /// The same with a window for each channel: w is [kernel, kernel, channels].
    public func depthwise(_ x: [Double], _ w: [Double], _ b: [Double], rows: Int) -> [Double] {
        var y = [Double](repeating: 0, count: rows * outHeight * outWidth * channels)
        forEachWindow(rows) { output, seen in
            for c in 0..<channels {
                y[output * channels + c] = seen.reduce(b[c]) { $0 + x[$1.input * channels + c] * w[$1.tap * channels + c] }
            }
        }
        return y
    }

    /// The largest, or the average, of what each window sees of each channel.
    public func pooled(_ x: [Double], rows: Int, _ summary: ([Double]) -> Double) -> [Double] {
        var y = [Double](repeating: 0, count: rows * outHeight * outWidth * channels)
        forEachWindow(rows) { output, seen in
            for c in 0..<channels { y[output * channels + c] = summary(seen.map { x[$0.input * channels + c] }) }
        }
        return y
    }
}
