// Distributions by their definitions: densities that integrate to 1, entropies as integrals, frequencies of draws.
import Basics
import Glibc
import Kernels
import Neural
import TestSupport
import Testing

@Suite struct DistributionTests {
    /// Simpson's rule over 4000 intervals.
    private func integral(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
        let n = 4000, h = (high - low) / Double(n)
        var sum = f(low) + f(high)
        for i in 1..<n { sum += (i % 2 == 0 ? 2 : 4) * f(low + Double(i) * h) }
        return sum * h / 3
    }

    @Test(arguments: [(0.0, 1.0), (-1.5, 0.3), (4, 2.5)])
    func theGaussiansIntegrals(_ mean: Double, _ deviation: Double) {
        func density(_ x: Double) -> Double { ScalarMaths.exp(Gaussian.logProbability(x, mean: mean, deviation: deviation)) }
        let low = mean - 12 * deviation, high = mean + 12 * deviation
        #expect(abs(integral(low, high, density) - 1) < 1e-9)
        let entropy = integral(low, high) { x in
            -density(x) * Gaussian.logProbability(x, mean: mean, deviation: deviation)
        }
        #expect(abs(entropy - Gaussian.entropy(deviation: deviation)) < 1e-9)
        let divergence = integral(low, high) { x in
            density(x)
                * (Gaussian.logProbability(x, mean: mean, deviation: deviation)
                    - Gaussian.logProbability(x, mean: 1, deviation: 2))
        }
        #expect(abs(divergence - Gaussian.divergence(mean: mean, deviation: deviation, from: 1, 2)) < 1e-9)
        #expect(Gaussian.divergence(mean: mean, deviation: deviation, from: mean, deviation) == 0)
    }

    /// The squashed density integrates to 1 over −1 ... 1: substituted by a = tanh u, whose derivative is 1 − a².
    @Test(arguments: [(0.0, 1.0), (-0.5, 0.3), (1, 0.7)])
    func theSquashedGaussiansIntegral(_ mean: Double, _ deviation: Double) {
        let total = integral(mean - 8 * deviation, mean + 8 * deviation) { u in
            let a = Glibc.tanh(u)
            return ScalarMaths.exp(SquashedGaussian.logProbability(a, mean: mean, deviation: deviation)) * (1 - a * a)
        }
        #expect(abs(total - 1) < 1e-6)
    }

