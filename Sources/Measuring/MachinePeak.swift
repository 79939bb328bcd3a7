// What this machine can do at most, measured in the same process as everything that is compared with it.
import Kernels

/// On one core, in 10⁹ floating-point operations a second.
public struct MachinePeak: Hashable, Sendable {
    /// OpenBLAS's product of 1024 × 1024 × 1024.
    public let sgemm: Double
    /// Fused multiply-adds on registers alone: the roof.
    public let fma: Double

    public init(sgemm: Double, fma: Double) {
        self.sgemm = sgemm
        self.fma = fma
    }

    public static func measure(with stopwatch: Stopwatch) -> MachinePeak {
        let roof = stopwatch.measure { _ = PeakLoop.run(rounds: 1000 * $0) }
        let size = 1024
        let operands = Operands(size)
        let rival = stopwatch.measure { iterations in
            for _ in 0..<iterations {
                OpenBLAS.product(operands.a, operands.b, into: operands.c, rows: size, inner: size, columns: size)
            }
        }
        return MachinePeak(
            sgemm: 2e-9 * Double(size * size * size) * rival.perSecond, fma: 1e-6 * Double(PeakLoop.operations) * roof.perSecond)
    }
}

/// Two square matrices of numbers between −½ and ½, and room for their product.
struct Operands {
    private let memory: Storage<Float>
    private let count: Int
    var a: Floats { memory.all.slice(0, count) }
    var b: Floats { memory.all.slice(count, count) }
    var c: Floats { memory.all.slice(2 * count, count) }

    init(_ size: Int) {
        count = size * size
        memory = Storage(count: 3 * count)
        for i in 0..<2 * count { memory.all[i] = Float((i &* 7919) % 1009) / 1009 - 0.5 }
    }
}
