// Pooling: one number for each window and channel, its largest or its average. Numbers outside the image do not count; there is no dilation.
import CVector

public enum MaxPooling {
    /// y ← the largest number of each window, NaN where the window holds one: x [rows, height, width, channels],
    /// y [rows, outHeight, outWidth, channels].
    public static func forward(_ window: SlidingWindow, _ x: Floats, into y: Floats, rows: Int) {
        check(window, x, y, rows)
        forEachPixel(window, rows) { image, pixel, vertical, horizontal in
            for j in stride(from: 0, to: window.channels, by: 16) {
                var best = Vector(repeating: -.infinity)
                forEachTap(window, image, vertical, horizontal) { at in
                    best = larger(best, load(x.base + at + j))
                }
                store_first16(y.base + pixel + j, best, Int32(min(16, window.channels - j)))
            }
        }
    }

    /// dx ← β·dx, plus dy where x is its window's largest number, the first among equals; β is 0 or 1.
    public static func inputs(
        _ window: SlidingWindow, _ x: Floats, _ y: Floats, _ dy: Floats, into dx: Floats, rows: Int, beta: Float
    ) {
        check(window, x, y, rows)
        check(window, dx, dy, rows)
        if beta == 0 { dx.slice(0, rows * window.count).fill(0) }
        forEachPixel(window, rows) { image, pixel, vertical, horizontal in
            for j in stride(from: 0, to: window.channels, by: 16) {
                let best = load(y.base + pixel + j)
                var left = load(dy.base + pixel + j)
                let width = Int32(min(16, window.channels - j))
                forEachTap(window, image, vertical, horizontal) { at in
                    // `<` is false for NaN too: its gradient goes to the window's first number and is seen.
                    let isLower = load(x.base + at + j) .< best
                    let share = left.replacing(with: 0, where: isLower)
                    left = Vector().replacing(with: left, where: isLower)
                    store_first16(dx.base + at + j, load(dx.base + at + j) + share, width)
                }
            }
        }
    }

    /// The larger of both, or NaN where either is.
    @inline(__always) private static func larger(_ a: Vector, _ b: Vector) -> Vector {
        // b ≠ b only where it is NaN; a NaN in a stays, since nothing is larger.
        a.replacing(with: b, where: a .< b).replacing(with: b, where: b .!= b)
    }
}

public enum AveragePooling {
    /// y ← the average of those numbers of each window that are inside the image: x [rows, height, width, channels],
    /// y [rows, outHeight, outWidth, channels].
    public static func forward(_ window: SlidingWindow, _ x: Floats, into y: Floats, rows: Int) {
        check(window, x, y, rows)
        forEachPixel(window, rows) { image, pixel, vertical, horizontal in
            let share = 1 / Float(vertical.count * horizontal.count)
            for j in stride(from: 0, to: window.channels, by: 16) {
                var sums = Vector()
                forEachTap(window, image, vertical, horizontal) { at in sums += load(x.base + at + j) }
                store_first16(y.base + pixel + j, sums * share, Int32(min(16, window.channels - j)))
            }
        }
    }

    /// dx ← β·dx + dy / n at each of a window's n numbers; β is 0 or 1.
    public static func inputs(_ window: SlidingWindow, _ dy: Floats, into dx: Floats, rows: Int, beta: Float) {
        check(window, dx, dy, rows)
        if beta == 0 { dx.slice(0, rows * window.count).fill(0) }
        forEachPixel(window, rows) { image, pixel, vertical, horizontal in
            let share = 1 / Float(vertical.count * horizontal.count)
            for j in stride(from: 0, to: window.channels, by: 16) {
                let slope = load(dy.base + pixel + j) * share
                let width = Int32(min(16, window.channels - j))
                forEachTap(window, image, vertical, horizontal) { at in
                    store_first16(dx.base + at + j, load(dx.base + at + j) + slope, width)
                }
            }
        }
    }

    /// y ← the average of each channel over all pixels: x [rows, pixels, channels], y [rows, channels].
    public static func whole(_ x: Floats, into y: Floats, pixels: Int, channels: Int, rows: Int) {
        checkWhole(x, y, pixels, channels, rows)
        let share = 1 / Float(pixels)
        for r in 0..<rows {
            for j in stride(from: 0, to: channels, by: 16) {
                var sums = Vector()
                for p in 0..<pixels { sums += load(x.base + (r * pixels + p) * channels + j) }
                store_first16(y.base + r * channels + j, sums * share, Int32(min(16, channels - j)))
            }
        }
    }

    /// dx ← β·dx + dy / pixels; β is 0 or 1.
    public static func wholeInputs(_ dy: Floats, into dx: Floats, pixels: Int, channels: Int, rows: Int, beta: Float) {
        checkWhole(dx, dy, pixels, channels, rows)
        let share = 1 / Float(pixels)
        if beta == 0 { dx.slice(0, rows * pixels * channels).fill(0) }
        for r in 0..<rows {
            for j in stride(from: 0, to: channels, by: 16) {
                let slope = load(dy.base + r * channels + j) * share
                let width = Int32(min(16, channels - j))
                for p in 0..<pixels {
                    let at = dx.base + (r * pixels + p) * channels + j
                    store_first16(at, load(at) + slope, width)
                }
            }
        }
    }

    private static func checkWhole(_ x: Floats, _ y: Floats, _ pixels: Int, _ channels: Int, _ rows: Int) {
        guard rows >= 0 && pixels > 0 && channels > 0 && x.count >= rows * pixels * channels && y.count >= rows * channels else {
            fatalError(
                "AveragePooling: \(x.count) and \(y.count) floats for \(rows) rows of \(pixels) pixels and \(channels) channels")
        }
    }
}

private func check(_ window: SlidingWindow, _ x: Floats, _ y: Floats, _ rows: Int) {
    guard window.dilation == 1 else { fatalError("pooling: a window with a dilation of \(window.dilation)") }
    guard rows >= 0 && x.count >= rows * window.count && y.count >= rows * window.outPixels * window.channels else {
        fatalError(
            "pooling: \(x.count) and \(y.count) floats for \(rows) rows; \(window.count) and "
                + "\(window.outPixels * window.channels) a row are needed")
    }
}

/// For each output pixel of each row: where its image and it itself begin, and which rows and columns of the window are inside.
@inline(__always)
private func forEachPixel(
    _ window: SlidingWindow, _ rows: Int, _ body: (_ image: Int, _ pixel: Int, _ vertical: Places, _ horizontal: Places) -> Void
) {
    for n in 0..<rows {
        for oy in 0..<window.outHeight {
            let vertical = Places(window, at: oy, length: window.height)
            for ox in 0..<window.outWidth {
                let pixel = (n * window.outPixels + oy * window.outWidth + ox) * window.channels
                body(n * window.count, pixel, vertical, Places(window, at: ox, length: window.width))
            }
        }
    }
}

/// The pixels of one axis that a window sees.
private struct Places {
    let first: Int, count: Int

    init(_ window: SlidingWindow, at output: Int, length: Int) {
        let taps = window.taps(at: output, length: length)
        first = window.pixel(output, taps.lowerBound)
        count = taps.count
    }
}

/// Where each pixel of the window begins, row by row.
@inline(__always)
private func forEachTap(
    _ window: SlidingWindow, _ image: Int, _ vertical: Places, _ horizontal: Places, _ body: (_ at: Int) -> Void
) {
    for iy in 0..<vertical.count {
        let row = image + ((vertical.first + iy) * window.width + horizontal.first) * window.channels
        for ix in 0..<horizontal.count { body(row + ix * window.channels) }
    }
}
