// The input's gradient: a tile is some windows' pixels of one input row by some channels, and its sums run over ky and filters.

extension ConvolutionLoops {
    /// dx ← β·dx + dy ∗ᵀ w: [rows, height, width, channels]; β is 0 or 1.
    ///
    /// Reads up to 15 floats past the end of `dx` and `w` (every `Storage` keeps that much slack).
    public static func inputs(
        _ window: SlidingWindow, filters: Int, _ dy: Floats, _ w: Floats, into dx: Floats, rows: Int, beta: Float, scratch: Floats
    ) {
        check(window, filters: filters, x: dx, w: w, y: dy, scratch: scratch, rows: rows, "ConvolutionLoops.inputs")
        if window.isPointwise {
            return Dense.inputs(
                dy, w, into: dx, rows: rows * window.outPixels, inputs: window.channels, outputs: filters, beta: beta,
                scratch: scratch)
        }
        let channels = window.channels
        // [kernel, kernel, filters, channels]: now the channels lie side by side.
        for tap in 0..<window.kernel * window.kernel {
            let at = tap * channels * filters
            Transpose.run(w.base + at, rows: channels, columns: filters, into: scratch.base + at)
        }
        let row = window.width * channels
        let padded = scratch.base + roundedToVector(weightCount(window, filters: filters))
        let margin = window.padding * channels
        for n in 0..<rows {
            let from = dy.base + n * window.outPixels * filters
            for iy in 0..<window.height {
                let to = dx.base + n * window.count + iy * row
                if beta == 0 { to.update(repeating: 0, count: row) }
                if margin == 0 {
                    inputRow(window, filters, from, scratch.base, to, iy)
                } else {
                    // A row with its margins, whose gradients nobody wants.
                    (padded + margin).update(from: to, count: row)
                    inputRow(window, filters, from, scratch.base, padded, iy + window.padding)
                    to.update(from: padded + margin, count: row)
                }
            }
        }
    }

    /// Higher than elsewhere: with one loop around the tile, this compiler keeps ten rows in the registers too.
    @inline(__always) static func mostInputRows(vectors: Int) -> Int {
        hasWideRegisters && vectors == 2 ? 10 : TileSize.mostRows(vectors: vectors)
    }

    /// One row of the padded image, `y` counted with the padding.
    private static func inputRow(
        _ window: SlidingWindow, _ filters: Int, _ dy: UnsafePointer<Float>, _ turned: UnsafePointer<Float>,
        _ row: UnsafeMutablePointer<Float>, _ y: Int
    ) {
        let taps = RowTaps(window, y: y)
        if taps.count == 0 { return }
        let outWidth = window.outWidth, channels = window.channels, kernel = window.kernel
        let dyRow = outWidth * filters, tapStep = channels * filters
        var j = 0
        while j < channels {
            let columns = min(16 * TileSize.mostVectors, channels - j)
            let vectors = (columns + 15) / 16
            let pixels = TileSize.evenly(outWidth, most: mostInputRows(vectors: vectors))
            for kx in 0..<kernel {
                let to = row + kx * window.dilation * channels + j
                var ox = 0
                while ox < outWidth {
                    let count = min(pixels, outWidth - ox)
                    let tile = InputTile(
                        dy: dy + taps.firstRow * dyRow + ox * filters, dyStep: taps.rowStep * dyRow,
                        w: turned + (taps.first * kernel + kx) * tapStep + j, wStep: taps.step * kernel * tapStep,
                        dx: to + ox * window.stride * channels, dxPixel: window.stride * channels, filters: filters,
                        channels: channels,
                        columns: columns, taps: taps.count)
                    TileSize.run(tile, rows: count, vectors: vectors)
                    ox += count
                }
            }
            j += columns
        }
    }
}

/// The rows of a window that meet one row of the input, in ascending order, and the output rows in which they do so.
private struct RowTaps {
    /// The first ky, and the distance to the next.
    private(set) var first = 0
    let step: Int
    private(set) var count = 0
    /// The output row of the first ky, and the (negative) distance to the next.
    private(set) var firstRow = 0
    let rowStep: Int

    init(_ window: SlidingWindow, y: Int) {
        // ky and ky + step stand on the same row when step·dilation is a multiple of the stride.
        var step = 1
        while step * window.dilation % window.stride != 0 { step += 1 }
        self.step = step
        rowStep = -(step * window.dilation / window.stride)
        for ky in 0..<window.kernel {
            let above = y - ky * window.dilation
            guard above >= 0, above % window.stride == 0, above / window.stride < window.outHeight else { continue }
            if count == 0 {
                first = ky
                firstRow = above / window.stride
            }
            count += 1
        }
    }
}

private struct InputTile: TileWork {
    let dy: UnsafePointer<Float>
    let dyStep: Int
    let w: UnsafePointer<Float>
    let wStep: Int
    let dx: UnsafeMutablePointer<Float>
    /// Floats from one window's pixel to the next one's.
    let dxPixel: Int
    let filters: Int
    let channels: Int
    let columns: Int
    let taps: Int

    @inline(__always) func run<let R: Int, let V: Int>(_ size: Size<R, V>) {
        var sums: Tile<R, V> = zeros()
        fetch(&sums, dx, dxPixel)
        for tap in 0..<taps {
            accumulate(&sums, a: dy + tap * dyStep, aRow: filters, aStep: 1, b: w + tap * wStep, bStep: channels, count: filters)
        }
        put(sums, dx, dxPixel, width: columns)
    }
}
