// Two-dimensional convolution of NHWC images without im2col: three loops around the one register tile.

/// Images are [rows, height, width, channels], weights [kernel, kernel, channels, filters]: one row of a window and the weights it
/// meets are contiguous, so a product's inner loop walks straight through both.
///
/// Every sum runs over its window in the order of the weights (or over its pixels in the order of the rows), whatever the tile:
/// bits depend neither on the number of rows, nor on a row's place, nor on the width of the registers.
public enum ConvolutionLoops {
    /// Numbers of the weights.
    public static func weightCount(_ window: SlidingWindow, filters: Int) -> Int {
        window.kernel * window.kernel * window.channels * filters
    }

    /// Floats of scratch memory that any of `forward`, `weights` and `inputs` may use.
    public static func scratchCount(_ window: SlidingWindow, filters: Int) -> Int {
        if window.isPointwise { return Dense.scratchCount(inputs: window.channels, outputs: filters) }
        let images = window.padding == 0 ? 0 : 2 * PaddedImage.count(window)
        return max(images, roundedToVector(weightCount(window, filters: filters)) + PaddedImage.rowCount(window))
    }

    /// dy ← dy ⊙ act′(y) in place, then db ← β·db + Σ dy over rows and pixels (skipped where `db` is empty); β is 0 or 1.
    public static func epilogue(
        _ window: SlidingWindow, filters: Int, _ dy: Floats, _ y: Floats, rows: Int, _ activation: FusedActivation, db: Floats,
        beta: Float
    ) {
        Dense.epilogue(dy, y, rows: rows * window.outPixels, outputs: filters, activation, db: db, beta: beta)
    }

    static func check(
        _ window: SlidingWindow, filters: Int, x: Floats, w: Floats, y: Floats, scratch: Floats, rows: Int, _ caller: StaticString
    ) {
        guard rows >= 0 && filters > 0 else { fatalError("\(caller): \(rows) rows and \(filters) filters") }
        func check(_ name: StaticString, _ buffer: Floats, _ needed: Int) {
            guard buffer.count >= needed else {
                fatalError("\(caller): \(name) holds \(buffer.count) floats, \(needed) are needed")
            }
        }
        check("the input", x, rows * window.count)
        check("the weights", w, weightCount(window, filters: filters))
        check("the output", y, rows * window.outPixels * filters)
        check("scratch", scratch, scratchCount(window, filters: filters))
    }
}

/// A window's rows as they lie in memory: kernel · channels numbers in one run, or, with gaps, a run of channels for each number.
struct WindowRuns {
    /// Runs in one row of the window.
    let count: Int
    /// Numbers in one run.
    let length: Int
    /// Floats from one run to the next, and from one row of the window to the next.
    let step: Int
    let rowStep: Int

    init(_ window: SlidingWindow, imageWidth: Int) {
        let isWhole = window.dilation == 1
        count = isWhole ? 1 : window.kernel
        length = (isWhole ? window.kernel : 1) * window.channels
        step = window.dilation * window.channels
        rowStep = window.dilation * imageWidth * window.channels
    }
}

/// Images with their padding around them: zeros that a convolution reads like any other pixel.
enum PaddedImage {
    static func count(_ window: SlidingWindow) -> Int { window.paddedHeight * rowCount(window) }
    static func rowCount(_ window: SlidingWindow) -> Int { window.paddedWidth * window.channels }

    /// The image itself where there is no padding; otherwise a copy in `memory`, whose border must be zero already.
    @inline(__always)
    static func of(
        _ image: UnsafePointer<Float>, _ window: SlidingWindow, in memory: UnsafeMutablePointer<Float>
    ) -> UnsafePointer<Float> {
        if window.padding == 0 { return image }
        let row = window.width * window.channels
        for iy in 0..<window.height {
            let to = memory + (iy + window.padding) * rowCount(window) + window.padding * window.channels
            to.update(from: image + iy * row, count: row)
        }
        return UnsafePointer(memory)
    }
}
