// One small matrix product for each row of a batch, on the register tile.

/// a [rows, m · k], b [rows, k · n], c and g [rows, m · n]; every matrix is row-major. β is 0 or 1.
public enum MatrixProducts {
    /// c[r] ← a[r] · b[r]
    public static func forward(_ a: Floats, _ b: Floats, m: Int, k: Int, n: Int, rows: Int, into c: Floats) {
        check(a, b, c, m, k, n, rows)
        for r in 0..<rows {
            Product.run(
                m, n, k, a: a.base + r * m * k, aRow: k, aStep: 1, b: b.base + r * k * n, bRow: n, c: c.base + r * m * n, cRow: n,
                .store)
        }
    }

    /// da[r] ← β·da[r] + g[r] · b[r]ᵀ; `scratch` holds n · k floats.
    public static func leftGradient(
        _ g: Floats, _ b: Floats, m: Int, k: Int, n: Int, rows: Int, beta: Float, into da: Floats, scratch: Floats
    ) {
        check(da, b, g, m, k, n, rows)
        guard scratch.count >= n * k else { fatalError("matrix products: scratch holds \(scratch.count) floats of \(n * k)") }
        for r in 0..<rows {
            Transpose.run(b.base + r * k * n, rows: k, columns: n, into: scratch.base)
            Product.run(
                m, k, n, a: g.base + r * m * n, aRow: n, aStep: 1, b: scratch.base, bRow: k, c: da.base + r * m * k, cRow: k,
                .beta(beta))
        }
    }

    /// db[r] ← β·db[r] + a[r]ᵀ · g[r]
    public static func rightGradient(
        _ g: Floats, _ a: Floats, m: Int, k: Int, n: Int, rows: Int, beta: Float, into db: Floats
    ) {
        check(a, db, g, m, k, n, rows)
        for r in 0..<rows {
            Product.run(
                k, n, m, a: a.base + r * m * k, aRow: 1, aStep: k, b: g.base + r * m * n, bRow: n, c: db.base + r * k * n,
                cRow: n, .beta(beta))
        }
    }

    private static func check(_ a: Floats, _ b: Floats, _ c: Floats, _ m: Int, _ k: Int, _ n: Int, _ rows: Int) {
        guard m > 0, k > 0, n > 0, a.count == rows * m * k, b.count == rows * k * n, c.count == rows * m * n else {
            fatalError(
                "matrix products: \(a.count), \(b.count) and \(c.count) floats for \(rows) rows of \(m) × \(k) times \(k) × \(n)")
        }
    }
}
