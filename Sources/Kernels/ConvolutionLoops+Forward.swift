// The convolution itself: a tile is some pixels of one output row by some filters, and its sums run over the whole window.

extension ConvolutionLoops {
    /// y ← act(x ∗ w + b): x [rows, height, width, channels], w [kernel, kernel, channels, filters], b [filters] (or empty),
    /// y [rows, outHeight, outWidth, filters].
    ///
    /// Reads up to 15 floats past the end of `w` and `b` (every `Storage` keeps that much slack).
    public static func forward(
        _ window: SlidingWindow, filters: Int, _ x: Floats, _ w: Floats, _ b: Floats, into y: Floats, rows: Int,
        _ activation: FusedActivation, scratch: Floats
    ) {
        check(window, filters: filters, x: x, w: w, y: y, scratch: scratch, rows: rows, "ConvolutionLoops.forward")
        guard b.count == 0 || b.count >= filters else {
            fatalError("ConvolutionLoops.forward: \(b.count) biases for \(filters) filters")
        }
        if window.isPointwise {
            return Dense.forward(
                x, w, b, into: y, rows: rows * window.outPixels, inputs: window.channels, outputs: filters, activation,
                scratch: scratch)
        }
        if window.padding > 0 { scratch.slice(0, PaddedImage.count(window)).fill(0) }
        let bias: UnsafePointer<Float>? = b.count == 0 ? nil : UnsafePointer(b.base)
        // A panel's weights are used by all rows before the next panel's: they stay in the second-level cache.
        var j = 0
        while j < filters {
            let columns = min(16 * TileSize.mostVectors, filters - j)
            panel(
                window, filters, x.base, w.base + j, bias.map { $0 + j }, y.base + j, rows, columns,
                floor: activation == .relu ? 0 : -.infinity, scratch.base)
            j += columns
        }
        if activation == .tanh {
            let sums = y.slice(0, rows * window.outPixels * filters)
            VectorMaths.tanh(sums, into: sums)
        }
    }

    /// All rows of up to 64 filters.
    private static func panel(
        _ window: SlidingWindow, _ filters: Int, _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
        _ bias: UnsafePointer<Float>?,
        _ y: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int, floor: Float, _ scratch: UnsafeMutablePointer<Float>
    ) {
        let outHeight = window.outHeight, outWidth = window.outWidth, channels = window.channels, stride = window.stride
        let vectors = (columns + 15) / 16
        let pixels = TileSize.evenly(outWidth, most: TileSize.mostRows(vectors: vectors))
        let runs = WindowRuns(window, imageWidth: window.paddedWidth)
        let kernel = window.kernel, rowCount = PaddedImage.rowCount(window)
        for n in 0..<rows {
            let image = PaddedImage.of(x + n * window.count, window, in: scratch)
            for oy in 0..<outHeight {
                let row = image + oy * stride * rowCount
                let out = y + (n * outHeight + oy) * outWidth * filters
                var ox = 0
                while ox < outWidth {
                    let tile = ForwardTile(
                        x: row + ox * stride * channels, xPixel: stride * channels, w: w, bias: bias, floor: floor,
                        y: out + ox * filters,
                        filters: filters, columns: columns, kernel: kernel, runs: runs)
                    let count = min(pixels, outWidth - ox)
                    TileSize.run(tile, rows: count, vectors: vectors)
                    ox += count
                }
            }
        }
    }
}

private struct ForwardTile: TileWork {
    let x: UnsafePointer<Float>
    /// Floats from the first number of one window to that of the next.
    let xPixel: Int
    let w: UnsafePointer<Float>
    let bias: UnsafePointer<Float>?
    /// Lower numbers become 0: zero itself for ReLU, else −∞.
    let floor: Float
    let y: UnsafeMutablePointer<Float>
    let filters: Int
    let columns: Int
    let kernel: Int
    let runs: WindowRuns

    @inline(__always) func run<let R: Int, let V: Int>(_ size: Size<R, V>) {
        var start = InlineArray<V, Vector>(repeating: Vector())
        if let bias {
            for v in 0..<V { start[v] = load(bias + v * 16) }
        }
        var sums = Tile<R, V>(repeating: start)
        var w = w
        for ky in 0..<kernel {
            var x = x + ky * runs.rowStep
            for _ in 0..<runs.count {
                accumulate(&sums, a: x, aRow: xPixel, aStep: 1, b: w, bStep: filters, count: runs.length)
                x += runs.step
                w += runs.length * filters
            }
        }
        // Not a maximum, which may lose NaN: a network that has diverged must be seen to have done so.
        for r in 0..<R {
            for v in 0..<V { sums[r][v] = sums[r][v].replacing(with: 0, where: sums[r][v] .< floor) }
        }
        put(sums, y, filters, width: columns)
    }
}
