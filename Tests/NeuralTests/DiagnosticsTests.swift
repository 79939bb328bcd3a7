// Diagnostics that speak: each is shown a healthy network and one with a planted fault.
import Basics
import Kernels
import Neural
import TestSupport
import Testing

/// y = 2x, dx = 3·dy: a primitive whose backward pass is wrong.
private struct WrongDouble: Primitive {
    func shape(of operands: [Shape]) throws(ShapeError) -> Shape { operands[0] }
    func forward(_ site: borrowing Site, rows: Int) {
        for i in 0..<rows * site.width { site.y[i] = 2 * site.x[0][i] }
    }
    func backward(_ site: borrowing Site, rows: Int) {
        for i in 0..<rows * site.width { site.dx[0][i] = 3 * site.dy[i] + (site.beta[0] == 0 ? 0 : site.dx[0][i]) }
    }
}

@Suite struct DiagnosticsTests {
    private struct Classifier {
        let store = ParameterStore()
        let x: Inlet, label: Inlet
        let program: Program
        let line: UInt

        init(wrong: Bool = false, rows: Int = 16) {
            var random = RandomSource(seed: 51)
            let network = MLP(
                "n", inputs: 3, hidden: [12], outputs: 4, activation: .tanh, weights: .normal(deviation: 0.05), in: store,
                using: &random)
            let tape = Tape(rows: rows, parameters: store)
            x = tape.input(.vector(3), named: "observation")
            label = tape.input(.vector(1))
            var scores = network(x.node)
            if wrong { scores = tape.record(WrongDouble(), [scores]) }
            program = tape.compile(minimizing: -scores.logSoftmax().picking(label.node).mean())
            line = #line - 1
            x.rows.copy(from: random.floats(rows * 3))
            for row in 0..<rows { label.rows[row] = Float(row % 4) }
        }
    }

    @Test func theNumericGradientFindsAWrongBackwardPass() {
        var random = RandomSource(seed: 52)
        let good = Classifier(), before = good.store.values.array
        let healthy = NumericGradient.check(good.program, rows: 16, on: good.store, using: &random)
        #expect(healthy.count == 19 && healthy.allSatisfy { $0.error < 0.02 })
        expectSameBits(good.store.values.array, before)
        let bad = Classifier(wrong: true)
        let sick = NumericGradient.check(bad.program, rows: 16, on: bad.store, using: &random)
        #expect(sick.contains { $0.error > 0.3 })
    }

    @Test func theInitialLossIsThatOfIgnorance() {
        let expected = Rehearsal.ignorantLoss(classes: 4), subject = Classifier()
        #expect(abs(expected - 1.3862944) < 1e-6)
        #expect(Rehearsal.initialLoss(subject.program, rows: 16, expected: expected).isPlausible)
        for i in 0..<subject.store.count { subject.store.values[i] *= 200 }
        #expect(!Rehearsal.initialLoss(subject.program, rows: 16, expected: expected).isPlausible)
    }

    @Test func aSmallBatchIsLearnedByHeartUnlessTheGradientIsGone() {
        let subject = Classifier(rows: 8), before = subject.store.values.array
        let learned = Rehearsal.overfit(
            subject.program, rows: 8, on: subject.store, Adam(for: subject.store), learningRate: 0.03, goal: 0.05, updates: 3000)
        #expect(learned.updates != nil && learned.loss < 0.05)
        expectSameBits(subject.store.values.array, before)
        subject.x.rows.fill(0)
        let blind = Rehearsal.overfit(
            subject.program, rows: 8, on: subject.store, Adam(for: subject.store), learningRate: 0.03, goal: 0.05, updates: 300)
        #expect(blind.updates == nil && blind.loss > 1)
    }

    @Test func theRangeTestStopsWhereTheLossRunsAway() throws {
        let subject = Classifier(), before = subject.store.values.array
        let points = Rehearsal.learningRateRange(
            subject.program, rows: 16, on: subject.store, SGD(for: subject.store, momentum: 0.9), from: 1e-4, to: 1e4, steps: 200
        ) { _ in }
        let best = try #require(points.rateOfLowestLoss)
        #expect(points.count < 200 && points.count > 20)
        #expect(best > 0.01 && best < points.last!.rate)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.rate < $1.rate })
        expectSameBits(subject.store.values.array, before)
    }

    @Test func unitsAreCounted() {
        let outputs = Storage<Float>(count: 8)
        // Columns: dead, flat, once, alive.
        let rows: [[Float]] = [[0, 1, 0.995, 0.5], [0, -0.999, 0.2, 0]]
        outputs.all.copy(from: rows.flatMap { $0 })
        let counts = UnitCounts(outputs.all, rows: 2, width: 4)
        #expect(counts.units == 4 && counts.dead == 1 && counts.saturated == 1 && counts.saturatedShare == 0.375)
    }

