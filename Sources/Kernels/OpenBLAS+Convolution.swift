// A convolution as most libraries do it without one of their own: windows copied into a matrix, and the system's product.
extension OpenBLAS {
    /// Floats that `convolution` copies one image's windows into.
    public static func windowCount(_ window: SlidingWindow) -> Int {
        window.outPixels * window.kernel * window.kernel * window.channels
    }

    /// y ← x ∗ w on one thread, image by image: the rival that ours is measured against.
    ///
    /// x [rows, height, width, channels], w [kernel, kernel, channels, filters], y [rows, outHeight, outWidth, filters]; no padding.
    public static func convolution(
        _ window: SlidingWindow, filters: Int, _ x: Floats, _ w: Floats, into y: Floats, rows: Int, scratch: Floats
    ) {
        guard
            window.padding == 0, x.count >= rows * window.count,
            w.count >= ConvolutionLoops.weightCount(window, filters: filters),
            y.count >= rows * window.outPixels * filters, scratch.count >= windowCount(window)
        else {
            fatalError(
                "OpenBLAS.convolution: \(x.count), \(w.count), \(y.count) and \(scratch.count) floats, padding \(window.padding)")
        }
        let length = window.kernel * window.kernel * window.channels
        let columns = scratch.slice(0, windowCount(window))
        for n in 0..<rows {
            let image = x.slice(n * window.count, window.count)
            gather(window, image, into: columns)
            product(
                columns, w, into: y.slice(n * window.outPixels * filters, window.outPixels * filters), rows: window.outPixels,
                inner: length, columns: filters)
        }
    }

    private static func gather(_ window: SlidingWindow, _ image: Floats, into columns: Floats) {
        let runs = WindowRuns(window, imageWidth: window.width)
        var to = columns.base
        for oy in 0..<window.outHeight {
            for ox in 0..<window.outWidth {
                let corner = image.base + (oy * window.width + ox) * window.stride * window.channels
                for ky in 0..<window.kernel {
                    for run in 0..<runs.count {
                        to.update(from: corner + ky * runs.rowStep + run * runs.step, count: runs.length)
                        to += runs.length
                    }
                }
            }
        }
    }
}
