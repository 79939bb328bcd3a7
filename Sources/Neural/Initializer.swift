// How a tensor's numbers begin.
public import Basics

/// Fan-in is the product of all dimensions but the last; fan-out replaces the last-but-one (inputs or channels) by the last.
public enum Initializer: Hashable, Sendable {
    case constant(Float)
    /// Exactly these, row-major; as many as the tensor holds.
    case given([Float])
    /// U(−bound, bound)
    case uniform(bound: Float)
    /// N(0, deviation²)
    case normal(deviation: Float)
    /// U(±1/√fan-in), biases included when their layer's fan-in is given: PyTorch's default for linear layers.
    case fanIn(Int? = nil)
    /// U(±gain·√(6/(fan-in + fan-out))) (Glorot & Bengio 2010, equation 16).
    case glorotUniform(gain: Float = 1)
    /// N(0, gain²·2/(fan-in + fan-out)): the same variance.
    case glorotNormal(gain: Float = 1)
    /// N(0, 2/fan-in) (He et al. 2015, equation 10), for ReLU.
    case heNormal
    /// U(±√(6/fan-in)): the same variance.
    case heUniform
    /// Orthonormal columns or rows, times `gain` (Saxe et al. 2014).
    case orthogonal(gain: Float)

    /// Numbers for a tensor of `shape`, in row-major order.
    public func values(shape: [Int], using random: inout RandomSource) -> [Float] {
        let count = shape.reduce(1, *)
        let outputs = shape.last ?? 1
        let fanIn = max(1, count / max(1, outputs))
        let channels = shape.count >= 2 ? shape[shape.count - 2] : 1
        let fanOut = fanIn / max(1, channels) * outputs
        func uniform(_ bound: Double) -> [Float] { (0..<count).map { _ in Float(random.uniform(-bound, bound)) } }
        func normal(_ deviation: Double) -> [Float] { (0..<count).map { _ in Float(random.normal() * deviation) } }
        switch self {
        case .constant(let value): return Array(repeating: value, count: count)
        case .given(let numbers):
            guard numbers.count == count else { fatalError("\(numbers.count) numbers are given for a tensor of shape \(shape)") }
            return numbers
        case .uniform(let bound): return uniform(Double(bound))
        case .normal(let deviation): return normal(Double(deviation))
        case .fanIn(let given): return uniform(1 / Double(given ?? fanIn).squareRoot())
        case .glorotUniform(let gain): return uniform(Double(gain) * (6 / Double(fanIn + fanOut)).squareRoot())
        case .glorotNormal(let gain): return normal(Double(gain) * (2 / Double(fanIn + fanOut)).squareRoot())
        case .heNormal: return normal((2 / Double(fanIn)).squareRoot())
        case .heUniform: return uniform((6 / Double(fanIn)).squareRoot())
        case .orthogonal(let gain): return orthonormal(rows: fanIn, columns: outputs, gain: Double(gain), using: &random)
        }
    }
}

/// [rows, columns]: normal draws made orthonormal by modified Gram–Schmidt along the shorter side, done twice for accuracy.
private func orthonormal(rows: Int, columns: Int, gain: Double, using random: inout RandomSource) -> [Float] {
    let count = min(rows, columns), length = max(rows, columns)
    var vectors = (0..<count).map { _ in (0..<length).map { _ in random.normal() } }
    for i in 0..<count {
        for _ in 0..<2 {
            for j in 0..<i {
                var overlap = 0.0
                for k in 0..<length { overlap += vectors[i][k] * vectors[j][k] }
                for k in 0..<length { vectors[i][k] -= overlap * vectors[j][k] }
            }
        }
        let norm = vectors[i].reduce(0) { $0 + $1 * $1 }.squareRoot()
        for k in 0..<length { vectors[i][k] /= norm }
    }
    var result = [Float](repeating: 0, count: rows * columns)
    for r in 0..<rows {
        for c in 0..<columns {
            result[r * columns + c] = Float(gain * (rows >= columns ? vectors[c][r] : vectors[r][c]))
        }
    }
    return result
}