    @Test func ratiosAndNormsAreEachParametersOwn() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let a = store.reserve("a", [2], .given([3, 4]), using: &random), b = store.reserve("b", [1], .given([2]), using: &random)
        store.gradients(of: a).copy(from: [0, -2])
        #expect(store.gradientNorms.map(\.norm) == [2, 0])
        let monitor = UpdateRatio(for: store)
        store.values(of: a).copy(from: [3, 4.5])
        #expect(monitor.measure(store).map(\.ratio) == [0.1, 0])
        store.values(of: b)[0] = 1
        #expect(monitor.measure(store).map(\.ratio) == [0, 0.5])
    }

    /// Units by hand: ReLU units of a dense layer are columns, of a convolution channels; tanh's numbers count one by one.
    @Test func aNetworksUnitsAreFoundByTheirEntries() {
        var random = RandomSource(seed: 4)
        let store = ParameterStore()
        let w = store.reserve("w", [2, 3], .given([1, -1, 0, 0, 0, 8]), using: &random)
        let b = store.reserve("b", [3], .constant(0), using: &random)
        let tape = Tape(rows: 3, parameters: store)
        let x = tape.input(.vector(2)), image = tape.input(.image(height: 1, width: 2, channels: 2))
        let dense = x.node.affine(tape.parameter(w), tape.parameter(b), outputs: 3, activation: .relu)
        let program = tape.compile(minimizing: dense.mean() + dense.tanh().mean() + image.node.relu().mean())
        x.rows.copy(from: [1, 0, 2, -1, -5, -9])
        image.rows.copy(from: [-1, 0, 0, 3, -1, -2, -3, -4, 5, 5, 5, 5])
        _ = program.gradients(rows: 2)
        // Of 3 columns two are never on in the first two rows, of 2 channels one.
        #expect(program.unitShares(rows: 2).dead == Float(3) / 5)
        // tanh of 1, 0, 0 and 2, 0, 0: none at the end. Of the third row with its 5 dense columns: still none.
        #expect(program.unitShares(rows: 2).saturated == 0)
        x.rows.copy(from: [3, 0, 2, 4, -5, 9])
        _ = program.gradients(rows: 3)
        // Columns are on through 3, −(−5) and 8·4; channels in row 2.
        #expect(program.unitShares(rows: 3).dead == 0)
        // tanh 3, 5, 32, 72 are at the end, tanh 2 = 0.964 is not.
        #expect(program.unitShares(rows: 3).saturated == Float(4) / 9)
        let plain = Tape(rows: 1, parameters: store)
        let other = plain.compile(minimizing: plain.input(.vector(1)).node.mean())
        #expect(other.unitShares(rows: 1).dead == nil && other.unitShares(rows: 1).saturated == nil)
    }

    @Test func movementIsOfAllThatLearns() {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let a = store.reserve("a", [2], .given([3, 4]), using: &random),
            b = store.reserve("b", [1], .given([100]), using: &random)
        store.setRate(0, of: b)
        let before = Storage<Float>(count: store.count)
        before.all.copy(from: store.values)
        store.values(of: a).copy(from: [3, 4.5])
        #expect(store.movement(since: before.all) == 0.1)
        before.all.copy(from: store.values)
        #expect(store.movement(since: before.all) == 0)
    }

    /// What a diverged batch would have left in the running averages is not the state before the bad step.
    @Test func aLossThatIsNoNumberMovesNoRunningState() {
        var random = RandomSource(seed: 2)
        let store = ParameterStore()
        let norm = BatchNorm("norm", channels: 2, in: store, using: &random)
        let tape = Tape(rows: 3, parameters: store)
        let x = tape.input(.vector(2))
        let program = tape.compile(minimizing: norm(x.node).squared().mean())
        func states() -> [Float] { store.runningStates.flatMap { store.values(of: $0).array } }
        x.rows.copy(from: [1, 2, 3, 4, 5, 7])
        #expect(program.gradients(rows: 3).isFinite)
        let before = states()
        x.rows[2] = .nan
        #expect(program.gradients(rows: 3).isNaN)
        expectSameBits(states(), before)
        x.rows[2] = 8
        _ = program.gradients(rows: 3)
        #expect(states() != before)
    }

    /// Clipping by an infinite norm would turn every gradient to 0 or NaN, and nobody could tell where it began.
    @Test func gradientsThatAreNotFiniteAreNotClipped() {
        var random = RandomSource(seed: 3)
        let store = ParameterStore()
        _ = store.reserve("a", [2], .given([3, 4]), using: &random)
        store.gradients[0] = .infinity
        store.gradients[1] = 2
        #expect(store.clipGradients(toNorm: 1) == .infinity)
        #expect(store.gradients[0] == .infinity && store.gradients[1] == 2)
    }

    @Test func aBadInputIsNamedWithItsRows() throws {
        let subject = Classifier()
        #expect(try subject.program.finiteGradients(rows: 16, step: 1).isFinite)
        subject.x.rows[3 * 5 + 1] = .nan
        subject.x.rows[3 * 9] = .infinity
        let found = #expect(throws: NotFinite.self) { try subject.program.finiteGradients(rows: 16, step: 120) }
        let problem = try #require(found)
        #expect(
            problem.step == 120 && problem.quantity == .input && problem.layer == "\"observation\"" && problem.rows == [5, 9])
        #expect(problem.place.hasPrefix("NeuralTests/DiagnosticsTests.swift:") && problem.number.isNaN)
        #expect(problem.description.contains("in rows 5, 9"))
    }

    @Test func aBadParameterAndABadResultAreNamed() throws {
        let subject = Classifier()
        let weights = subject.store.parameters[2]
        subject.store.values(of: weights)[1] = .infinity
        let parameter = try #require(#expect(throws: NotFinite.self) { try subject.program.finiteGradients(rows: 16, step: 3) })
        #expect(parameter.quantity == .parameter && parameter.layer == weights.name && parameter.rows.isEmpty)
        let other = Classifier()
        // Finite, but the first layer's sums overflow; its tanh does not, so the second layer's weights are made large.
        other.store.values(of: other.store.parameters[2]).fill(3e38)
        let value = try #require(#expect(throws: NotFinite.self) { try other.program.finiteGradients(rows: 16, step: 4) })
        #expect(value.quantity == .value && value.layer == "Affine" && !value.rows.isEmpty)
    }
}
