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
}
