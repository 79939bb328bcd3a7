// The loss of quantiles against samples of their distribution (Dabney et al. 2018).

/// quantiles θ [rows, n] at τ̂ᵢ = (2i + 1)/2n, samples T [rows, m], losses and g [rows].
public enum Quantiles {
    /// losses[r] ← Σᵢ mean_j |τ̂ᵢ − [u < 0]|·L_κ(u), u = T[r, j] − θ[r, i] (equations 9 and 10); κ = 0 is the quantile regression
    /// loss itself, with |u| in place of L_κ(u).
    public static func huber(
        _ quantiles: Floats, _ samples: Floats, n: Int, m: Int, threshold: Float, rows: Int, into losses: Floats
    ) {
        check(quantiles, samples, losses, n, m, rows)
        for r in 0..<rows {
            var total: Float = 0
            for i in 0..<n {
                let middle = (Float(i) + 0.5) / Float(n), quantile = quantiles.base[r * n + i]
                var sum: Float = 0
                for j in 0..<m {
                    let u = samples.base[r * m + j] - quantile
                    let magnitude = abs(u)
                    let inside = min(magnitude, threshold)
                    let loss = threshold == 0 ? magnitude : inside * (magnitude - 0.5 * inside)
                    sum += (u < 0 ? 1 - middle : middle) * loss
                }
                total += sum
            }
            losses.base[r] = total / Float(m)
        }
    }

    /// dθ ← β·dθ − Σ_j share (where `dQuantiles` is not empty), dT ← β·dT + Σᵢ share (likewise), share = g/m·|τ̂ᵢ − [u < 0]|·L′_κ(u).
    public static func huberGradient(
        _ g: Floats, _ quantiles: Floats, _ samples: Floats, n: Int, m: Int, threshold: Float, rows: Int, dQuantiles: Floats,
        quantileBeta: Float, dSamples: Floats, sampleBeta: Float
    ) {
        check(quantiles, samples, g, n, m, rows)
        guard dQuantiles.count == 0 || dQuantiles.count == rows * n, dSamples.count == 0 || dSamples.count == rows * m else {
            fatalError(
                "quantiles: gradients of \(dQuantiles.count) and \(dSamples.count) floats for \(rows) rows of \(n) and \(m)")
        }
        if quantileBeta == 0 { dQuantiles.fill(0) }
        if sampleBeta == 0 { dSamples.fill(0) }
        for r in 0..<rows {
            let factor = g.base[r] / Float(m)
            for i in 0..<n {
                let middle = (Float(i) + 0.5) / Float(n), quantile = quantiles.base[r * n + i]
                var sum: Float = 0
                for j in 0..<m {
                    let u = samples.base[r * m + j] - quantile
                    let slope: Float = threshold == 0 ? (u > 0 ? 1 : u < 0 ? -1 : 0) : max(-threshold, min(threshold, u))
                    let share = factor * (u < 0 ? 1 - middle : middle) * slope
                    sum += share
                    if dSamples.count != 0 { dSamples.base[r * m + j] += share }
                }
                if dQuantiles.count != 0 { dQuantiles.base[r * n + i] -= sum }
            }
        }
    }

    private static func check(_ quantiles: Floats, _ samples: Floats, _ single: Floats, _ n: Int, _ m: Int, _ rows: Int) {
        guard n > 0, m > 0, quantiles.count == rows * n, samples.count == rows * m, single.count == rows else {
            fatalError(
                "quantiles: \(quantiles.count), \(samples.count) and \(single.count) floats for \(rows) rows of \(n) and \(m)")
        }
    }
}
