// What this CPU can do, and what the binary was built to use.

import CKernels
import CVector

public enum Processor {
    /// Vector features of this CPU: a subset of avx avx2 fma bmi2 avx512f avx512bw avx512vl avx512dq, in that order.
    public static var features: [String] { names(ckernels_cpu_features()) }
    /// The features that this binary uses; empty in a `baseline` build.
    public static var builtFor: [String] { names(cvector_built_features) }

    private static func names(_ features: UInt32) -> [String] {
        ckernels_feature_names(features).map { String(cString: $0).split(separator: " ").map(String.init) } ?? []
    }
}
