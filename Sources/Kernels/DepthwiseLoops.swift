// Depthwise convolution: each channel has a window of its own, so that vectors lie along the channels.
import CVector

/// Weights are [kernel, kernel, channels]. Every sum runs over its window (or over its pixels) in ascending order; numbers outside
/// the image are left out.
public enum DepthwiseLoops {
    public static func weightCount(_ window: SlidingWindow) -> Int { window.kernel * window.kernel * window.channels }

    private static func check(_ window: SlidingWindow, x: Floats, w: Floats, y: Floats, rows: Int) {
        guard
            rows >= 0 && x.count >= rows * window.count && w.count >= weightCount(window)
                && y.count >= rows * window.outPixels * window.channels
        else {
            fatalError(
                "DepthwiseLoops: \(x.count), \(w.count) and \(y.count) floats for \(rows) rows of input, weights and output; "
                    + "\(window.count) a row, \(weightCount(window)) and \(window.outPixels * window.channels) a row are needed")
        }
    }

    /// y ← act(x ∗ w + b): x [rows, height, width, channels], w [kernel, kernel, channels], b [channels],
    /// y [rows, outHeight, outWidth, channels].
    public static func forward(
        _ window: SlidingWindow, _ x: Floats, _ w: Floats, _ b: Floats, into y: Floats, rows: Int, _ activation: FusedActivation
    ) {
        check(window, x: x, w: w, y: y, rows: rows)
        guard b.count >= window.channels else {
            fatalError("DepthwiseLoops: \(b.count) biases for \(window.channels) channels")
        }
        let channels = window.channels, row = window.width * channels
        let floor: Float = activation == .relu ? 0 : -.infinity
        for n in 0..<rows {
            let image = x.base + n * window.count
            let out = y.base + n * window.outPixels * channels
            for oy in 0..<window.outHeight {
                let vertical = window.taps(at: oy, length: window.height)
                for ox in 0..<window.outWidth {
                    let horizontal = window.taps(at: ox, length: window.width)
                    let to = out + (oy * window.outWidth + ox) * channels
                    for j in stride(from: 0, to: channels, by: 16) {
                        var sums = load(b.base + j)
                        for ky in vertical {
                            let from = image + window.pixel(oy, ky) * row + j
                            for kx in horizontal {
                                sums = fma16(
                                    load(from + window.pixel(ox, kx) * channels),
                                    load(w.base + (ky * window.kernel + kx) * channels + j), sums)
                            }
                        }
                        // Not a maximum, which may lose NaN.
                        sums = sums.replacing(with: 0, where: sums .< floor)
                        store_first16(to + j, sums, Int32(min(16, channels - j)))
                    }
                }
            }
        }
        if activation == .tanh {
            let sums = y.slice(0, rows * window.outPixels * channels)
            VectorMaths.tanh(sums, into: sums)
        }
    }

    /// dw ← β·dw + Σ x ⊙ dy over rows and pixels: [kernel, kernel, channels]; β is 0 or 1.
    public static func weights(_ window: SlidingWindow, _ x: Floats, _ dy: Floats, into dw: Floats, rows: Int, beta: Float) {
        check(window, x: x, w: dw, y: dy, rows: rows)
        let channels = window.channels
        if beta == 0 { dw.slice(0, weightCount(window)).fill(0) }
        for n in 0..<rows {
            let image = x.base + n * window.count
            let slopes = dy.base + n * window.outPixels * channels
            var j = 0
            while j < channels {
                let width = min(64, channels - j)
                switch (width + 15) / 16 {
                case 4: taps(Size<1, 4>(), window, image + j, slopes + j, dw.base + j, width)
                case 3: taps(Size<1, 3>(), window, image + j, slopes + j, dw.base + j, width)
                case 2: taps(Size<1, 2>(), window, image + j, slopes + j, dw.base + j, width)
                default: taps(Size<1, 1>(), window, image + j, slopes + j, dw.base + j, width)
                }
                j += width
            }
        }
    }

    /// What one image adds to all weights of up to 16·V channels, side by side so that no sum waits for the one before it.
    @inline(__always)
    private static func taps<let V: Int>(
        _ size: Size<1, V>, _ window: SlidingWindow, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
        _ dw: UnsafeMutablePointer<Float>, _ width: Int
    ) {
        let channels = window.channels
        for ky in 0..<window.kernel {
            let ys = window.places(of: ky, length: window.height, count: window.outHeight)
            for kx in 0..<window.kernel {
                let xs = window.places(of: kx, length: window.width, count: window.outWidth)
                let to = dw + (ky * window.kernel + kx) * channels
                var sums: Tile<1, V> = zeros()
                fetch(&sums, to, 0)
                for oy in ys {
                    var from = x + (window.pixel(oy, ky) * window.width + window.pixel(xs.lowerBound, kx)) * channels
                    var slope = dy + (oy * window.outWidth + xs.lowerBound) * channels
                    for _ in xs {
                        for v in 0..<V { sums[0][v] = fma16(load(from + v * 16), load(slope + v * 16), sums[0][v]) }
                        from += window.stride * channels
                        slope += channels
                    }
                }
                put(sums, to, 0, width: width)
            }
        }
    }

    /// dx ← β·dx + dy ∗ᵀ w: [rows, height, width, channels]; β is 0 or 1.
    public static func inputs(_ window: SlidingWindow, _ dy: Floats, _ w: Floats, into dx: Floats, rows: Int, beta: Float) {
        check(window, x: dx, w: w, y: dy, rows: rows)
        let channels = window.channels, row = window.width * channels
        if beta == 0 { dx.slice(0, rows * window.count).fill(0) }
        for n in 0..<rows {
            let image = dx.base + n * window.count
            let slopes = dy.base + n * window.outPixels * channels
            for oy in 0..<window.outHeight {
                let vertical = window.taps(at: oy, length: window.height)
                for ox in 0..<window.outWidth {
                    let horizontal = window.taps(at: ox, length: window.width)
                    let from = slopes + (oy * window.outWidth + ox) * channels
                    for j in stride(from: 0, to: channels, by: 16) {
                        let slope = load(from + j)
                        let width = Int32(min(16, channels - j))
                        for ky in vertical {
                            let to = image + window.pixel(oy, ky) * row + j
                            for kx in horizontal {
                                let at = to + window.pixel(ox, kx) * channels
                                store_first16(
                                    at, fma16(slope, load(w.base + (ky * window.kernel + kx) * channels + j), load(at)), width)
                            }
                        }
                    }
                }
            }
        }
    }
}
