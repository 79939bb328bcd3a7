// The CPU's roof: nothing but fused multiply-adds on registers, in chains that do not wait for each other.
import CVector

public enum PeakLoop {
    /// Chains side by side: enough to hide the latency of two units, few enough to stay in the registers.
    private static var chains: Int { hasWideRegisters ? 16 : 5 }

    /// Floating-point operations of one round; a multiply-add counts as two.
    public static var operations: Int { chains * 16 * 2 }

    /// Runs `rounds` rounds on one core.
    ///
    /// - Returns: a number that depends on all of them, so that nothing can be left out.
    public static func run(rounds: Int) -> Float {
        hasWideRegisters ? run(Size<16, 1>(), rounds) : run(Size<5, 1>(), rounds)
    }

    /// x ← x·f + d converges to d / (1 − f): no overflow and no denormals, however long it runs.
    @inline(__always)
    private static func run<let R: Int>(_ size: Size<R, 1>, _ rounds: Int) -> Float {
        var sums: Tile<R, 1> = zeros()
        let factor = Vector(repeating: 0.5)
        let addend = Vector(repeating: Float(rounds & 1) + 1)
        for r in 0..<R { sums[r][0] = Vector(repeating: Float(r)) }
        for _ in 0..<rounds {
            for r in 0..<R { sums[r][0] = fma16(sums[r][0], factor, addend) }
        }
        var total = Vector()
        for r in 0..<R { total += sums[r][0] }
        return sum(total)
    }
}
