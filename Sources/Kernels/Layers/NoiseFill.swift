// Buffers filled by chance, number by number in ascending order: the same source gives the same bits.
public import Basics

public enum NoiseFill {
    /// Uniform in [0, 1).
    public static func uniform(_ y: Floats, using random: inout RandomSource) {
        // 24 bits: a float cannot hold more without reaching 1.
        for i in 0..<y.count { y.base[i] = Float(random.next32() >> 8) * 0x1p-24 }
    }
    /// N(0, 1).
    public static func normal(_ y: Floats, using random: inout RandomSource) {
        for i in 0..<y.count { y.base[i] = Float(random.normal()) }
    }
    /// sign(ε)·√|ε| of ε from N(0, 1) (Fortunato et al. 2018, below equation 11).
    public static func rootNormal(_ y: Floats, using random: inout RandomSource) {
        for i in 0..<y.count {
            let draw = random.normal()
            let root = Float(abs(draw).squareRoot())
            y.base[i] = draw < 0 ? -root : root
        }
    }
    /// 1/keep with probability `keep` (in steps of 2⁻³²), else 0.
    public static func mask(_ y: Floats, keep: Float, using random: inout RandomSource) {
        guard keep > 0 && keep <= 1 else { fatalError("a mask that keeps \(keep); it must be above 0 and at most 1") }
        if keep == 1 { return y.fill(1) }
        let threshold = UInt32(keep * 0x1p32), kept = 1 / keep
        for i in 0..<y.count { y.base[i] = random.next32() < threshold ? kept : 0 }
    }
    /// index[r] drawn with the probabilities of row r by one number in [0, 1): probabilities [rows, width].
    public static func choices(
        _ probabilities: Floats, width: Int, rows: Int, into index: Integers, using random: inout RandomSource
    ) {
        guard width > 0, probabilities.count >= rows * width, index.count >= rows else {
            fatalError("choices: \(probabilities.count) probabilities and \(index.count) indices for \(rows) rows of \(width)")
        }
        for r in 0..<rows {
            let row = probabilities.base + r * width
            let draw = random.unit()
            var sum = 0.0, chosen = -1
            for c in 0..<width where row[c] > 0 && sum <= draw {
                sum += Double(row[c])
                chosen = c
            }
            // Rounding may leave the sum a little below 1: then the last possible choice has the rest.
            guard chosen >= 0 && (sum > draw || sum > 0.999) else {
                fatalError("choices: the probabilities of row \(r) add up to \(sum), not to 1")
            }
            index.base[r] = Int32(chosen)
        }
    }
}
