// Mean 0 and variance 1 of groups of channels within each row: layer, instance and group normalisation are one loop.

/// x, y, g [rows, pixels · channels], channels innermost; gain and bias [channels]; a group is channels/groups neighbours over all
/// pixels, n numbers. Statistics are computed from x where they are needed, forward and backward: nothing is kept between.
public enum GroupStatistics {
    /// y ← (x − μ)·gain/√(v + ε) + bias, μ and v of x's row and group (Wu & He 2018, equations 1, 2 and 6).
    public static func apply(
        _ x: Floats, gain: Floats, bias: Floats, groups: Int, epsilon: Float, rows: Int, pixels: Int, channels: Int,
        into y: Floats
    ) {
        check(x, y, gain, bias, groups, rows, pixels, channels)
        let size = channels / groups
        for r in 0..<rows {
            for group in 0..<groups {
                let start = r * pixels * channels + group * size
                let (mean, scale) = statistics(x.base + start, pixels, channels, size, epsilon)
                let k = gain.base + group * size, b = bias.base + group * size
                for p in 0..<pixels {
                    let from = x.base + start + p * channels, to = y.base + start + p * channels
                    for c in 0..<size { to[c] = (from[c] - mean) * scale * k[c] + b[c] }
                }
            }
        }
    }

    /// With x̂ = (x − μ)/√(v + ε) and h = g·gain: dx ← β·dx + (h − mean h − x̂·mean(h·x̂))/√(v + ε).
    public static func inputGradient(
        _ g: Floats, _ x: Floats, gain: Floats, groups: Int, epsilon: Float, rows: Int, pixels: Int, channels: Int, beta: Float,
        into dx: Floats
    ) {
        check(g, x, gain, gain, groups, rows, pixels, channels)
        check(g, dx, gain, gain, groups, rows, pixels, channels)
        let size = channels / groups
        let n = Float(pixels * size)
        for r in 0..<rows {
            for group in 0..<groups {
                let start = r * pixels * channels + group * size
                let (mean, scale) = statistics(x.base + start, pixels, channels, size, epsilon)
                let k = gain.base + group * size
                var sum: Float = 0, product: Float = 0
                for p in 0..<pixels {
                    let at = x.base + start + p * channels, from = g.base + start + p * channels
                    for c in 0..<size {
                        let h = from[c] * k[c]
                        sum += h
                        product += h * ((at[c] - mean) * scale)
                    }
                }
                sum /= n
                product /= n
                for p in 0..<pixels {
                    let at = x.base + start + p * channels, from = g.base + start + p * channels
                    let to = dx.base + start + p * channels
                    for c in 0..<size {
                        let value = (from[c] * k[c] - sum - (at[c] - mean) * scale * product) * scale
                        to[c] = beta == 0 ? value : to[c] + value
                    }
                }
            }
        }
    }

    /// dgain ← β·dgain + Σ g·x̂ (skipped where `dGain` is empty), dbias ← β·dbias + Σ g (likewise); rows in ascending order.
    public static func parameterGradients(
        _ g: Floats, _ x: Floats, groups: Int, epsilon: Float, rows: Int, pixels: Int, channels: Int, dGain: Floats,
        gainBeta: Float, dBias: Floats, biasBeta: Float
    ) {
        let some = dGain.count != 0 ? dGain : dBias
        check(g, x, some, some, groups, rows, pixels, channels)
        if gainBeta == 0 { dGain.fill(0) }
        if biasBeta == 0 { dBias.fill(0) }
        let size = channels / groups
        for r in 0..<rows {
            for group in 0..<groups {
                let start = r * pixels * channels + group * size
                if dGain.count != 0 {
                    let (mean, scale) = statistics(x.base + start, pixels, channels, size, epsilon)
                    let to = dGain.base + group * size
                    for p in 0..<pixels {
                        let at = x.base + start + p * channels, from = g.base + start + p * channels
                        for c in 0..<size { to[c] += from[c] * ((at[c] - mean) * scale) }
                    }
                }
                if dBias.count != 0 {
                    let to = dBias.base + group * size
                    for p in 0..<pixels {
                        let from = g.base + start + p * channels
                        for c in 0..<size { to[c] += from[c] }
                    }
                }
            }
        }
    }

    /// Mean and 1/√(variance + ε) of one group of one row, in two passes.
    private static func statistics(
        _ x: UnsafePointer<Float>, _ pixels: Int, _ channels: Int, _ size: Int, _ epsilon: Float
    ) -> (mean: Float, scale: Float) {
        let n = Float(pixels * size)
        var total: Float = 0
        for p in 0..<pixels { total += run(x + p * channels, size) { $0 } }
        let mean = total / n
        var squares: Float = 0
        for p in 0..<pixels {
            squares += run(x + p * channels, size) { value in
                let d = value - mean
                return d * d
            }
        }
        return (mean, 1 / (squares / n + epsilon).squareRoot())
    }

    /// Σ f(x[c]) over one run, as sixteen partial sums where there are that many numbers.
    @inline(__always)
    private static func run(_ x: UnsafePointer<Float>, _ count: Int, _ function: (Vector) -> Vector) -> Float {
        var lanes = Vector()
        var c = 0
        while c + 16 <= count {
            lanes += function(load(x + c))
            c += 16
        }
        var total = c == 0 ? 0 : sum(lanes)
        while c < count {
            total += function(Vector(repeating: x[c]))[0]
            c += 1
        }
        return total
    }

    private static func check(
        _ x: Floats, _ y: Floats, _ gain: Floats, _ bias: Floats, _ groups: Int, _ rows: Int, _ pixels: Int, _ channels: Int
    ) {
        guard groups > 0, channels > 0, channels % groups == 0, x.count == rows * pixels * channels, y.count == x.count,
            gain.count == channels, bias.count == channels
        else {
            fatalError(
                "group statistics: \(x.count), \(y.count) and \(gain.count) floats for \(rows) rows of \(pixels) × \(channels) "
                    + "in \(groups) groups")
        }
    }
}
