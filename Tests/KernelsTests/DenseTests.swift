// Dense layers against the schoolbook product in Double and against OpenBLAS, over every size that chooses another path.
import Basics
import COpenBLAS
import Glibc
import Kernels
import TestSupport
import Testing

/// One layer's size; the grid has both sides of every choice that the kernels make.
struct DenseSize: Sendable, CustomTestStringConvertible {
    let rows: Int, inputs: Int, outputs: Int
    var testDescription: String { "\(rows) × \(inputs) → \(outputs)" }

    static let grid: [DenseSize] = [
        // One number, one row, few rows; widths that fill no vector, one, several, and more than a panel of 64.
        (1, 1, 1), (1, 4, 64), (3, 4, 64), (7, 5, 3), (64, 64, 64), (5, 17, 31), (9, 33, 65), (13, 7, 130), (2, 64, 100),
        (11, 3, 48),
        // Fewer than sixteen outputs: inputs that fill whole vectors, that do not, and that are fewer than one.
        (1, 16, 1), (6, 16, 2), (5, 32, 3), (9, 64, 15), (4, 48, 7), (7, 20, 2), (10, 31, 5), (3, 15, 15), (8, 12, 4),
        // Long sums, which are cut in chunks: whole panels of 64, not, and narrow.
        (3, 576, 20), (7, 640, 66), (2, 513, 18), (5, 700, 33), (4, 576, 5), (6, 600, 3), (1, 1024, 16),
    ].map { DenseSize(rows: $0.0, inputs: $0.1, outputs: $0.2) }
}

/// Random numbers of one layer, and the same as matrices in Double.
private struct Layer {
    let size: DenseSize
    let x: [Float], w: [Float], b: [Float], dy: [Float]
    /// √length roundings, each of a partial sum of size √length, for factors of size one.
    func tolerance(_ length: Int) -> Double { 1e-6 + 1.5e-7 * Double(length) }

    init(_ size: DenseSize) {
        self.size = size
        var random = RandomSource(seed: 3)
        x = random.floats(size.rows * size.inputs)
        w = random.floats(size.inputs * size.outputs)
        b = random.floats(size.outputs)
        dy = random.floats(size.rows * size.outputs)
    }
    var xMatrix: NaiveMatrix { NaiveMatrix(x, rows: size.rows, columns: size.inputs) }
    var wMatrix: NaiveMatrix { NaiveMatrix(w, rows: size.inputs, columns: size.outputs) }
    var dyMatrix: NaiveMatrix { NaiveMatrix(dy, rows: size.rows, columns: size.outputs) }

    /// y of these rows of x, in memory of exactly the size that `scratchCount` promises to suffice.
    func forward(rows: Range<Int>, bias: Bool, _ activation: FusedActivation) -> (y: [Float], breach: Int?) {
        let scratchCount = Dense.scratchCount(inputs: size.inputs, outputs: size.outputs)
        let arena = GuardedArena(
            count: rows.count * (size.inputs + size.outputs) + w.count + b.count + scratchCount, buffers: 5)
        let x = arena.place(Array(self.x[rows.lowerBound * size.inputs..<rows.upperBound * size.inputs]))
        let y = arena.place(Array(repeating: .nan, count: rows.count * size.outputs))
        Dense.forward(
            x, arena.place(w), bias ? arena.place(b) : .empty, into: y, rows: rows.count, inputs: size.inputs,
            outputs: size.outputs,
            activation, scratch: arena.place(Array(repeating: .nan, count: scratchCount)))
        return (y.array, arena.breach)
    }
}

@Suite struct DenseTests {
    @Test(arguments: DenseSize.grid, FusedActivation.allCases)
    func forwardEqualsTheTwin(_ size: DenseSize, _ activation: FusedActivation) {
        let layer = Layer(size)
        for bias in [true, false] {
            let sums = layer.xMatrix * layer.wMatrix
            let shifted = bias ? sums.adding(row: layer.b.map(Double.init)) : sums
            let expected: NaiveMatrix
            switch activation {
            case .none: expected = shifted
            case .relu: expected = shifted.mapped { max($0, 0) }
            case .tanh: expected = shifted.mapped { Glibc.tanh($0) }
            }
            let (y, breach) = layer.forward(rows: 0..<size.rows, bias: bias, activation)
            expectClose(y, expected.numbers, absolute: layer.tolerance(size.inputs), "forward, bias \(bias)")
            #expect(breach == nil)
        }
    }

