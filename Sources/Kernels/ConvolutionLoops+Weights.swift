// The weights' gradient: a tile is some numbers of a window's row by some filters, and its sums run over all pixels.

extension ConvolutionLoops {
    /// dw ← β·dw + Σ x ⊗ dy over rows and pixels: [kernel, kernel, channels, filters]; β is 0 or 1.
    ///
    /// Reads up to 15 floats past the end of `dy` and `dw` (every `Storage` keeps that much slack).
    public static func weights(
        _ window: SlidingWindow, filters: Int, _ x: Floats, _ dy: Floats, into dw: Floats, rows: Int, beta: Float, scratch: Floats
    ) {
        check(window, filters: filters, x: x, w: dw, y: dy, scratch: scratch, rows: rows, "ConvolutionLoops.weights")
        if window.isPointwise {
            return Dense.weights(
                x, dy, into: dw, rows: rows * window.outPixels, inputs: window.channels, outputs: filters, beta: beta,
                scratch: scratch)
        }
        if beta == 0 { dw.slice(0, weightCount(window, filters: filters)).fill(0) }
        let imageCount = PaddedImage.count(window)
        if window.padding > 0 { scratch.slice(0, 2 * imageCount).fill(0) }
        // Two samples at a time: they stay in the second-level cache while every weight passes over them.
        var n = 0
        while n < rows {
            let samples = min(2, rows - n)
            var images = UnsafePointer(x.base) + n * window.count
            if window.padding > 0 {
                for i in 0..<samples { _ = PaddedImage.of(images + i * window.count, window, in: scratch.base + i * imageCount) }
                images = UnsafePointer(scratch.base)
            }
            pass(window, filters, images, dy.base + n * window.outPixels * filters, dw.base, samples)
            n += samples
        }
    }

    /// Lower than a tile may be: these heights divide the usual runs, and the sums must be fetched and put as well.
    @inline(__always) static func mostWeightRows(vectors: Int) -> Int {
        if !hasWideRegisters { return 4 }
        switch vectors {
        case 1, 2: return 8
        case 3: return 6
        default: return 4
        }
    }

    /// dw ← dw + what `samples` rows add.
    private static func pass(
        _ window: SlidingWindow, _ filters: Int, _ images: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
        _ dw: UnsafeMutablePointer<Float>, _ samples: Int
    ) {
        let runs = WindowRuns(window, imageWidth: window.paddedWidth)
        let outHeight = window.outHeight, outWidth = window.outWidth
        let xPixel = window.stride * window.channels, xRow = window.stride * PaddedImage.rowCount(window)
        let imageCount = PaddedImage.count(window), kernel = window.kernel
        var j = 0
        while j < filters {
            let columns = min(16 * TileSize.mostVectors, filters - j)
            let vectors = (columns + 15) / 16
            let height = TileSize.evenly(runs.length, most: mostWeightRows(vectors: vectors))
            for ky in 0..<kernel {
                for run in 0..<runs.count {
                    let x = images + ky * runs.rowStep + run * runs.step
                    let to = dw + (ky * runs.count + run) * runs.length * filters + j
                    var i = 0
                    while i < runs.length {
                        let count = min(height, runs.length - i)
                        let tile = WeightTile(
                            x: x + i, xPixel: xPixel, xRow: xRow, imageCount: imageCount, dy: dy + j, dw: to + i * filters,
                            filters: filters, columns: columns, samples: samples, outHeight: outHeight, outWidth: outWidth)
                        TileSize.run(tile, rows: count, vectors: vectors)
                        i += count
                    }
                }
            }
            j += columns
        }
    }
}

private struct WeightTile: TileWork {
    let x: UnsafePointer<Float>
    /// Floats from one window to the next, to the one below, and to the next sample's.
    let xPixel: Int, xRow: Int, imageCount: Int
    let dy: UnsafePointer<Float>
    let dw: UnsafeMutablePointer<Float>
    let filters: Int
    let columns: Int
    let samples: Int
    let outHeight: Int, outWidth: Int

    @inline(__always) func run<let R: Int, let V: Int>(_ size: Size<R, V>) {
        var sums: Tile<R, V> = zeros()
        fetch(&sums, dw, filters)
        var dy = dy
        for n in 0..<samples {
            var x = x + n * imageCount
            for _ in 0..<outHeight {
                accumulate(&sums, a: x, aRow: 1, aStep: xPixel, b: dy, bStep: filters, count: outWidth)
                x += xRow
                dy += outWidth * filters
            }
        }
        put(sums, dw, filters, width: columns)
    }
}
