// One action drawn uniformly: what a control does, and how laws are tried.
public import Basics
import Kernels

extension Actions {
    /// Draws the action of `lane` uniformly from `space`.
    ///
    /// A side of a box without a bound lies 2 from the other, and a number without either is drawn from [−1, 1).
    public func draw(_ lane: Int, from space: Space, using random: inout RandomSource) {
        switch space {
        case .discrete(let count): indices[lane] = Int32(random.below(count))
        case .box(let shape, let lows, let highs):
            for i in 0..<shape.count {
                let low = lows[i].isFinite ? lows[i] : highs[i].isFinite ? highs[i] - 2 : -1
                let high = highs[i].isFinite ? highs[i] : low + 2
                values[lane * width + i] = Float(random.uniform(Double(low), Double(high)))
            }
        case .bytes: fatalError("no world is told bytes")
        }
    }

    /// Draws every lane's action uniformly; one draw of 64 bits serves as many lanes as it has bits for.
    public func drawAll(from space: Space, using random: inout RandomSource) {
        guard case .discrete(let choices) = space, choices <= 256 else {
            for lane in 0..<count { draw(lane, from: space, using: &random) }
            return
        }
        if choices.nonzeroBitCount == 1 {
            let bits = max(1, choices.trailingZeroBitCount)
            for start in stride(from: 0, to: count, by: 64 / bits) {
                indices.storePieces(of: choices == 1 ? 0 : random.next(), bits: bits, from: start)
            }
        } else {
            drawSmall(choices, using: &random)
        }
    }

    /// Lemire's multiplication with rejection, on pieces of 16 bits.
    private func drawSmall(_ choices: Int, using random: inout RandomSource) {
        let threshold = 65536 % choices
        var word: UInt64 = 0, left = 0
        for lane in 0..<count {
            var product = 0
            repeat {
                if left == 0 { (word, left) = (random.next(), 4) }
                product = Int(word & 0xffff) * choices
                word >>= 16
                left -= 1
            } while product & 0xffff < threshold
            indices[lane] = Int32(product >> 16)
        }
    }
}