    /// The law that acting in one lane and in a thousand gives the same decisions.
    @Test(arguments: DenseSize.grid, FusedActivation.allCases)
    func aRowsBitsDependNeitherOnTheNumberOfRowsNorOnItsPlace(_ size: DenseSize, _ activation: FusedActivation) {
        let layer = Layer(size)
        let together = layer.forward(rows: 0..<size.rows, bias: true, activation).y
        for first in 0..<size.rows {
            for last in [first + 1, size.rows] {
                expectSameBits(
                    layer.forward(rows: first..<last, bias: true, activation).y,
                    Array(together[first * size.outputs..<last * size.outputs]), "rows \(first)..<\(last)")
            }
        }
    }

    @Test(arguments: DenseSize.grid, [Float(0), 1])
    func gradientsEqualTheTwin(_ size: DenseSize, _ beta: Float) {
        let layer = Layer(size)
        let scratchCount = Dense.scratchCount(inputs: size.inputs, outputs: size.outputs)
        // What β = 0 must not read is NaN.
        func start(_ count: Int) -> [Float] {
            var random = RandomSource(seed: 4)
            return beta == 0 ? Array(repeating: .nan, count: count) : random.floats(count)
        }
        func plus(_ matrix: NaiveMatrix) -> [Double] {
            beta == 0 ? matrix.numbers : zip(matrix.numbers, start(matrix.numbers.count)).map { $0 + Double($1) }
        }
        let arena = GuardedArena(count: 2 * (layer.x.count + layer.w.count) + layer.dy.count + scratchCount, buffers: 6)
        let x = arena.place(layer.x), w = arena.place(layer.w), dy = arena.place(layer.dy)
        let dx = arena.place(start(layer.x.count)), dw = arena.place(start(layer.w.count))
        let scratch = arena.place(Array(repeating: .nan, count: scratchCount))
        Dense.weights(
            x, dy, into: dw, rows: size.rows, inputs: size.inputs, outputs: size.outputs, beta: beta, scratch: scratch)
        expectClose(dw.array, plus(layer.xMatrix.transposed * layer.dyMatrix), absolute: layer.tolerance(size.rows), "weights")
        Dense.inputs(
            dy, w, into: dx, rows: size.rows, inputs: size.inputs, outputs: size.outputs, beta: beta, scratch: scratch)
        expectClose(dx.array, plus(layer.dyMatrix * layer.wMatrix.transposed), absolute: layer.tolerance(size.outputs), "inputs")
        #expect(arena.breach == nil)
        expectSameBits(x.array + w.array + dy.array, layer.x + layer.w + layer.dy, "operands")
    }

    @Test(arguments: DenseSize.grid, FusedActivation.allCases)
    func epilogueEqualsTheTwin(_ size: DenseSize, _ activation: FusedActivation) {
        let layer = Layer(size)
        var random = RandomSource(seed: 5)
        let output = layer.dy.map { _ in Float(activation == .tanh ? random.uniform(-1, 1) : random.normal()) }
        let old = random.floats(size.outputs)
        let slopes = output.map { (y: Float) -> Double in
            switch activation {
            case .none: 1
            case .relu: y > 0 ? 1 : 0
            case .tanh: 1 - Double(y) * Double(y)
            }
        }
        let expected = NaiveMatrix(zip(layer.dy, slopes).map { Double($0) * $1 }, rows: size.rows, columns: size.outputs)
        for beta in [Float(0), 1] {
            let arena = GuardedArena(count: 2 * layer.dy.count + size.outputs, buffers: 3)
            let dy = arena.place(layer.dy), y = arena.place(output)
            let db = arena.place(beta == 0 ? Array(repeating: .nan, count: size.outputs) : old)
            Dense.epilogue(dy, y, rows: size.rows, outputs: size.outputs, activation, db: db, beta: beta)
            expectClose(dy.array, expected.numbers, absolute: 1e-7, relative: 3e-7, "dy")
            let sums = zip(expected.columnSums, old).map { $0 + Double(beta * $1) }
            expectClose(db.array, sums, absolute: layer.tolerance(size.rows), "db")
            #expect(arena.breach == nil)
            let again = Storage<Float>(count: layer.dy.count)
            again.all.copy(from: layer.dy)
            Dense.epilogue(again.all, y, rows: size.rows, outputs: size.outputs, activation, db: .empty, beta: 0)
            expectSameBits(again.all.array, dy.array, "dy without db")
        }
    }

