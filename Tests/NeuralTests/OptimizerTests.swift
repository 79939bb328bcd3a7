// Every optimizer from one table: exact first steps, minima found, and resumed runs that take the same steps.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

struct OptimizerCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (ParameterStore) -> any Optimizer
    /// The settings of the checked-in PyTorch script.
    let golden: @Sendable (ParameterStore) -> any Optimizer
    /// Learning rates for the parabola and for Rosenbrock's valley, and how many steps the valley takes.
    let parabola: Float, valley: Float, steps: Int
    /// The first step's size for a gradient g and a rate of one, from a value of zero.
    let firstStep: @Sendable (_ gradient: Double) -> Double

    static let all = [
        OptimizerCase(
            testDescription: "SGD", make: { SGD(for: $0) }, golden: { SGD(for: $0) }, parabola: 0.1, valley: 1e-3, steps: 30_000,
            firstStep: { $0 }),
        OptimizerCase(
            testDescription: "momentum", make: { SGD(for: $0, momentum: 0.9) }, golden: { SGD(for: $0, momentum: 0.875) },
            parabola: 0.02, valley: 2e-4, steps: 20_000, firstStep: { $0 }),
        OptimizerCase(
            testDescription: "Nesterov", make: { SGD(for: $0, momentum: 0.9, nesterov: true) },
            golden: { SGD(for: $0, momentum: 0.875, nesterov: true) }, parabola: 0.02, valley: 2e-4, steps: 20_000,
            firstStep: { $0 * (1 + Double(Float(0.9))) }),
        OptimizerCase(
            testDescription: "AdaGrad", make: { AdaGrad(for: $0) }, golden: { AdaGrad(for: $0) }, parabola: 1, valley: 0.5,
            steps: 30_000, firstStep: { $0 / (abs($0) + Double(Float(1e-10))) }),
        OptimizerCase(
            testDescription: "RMSProp", make: { RMSProp(for: $0, decay: 0.75) },
            golden: { RMSProp(for: $0, decay: 0.75, epsilon: 1e-5) }, parabola: 1e-3, valley: 2e-4, steps: 30_000,
            firstStep: { $0 / (0.5 * abs($0) + Double(Float(1e-5))) }),
        OptimizerCase(
            testDescription: "centred RMSProp", make: { RMSProp(for: $0, decay: 0.75, epsilon: 1e-2, centred: true) },
            golden: { RMSProp(for: $0, decay: 0.75, epsilon: 1e-2, centred: true) }, parabola: 1e-3, valley: 2e-4, steps: 30_000,
            // The variance ¼g² − (¼g)².
            firstStep: { $0 / ((0.1875 * $0 * $0).squareRoot() + Double(Float(1e-2))) }),
        OptimizerCase(
            testDescription: "Adam", make: { Adam(for: $0) }, golden: { Adam(for: $0, beta1: 0.75, beta2: 0.9375) },
            parabola: 0.01, valley: 3e-3, steps: 20_000, firstStep: { $0 / (abs($0) + Double(Float(1e-8))) }),
        OptimizerCase(
            testDescription: "AdamW", make: { Adam(for: $0, weightDecay: 1e-5) },
            golden: { Adam(for: $0, beta1: 0.75, beta2: 0.9375, weightDecay: 0.25) }, parabola: 0.01, valley: 3e-3, steps: 20_000,
            firstStep: { $0 / (abs($0) + Double(Float(1e-8))) }),
        OptimizerCase(
            testDescription: "RAdam", make: { RAdam(for: $0) }, golden: { RAdam(for: $0, beta1: 0.75, beta2: 0.9375) },
            parabola: 0.01, valley: 3e-3, steps: 20_000, firstStep: { $0 }),
    ]
}

@Suite struct OptimizerTests {
    private func store(_ values: [Float]) -> (ParameterStore, Parameter) {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let parameter = store.reserve("p", [values.count], .constant(0), using: &random)
        store.values(of: parameter).copy(from: values)
        return (store, parameter)
    }

    @Test(arguments: OptimizerCase.all)
    func theFirstStepIsTheFormulas(_ subject: OptimizerCase) {
        let gradients: [Float] = [1e-3, -0.5, 2, -30, 1e-6]
        let (store, parameter) = store(Array(repeating: 0, count: gradients.count))
        store.gradients(of: parameter).copy(from: gradients)
        subject.make(store).apply(to: store, learningRate: 0.5)
        expectClose(
            store.values(of: parameter).array, gradients.map { -0.5 * subject.firstStep(Double($0)) }, absolute: 0, relative: 5e-7
        )
    }

    @Test(arguments: OptimizerCase.all)
    func takesPyTorchsSteps(_ subject: OptimizerCase) throws {
        let (store, parameter) = store(OptimizerGolden.start)
        let optimizer = subject.golden(store)
        let expected = try #require(OptimizerGolden.values[subject.testDescription])
        for step in 1...8 {
            store.gradients(of: parameter).copy(from: OptimizerGolden.gradients(step: step))
            optimizer.apply(to: store, learningRate: 0.125)
            guard let row = OptimizerGolden.reported.firstIndex(of: step) else { continue }
            expectClose(store.values(of: parameter).array, expected[row], absolute: 0, relative: 1e-6, "after step \(step)")
        }
    }

