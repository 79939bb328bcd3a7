// What the system's OpenBLAS says about itself.

import COpenBLAS

public enum OpenBLAS {
    /// The CPU whose kernels it chose, such as `SkylakeX` or `Haswell`.
    public static var coreName: String { openblas_get_corename().map { String(cString: $0) } ?? "unknown" }
    /// Version and build options, such as `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64`.
    public static var configuration: String { openblas_get_config().map { String(cString: $0) } ?? "unknown" }
    /// Threads that one product may use.
    public static var threads: Int {
        get { Int(openblas_get_num_threads()) }
        set { openblas_set_num_threads(Int32(clamping: newValue)) }
    }
}