    @Test(arguments: DenseSize.grid)
    func allThreeProductsEqualOpenBLAS(_ size: DenseSize) {
        let layer = Layer(size)
        let m = Int32(size.rows), k = Int32(size.inputs), n = Int32(size.outputs)
        var y = [Float](repeating: 0, count: layer.dy.count), dw = [Float](repeating: 0, count: layer.w.count)
        var dx = [Float](repeating: 0, count: layer.x.count)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, layer.x, k, layer.w, n, 0, &y, n)
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, k, n, m, 1, layer.x, k, layer.dy, n, 0, &dw, n)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, k, n, 1, layer.dy, n, layer.w, n, 0, &dx, k)
        func held(_ numbers: [Float]) -> Storage<Float> {
            let storage = Storage<Float>(count: numbers.count)
            storage.all.copy(from: numbers)
            return storage
        }
        let x = held(layer.x), w = held(layer.w), dy = held(layer.dy)
        let ours = (y: held(y), dw: held(dw), dx: held(dx))
        let memory = Storage<Float>(count: Dense.scratchCount(inputs: size.inputs, outputs: size.outputs)), scratch = memory.all
        Dense.forward(
            x.all, w.all, .empty, into: ours.y.all, rows: size.rows, inputs: size.inputs, outputs: size.outputs, .none,
            scratch: scratch)
        Dense.weights(
            x.all, dy.all, into: ours.dw.all, rows: size.rows, inputs: size.inputs, outputs: size.outputs, beta: 0,
            scratch: scratch)
        Dense.inputs(
            dy.all, w.all, into: ours.dx.all, rows: size.rows, inputs: size.inputs, outputs: size.outputs, beta: 0,
            scratch: scratch)
        expectClose(ours.y.all.array, y.map(Double.init), absolute: 2 * layer.tolerance(size.inputs), "y")
        expectClose(ours.dw.all.array, dw.map(Double.init), absolute: 2 * layer.tolerance(size.rows), "dw")
        expectClose(ours.dx.all.array, dx.map(Double.init), absolute: 2 * layer.tolerance(size.outputs), "dx")
    }

    /// A diverged network must not look like a silent one.
    @Test(arguments: [(3, 20), (32, 2)], FusedActivation.allCases)
    func notANumberGoesThrough(_ size: (inputs: Int, outputs: Int), _ activation: FusedActivation) {
        let x = Storage<Float>(count: size.inputs), w = Storage<Float>(count: size.inputs * size.outputs)
        let y = Storage<Float>(count: size.outputs), scratch = Storage<Float>(count: w.all.count)
        x.all.fill(.nan)
        Dense.forward(
            x.all, w.all, .empty, into: y.all, rows: 1, inputs: size.inputs, outputs: size.outputs, activation,
            scratch: scratch.all)
        #expect(y.all.array.allSatisfy { $0.isNaN })
    }

    @Test func shortBuffersTrapWithBothNumbers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let memory = Storage<Float>(count: 5), five = memory.all
            Dense.forward(five, five, .empty, into: five, rows: 2, inputs: 3, outputs: 1, .none, scratch: five)
        }
        #expect(result.lastWords.contains("x holds 5 floats, 6 are needed"))
    }
}
