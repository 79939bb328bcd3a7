// Mean 0 and variance 1 of each channel over the batch: the moments, applying them, and both gradients.

/// x, y, g [rows, pixels · channels], channels innermost; a vector has one pixel. n = rows · pixels.
public enum BatchStatistics {
    /// moments ← mean [channels], variance Σ(x − μ)²/n [channels], and Σ(x − μ)²/max(n − 1, 1) [channels]; two passes.
    public static func moments(_ x: Floats, rows: Int, pixels: Int, channels: Int, into moments: Floats) {
        check(x, x, rows, pixels, channels)
        need(moments, 3 * channels)
        let n = rows * pixels
        let mean = moments.base, variance = mean + channels, unbiased = variance + channels
        for c in 0..<2 * channels { mean[c] = 0 }
        for i in 0..<n {
            let at = x.base + i * channels
            for c in 0..<channels { mean[c] += at[c] }
        }
        for c in 0..<channels { mean[c] /= Float(n) }
        for i in 0..<n {
            let at = x.base + i * channels
            for c in 0..<channels {
                let d = at[c] - mean[c]
                variance[c] += d * d
            }
        }
        for c in 0..<channels {
            unbiased[c] = variance[c] / Float(max(n - 1, 1))
            variance[c] /= Float(n)
        }
    }

    /// dx ← β·dx + dμ/n + 2(x − μ)·(dv/n + du/max(n − 1, 1)): `gradients` [3 · channels] as `moments` are.
    public static func momentsGradient(
        _ x: Floats, moments: Floats, gradients: Floats, rows: Int, pixels: Int, channels: Int, beta: Float, into dx: Floats
    ) {
        check(x, dx, rows, pixels, channels)
        need(moments, 3 * channels)
        need(gradients, 3 * channels)
        let n = rows * pixels
        let mean = moments.base, dMean = gradients.base, dVariance = dMean + channels, dUnbiased = dVariance + channels
        let share = 1 / Float(n), unbiasedShare = 1 / Float(max(n - 1, 1))
        for i in 0..<n {
            let at = x.base + i * channels, to = dx.base + i * channels
            for c in 0..<channels {
                let slope = 2 * (dVariance[c] * share + dUnbiased[c] * unbiasedShare)
                let value = dMean[c] * share + (at[c] - mean[c]) * slope
                to[c] = beta == 0 ? value : to[c] + value
            }
        }
    }

    /// y ← (x − μ)·gain/√(v + ε) + bias, with μ and v the first 2 · channels of `moments`; `scratch` holds 2 · channels.
    public static func apply(
        _ x: Floats, moments: Floats, gain: Floats, bias: Floats, epsilon: Float, rows: Int, pixels: Int, channels: Int,
        into y: Floats, scratch: Floats
    ) {
        check(x, y, rows, pixels, channels)
        need(moments, 2 * channels)
        need(gain, channels)
        need(bias, channels)
        need(scratch, 2 * channels)
        let mean = moments.base, variance = mean + channels, factor = scratch.base, b = bias.base
        for c in 0..<channels { factor[c] = gain.base[c] / (variance[c] + epsilon).squareRoot() }
        for i in 0..<rows * pixels {
            let at = x.base + i * channels, to = y.base + i * channels
            for c in 0..<channels { to[c] = (at[c] - mean[c]) * factor[c] + b[c] }
        }
    }

    /// dx ← β·dx + g·gain/√(v + ε)
    public static func applyGradient(
        _ g: Floats, moments: Floats, gain: Floats, epsilon: Float, rows: Int, pixels: Int, channels: Int, beta: Float,
        into dx: Floats, scratch: Floats
    ) {
        check(g, dx, rows, pixels, channels)
        need(moments, 2 * channels)
        need(gain, channels)
        need(scratch, 2 * channels)
        let variance = moments.base + channels, factor = scratch.base
        for c in 0..<channels { factor[c] = gain.base[c] / (variance[c] + epsilon).squareRoot() }
        for i in 0..<rows * pixels {
            let from = g.base + i * channels, to = dx.base + i * channels
            if beta == 0 {
                for c in 0..<channels { to[c] = from[c] * factor[c] }
            } else {
                for c in 0..<channels { to[c] += from[c] * factor[c] }
            }
        }
    }

    /// sums ← Σ g [channels] and Σ g·(x − μ) [channels]: what the gradients of moments, gain and bias are made of.
    public static func gradientSums(
        _ g: Floats, _ x: Floats, moments: Floats, rows: Int, pixels: Int, channels: Int, into sums: Floats
    ) {
        check(g, x, rows, pixels, channels)
        need(moments, channels)
        need(sums, 2 * channels)
        let mean = moments.base, total = sums.base, product = total + channels
        for c in 0..<2 * channels { total[c] = 0 }
        for i in 0..<rows * pixels {
            let from = g.base + i * channels, at = x.base + i * channels
            for c in 0..<channels {
                total[c] += from[c]
                product[c] += from[c] * (at[c] - mean[c])
            }
        }
    }

    private static func check(_ x: Floats, _ y: Floats, _ rows: Int, _ pixels: Int, _ channels: Int) {
        guard rows > 0, pixels > 0, channels > 0, x.count == rows * pixels * channels, y.count == x.count else {
            fatalError("batch statistics: \(x.count) and \(y.count) floats for \(rows) rows of \(pixels) × \(channels)")
        }
    }
    private static func need(_ buffer: Floats, _ count: Int) {
        guard buffer.count >= count else { fatalError("batch statistics: \(buffer.count) floats, \(count) are needed") }
    }
}
