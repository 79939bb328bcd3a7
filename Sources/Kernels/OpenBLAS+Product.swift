// The system's own product: the rival that ours are measured against.
import COpenBLAS

extension OpenBLAS {
    /// c ← a · b on one thread: a [rows, inner], b [inner, columns], c [rows, columns].
    public static func product(_ a: Floats, _ b: Floats, into c: Floats, rows: Int, inner: Int, columns: Int) {
        guard a.count >= rows * inner, b.count >= inner * columns, c.count >= rows * columns else {
            fatalError("OpenBLAS: \(a.count), \(b.count) and \(c.count) floats for a product of \(rows) × \(inner) × \(columns)")
        }
        let before = openblas_get_num_threads()
        if before != 1 { openblas_set_num_threads(1) }
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns), blasint(inner), 1, a.base, blasint(inner),
            b.base,
            blasint(columns), 0, c.base, blasint(columns))
        if before != 1 { openblas_set_num_threads(before) }
    }
}