    @Test func categoricalScalars() {
        #expect(abs(Categorical.entropy([0.25, 0.25, 0.25, 0.25]) - 1.3862943611198906) < 1e-15)
        #expect(Categorical.entropy([1, 0]) == 0)
        // ½ log(½ / ¼) + ½ log(½ / ¾) = ½ log(4/3)
        #expect(abs(Categorical.divergence([0.5, 0.5], from: [0.25, 0.75]) - 0.14384103622589045) < 1e-15)
        #expect(
            Categorical.divergence([0.5, 0.5], from: [1, 0]) == .infinity && Categorical.divergence([1, 0], from: [1, 0]) == 0)
    }

    /// 30,000 draws of three choices, each frequency within four deviations; the impossible one never.
    @Test func drawsFollowTheProbabilities() {
        let shares: [Float] = [0.125, 0, 0.625, 0.25], rows = 30_000
        let probabilities = Storage<Float>(count: 4 * rows), choices = Storage<Int32>(count: rows)
        for r in 0..<rows { probabilities.all.row(r, width: 4).copy(from: shares) }
        var random = RandomSource(seed: 11)
        Categorical.sample(probabilities.all, width: 4, rows: rows, into: choices.all, using: &random)
        for c in 0..<4 {
            let share = Double(shares[c]), count = Double(choices.all.array.count { $0 == c })
            #expect(abs(count - share * Double(rows)) <= 4 * (share * (1 - share) * Double(rows)).squareRoot())
        }
        // A row's choice depends on its own draw: fewer rows, the same choices.
        let fewer = Storage<Int32>(count: 10)
        random = RandomSource(seed: 11)
        Categorical.sample(probabilities.all, width: 4, rows: 10, into: fewer.all, using: &random)
        #expect(fewer.all.array == Array(choices.all.array.prefix(10)))
    }

    /// A NaN cannot be handed to the other process: there a negative number becomes one.
    @Test(arguments: [[0.25, 0.25], [-1, 0.5]] as [[Float]])
    func probabilitiesThatAreNoneAreRefused(_ shares: [Float]) async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [shares] in
            let probabilities = Storage<Float>(count: 2), choices = Storage<Int32>(count: 1)
            probabilities.all.copy(from: shares.map { $0 < 0 ? .nan : $0 })
            for seed in 0..<20 {
                var random = RandomSource(seed: UInt64(seed))
                Categorical.sample(probabilities.all, width: 2, rows: 1, into: choices.all, using: &random)
            }
        }
        #expect(result.lastWords.contains("the probabilities of row 0 add up to"))
    }

    /// 20,000 samples: the mean of −log p is the entropy of the underlying Gaussian plus E log(1 − a²), and samples stay inside ±1.
    @Test func squashedSamplesAgreeWithTheirDensity() {
        let rows = 20_000
        let tape = Tape(rows: rows, parameters: ParameterStore())
        let mean = tape.input(.vector(1)), logDeviation = tape.input(.vector(1))
        let drawn = SquashedGaussian(mean: mean.node, logDeviation: logDeviation.node).sample()
        let action = tape.output(drawn.action), logProbability = tape.output(drawn.logProbability)
        let program = tape.compile()
        mean.rows.fill(0.25)
        logDeviation.rows.fill(-0.5)
        var random = RandomSource(seed: 5)
        program.forward(rows: rows, using: &random)
        let deviation = ScalarMaths.exp(-0.5)
        for r in 0..<200 {
            let exact = SquashedGaussian.logProbability(Double(action.rows[r]), mean: 0.25, deviation: deviation)
            #expect(abs(Double(logProbability.rows[r]) - exact) < 1e-4 + 1e-5 * abs(exact))
        }
        #expect(action.rows.array.allSatisfy { abs($0) <= 1 })
        let entropy = -logProbability.rows.array.reduce(0) { $0 + Double($1) } / Double(rows)
        let exact = integral(0.25 - 8 * deviation, 0.25 + 8 * deviation) { u in
            let a = Glibc.tanh(u)
            let density = ScalarMaths.exp(Gaussian.logProbability(u, mean: 0.25, deviation: deviation))
            return -density * SquashedGaussian.logProbability(a, mean: 0.25, deviation: deviation)
        }
        #expect(abs(entropy - exact) < 0.03)
    }

    /// Far out, where tanh is 1 to the last bit, the log-probability is still finite: log N(u) + 2(u − log 2) for large u.
    @Test func theSquashedTailIsFinite() {
        let tape = Tape(rows: 1, parameters: ParameterStore())
        let u = tape.input(.vector(1)), zero = tape.input(.vector(1))
        let y = tape.output(SquashedGaussian(mean: zero.node, logDeviation: zero.node).logProbability(ofUnsquashed: u.node))
        let program = tape.compile()
        for (value, expected) in [(20, -200 - 0.918938533 + 2 * (20 - 0.693147181)), (-20, -200 - 0.918938533 + 38.613705639)] {
            u.rows[0] = Float(value)
            program.forward(rows: 1)
            expectClose([y.rows[0]], [expected], absolute: 1e-4)
        }
    }

    /// A deviation that all rows share is spread, and learns from every row: ∂/∂log σ of Σᵣ entropy = rows.
    @Test func aSharedDeviationLearnsFromEveryRow() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let logDeviation = store.reserve("log_deviation", [3], .constant(0), using: &random)
        let tape = Tape(rows: 5, parameters: store)
        let mean = tape.input(.vector(3))
        let program = tape.compile(
            minimizing: Gaussian(mean: mean.node, logDeviation: tape.parameter(logDeviation)).entropy.sum())
        expectClose([program.gradients(rows: 4)], [4 * 3 * 1.4189385332], absolute: 1e-4)
        #expect(store.gradients(of: logDeviation).array == [4, 4, 4])
    }
}