    /// A parameter at half the rate moves as the whole store does at half the rate; a frozen one keeps its bits, and its neighbours
    /// do not notice.
    @Test(arguments: OptimizerCase.all)
    func eachParameterAtItsOwnRate(_ subject: OptimizerCase) {
        var random = RandomSource(seed: 21)
        let gradients = (0..<3).map { _ in random.floats(10) }, start = random.floats(10)
        func run(rates: [Float], learningRate: Float) -> [[Float]] {
            let store = ParameterStore()
            var random = RandomSource(seed: 0)
            let parameters = (0..<3).map { store.reserve("p\($0)", [10], .given(start), using: &random) }
            for (parameter, rate) in zip(parameters, rates) { store.setRate(rate, of: parameter) }
            let optimizer = subject.make(store)
            for gradient in gradients {
                for parameter in parameters { store.gradients(of: parameter).copy(from: gradient) }
                optimizer.apply(to: store, learningRate: learningRate)
            }
            return parameters.map { store.values(of: $0).array }
        }
        let mixed = run(rates: [1, 0, 0.5], learningRate: 0.01)
        let whole = run(rates: [1, 1, 1], learningRate: 0.01), half = run(rates: [1, 1, 1], learningRate: 0.005)
        expectSameBits(mixed[0], whole[0])
        expectSameBits(mixed[1], start)
        expectSameBits(mixed[2], half[2])
        #expect(mixed[0] != start && mixed[0] != mixed[2])
    }

    /// Kingma & Ba's algorithm with its bias corrections in Double: each of two thousand steps by itself, started from zero so that
    /// no digit of its length is lost.
    @Test func adamStaysTrueToThePaper() {
        let (store, parameter) = store([0])
        let optimizer = Adam(for: store), x = store.values(of: parameter)
        let beta1 = Double(Float(0.9)), beta2 = Double(Float(0.999))
        var m = 0.0, v = 0.0, power1 = 1.0, power2 = 1.0
        for step in 1...2000 {
            let gradient = Float(step % 7) + 0.5
            store.gradients(of: parameter)[0] = gradient
            x[0] = 0
            optimizer.apply(to: store, learningRate: 0x1p-7)
            m = beta1 * m + (1 - beta1) * Double(gradient)
            v = beta2 * v + (1 - beta2) * Double(gradient * gradient)
            power1 *= beta1
            power2 *= beta2
            let change = 0x1p-7 * m / (1 - power1) / ((v / (1 - power2)).squareRoot() + 1e-8)
            // The second moment adds up a thousand roundings.
            expectClose([x[0]], [-change], absolute: 0, relative: step < 100 ? 1e-6 : 5e-6, "step \(step)")
        }
    }

    /// ½·(x² + 10·y²) from (3, −2).
    @Test(arguments: OptimizerCase.all)
    func findsTheBottomOfAParabola(_ subject: OptimizerCase) {
        let (store, parameter) = store([3, -2])
        let optimizer = subject.make(store), x = store.values(of: parameter), g = store.gradients(of: parameter)
        for _ in 0..<6000 {
            g[0] = x[0]
            g[1] = 10 * x[1]
            optimizer.apply(to: store, learningRate: subject.parabola)
        }
        expectClose(x.array, [0, 0], absolute: 2e-3)
    }

    /// (1 − x)² + 100·(y − x²)² from (−1.2, 1), as Rosenbrock (1960) begins it; the minimum is at (1, 1).
    @Test(arguments: OptimizerCase.all)
    func followsRosenbrocksValley(_ subject: OptimizerCase) {
        let (store, parameter) = store([-1.2, 1])
        let optimizer = subject.make(store), p = store.values(of: parameter), g = store.gradients(of: parameter)
        for _ in 0..<subject.steps {
            let x = p[0], y = p[1]
            g[0] = -2 * (1 - x) - 400 * x * (y - x * x)
            g[1] = 200 * (y - x * x)
            optimizer.apply(to: store, learningRate: subject.valley)
        }
        expectClose(p.array, [1, 1], absolute: 0.02)
    }

    /// Saved after 5 steps and loaded into a fresh optimizer, the next 5 steps are the same to the last bit.
    @Test(arguments: OptimizerCase.all)
    func aResumedRunTakesTheSameSteps(_ subject: OptimizerCase) throws {
        var random = RandomSource(seed: 13)
        let (store, parameter) = store(random.floats(20))
        let gradients = (0..<10).map { _ in random.floats(20) }
        func run(_ optimizer: any Optimizer, _ store: ParameterStore, _ steps: Range<Int>) {
            for step in steps {
                store.gradients(of: parameter).copy(from: gradients[step])
                optimizer.apply(to: store, learningRate: 0.01)
            }
        }
        let optimizer = subject.make(store)
        run(optimizer, store, 0..<5)
        var archive = Archive()
        optimizer.save(into: &archive)
        let later = store.copy(), fresh = subject.make(later)
        try fresh.load(from: archive)
        run(optimizer, store, 5..<10)
        run(fresh, later, 5..<10)
        expectSameBits(later.values.array, store.values.array)
        #expect(throws: ArchiveError.self) { try fresh.load(from: Archive()) }
    }
}
