// The derivatives of softmax and of its logarithm, row by row, read from their outputs.

extension Softmax {
    /// dx[r, c] ← β·dx[r, c] + p[r, c]·(dp[r, c] − Σⱼ dp[r, j]·p[r, j]): p, dp, dx [rows, width]; β is 0 or 1.
    public static func gradient(_ dp: Floats, _ p: Floats, width: Int, rows: Int, beta: Float, into dx: Floats) {
        checkGradient(dp, p, dx, width: width, rows: rows)
        for row in 0..<rows {
            let d = dp.base + row * width, share = p.base + row * width, to = dx.base + row * width
            var mean: Float = 0
            for c in 0..<width { mean += d[c] * share[c] }
            if beta == 0 {
                for c in 0..<width { to[c] = share[c] * (d[c] - mean) }
            } else {
                for c in 0..<width { to[c] += share[c] * (d[c] - mean) }
            }
        }
    }

    /// dx[r, c] ← β·dx[r, c] + dl[r, c] − exp(l[r, c])·Σⱼ dl[r, j]: l (the logarithms), dl, dx [rows, width]; β is 0 or 1.
    ///
    /// `scratch` holds at least rows · width floats.
    public static func logGradient(
        _ dl: Floats, _ l: Floats, width: Int, rows: Int, beta: Float, into dx: Floats, scratch: Floats
    ) {
        checkGradient(dl, l, dx, width: width, rows: rows)
        guard scratch.count >= rows * width else {
            fatalError("softmax gradient: scratch holds \(scratch.count) floats, \(rows * width) are needed")
        }
        VectorMaths.exp(l, into: scratch.slice(0, rows * width))
        for row in 0..<rows {
            let d = dl.base + row * width, share = scratch.base + row * width, to = dx.base + row * width
            var total: Float = 0
            for c in 0..<width { total += d[c] }
            if beta == 0 {
                for c in 0..<width { to[c] = d[c] - share[c] * total }
            } else {
                for c in 0..<width { to[c] += d[c] - share[c] * total }
            }
        }
    }

    private static func checkGradient(_ dy: Floats, _ y: Floats, _ dx: Floats, width: Int, rows: Int) {
        guard width > 0, rows >= 0, dy.count == rows * width, y.count == rows * width, dx.count == rows * width else {
            fatalError(
                "softmax gradient: \(dy.count), \(y.count) and \(dx.count) floats for \(rows) rows of width \(width)")
        }
    }
}
