// How tensors begin: the variance that each kind promises, bounds, and orthogonality.
import Basics
import Neural
import TestSupport
import Testing

@Suite struct InitializerTests {
    private func draw(_ initializer: Initializer, _ shape: [Int]) -> [Double] {
        var random = RandomSource(seed: 4)
        return initializer.values(shape: shape, using: &random).map(Double.init)
    }

    /// Variance and bound for weights of 200 inputs and 100 outputs, and of a 3 × 3 kernel from 10 to 40 channels (fan-in 90, fan-out 360).
    @Test(
        arguments: [
            (.uniform(bound: 0.5), [200, 100], 0.25 / 3, 0.5), (.normal(deviation: 2), [200, 100], 4, nil),
            (.fanIn(), [200, 100], 1 / 600.0, (1 / 200.0).squareRoot()),
            (.fanIn(50), [20000], 1 / 150.0, (1 / 50.0).squareRoot()),
            (.fanIn(), [3, 3, 10, 40], 1 / 270.0, (1 / 90.0).squareRoot()),
            (.glorotUniform(gain: 2), [200, 100], 4 * 2 / 300.0, 2 * (6 / 300.0).squareRoot()),
            (.glorotUniform(), [3, 3, 10, 40], 2 / 450.0, (6 / 450.0).squareRoot()),
            (.glorotNormal(gain: 2), [200, 100], 4 * 2 / 300.0, nil), (.glorotNormal(), [3, 3, 10, 40], 2 / 450.0, nil),
            (.heNormal, [200, 100], 2 / 200.0, nil), (.heUniform, [200, 100], 2 / 200.0, (6 / 200.0).squareRoot()),
            (.heNormal, [3, 3, 10, 40], 2 / 90.0, nil),
        ] as [(Initializer, [Int], Double, Double?)])
    func varianceAndBound(_ initializer: Initializer, _ shape: [Int], _ variance: Double, _ bound: Double?) {
        let values = draw(initializer, shape)
        let n = Double(values.count)
        #expect(values.count == shape.reduce(1, *))
        let mean = values.reduce(0, +) / n
        #expect(abs(mean) < 4 * (variance / n).squareRoot())
        // The sample variance of normal numbers deviates by √(2/n) relative; four times that.
        let measured = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
        #expect(abs(measured / variance - 1) < 4 * (2 / n).squareRoot())
        if let bound {
            let largest = values.map(abs).max()!
            #expect(largest <= bound * 1.0000001 && largest > bound * 0.99)
        }
    }

    @Test func aConstantIsConstant() { #expect(draw(.constant(-3), [2, 3]) == Array(repeating: -3, count: 6)) }

    /// QᵀQ = g²·I for a tall matrix, QQᵀ = g²·I for a wide one.
    @Test(arguments: [[64, 16], [16, 64], [32, 32], [3, 3, 4, 8], [1, 5], [5, 1]], [Float(1), 1.4142135, 0.01])
    func orthogonality(_ shape: [Int], _ gain: Float) {
        let columns = shape.last!, values = draw(.orthogonal(gain: gain), shape)
        let q = NaiveMatrix(values, rows: values.count / columns, columns: columns)
        let product = q.rows >= q.columns ? q.transposed * q : q * q.transposed
        let square = Double(gain) * Double(gain)
        for r in 0..<product.rows {
            for c in 0..<product.columns { #expect(abs(product[r, c] - (r == c ? square : 0)) < 1e-6 * square) }
        }
    }
}
