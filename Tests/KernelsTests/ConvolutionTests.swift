// Convolutions against the naive twin in Double, over every size, stride, padding and dilation that takes another path.
import Basics
import Kernels
import TestSupport
import Testing

/// One convolution's geometry.
struct ConvolutionSize: Sendable, CustomTestStringConvertible {
    let rows: Int, height: Int, width: Int, channels: Int, filters: Int
    let kernel: Int, stride: Int, padding: Int, dilation: Int
    var testDescription: String {
        "\(rows) × [\(height), \(width), \(channels)] → \(filters), kernel \(kernel), stride \(stride), padding \(padding), dilation \(dilation)"
    }
    var window: SlidingWindow {
        SlidingWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
    }
    var naive: NaiveWindow {
        NaiveWindow(
            height: height, width: width, channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation
        )
    }

    static let grid: [ConvolutionSize] = [
        // One number, one row, few; filters and channels that fill no vector, one, several, and more than a panel.
        (1, 1, 1, 1, 1, 1, 1, 0, 1), (1, 3, 3, 1, 1, 3, 1, 0, 1), (3, 5, 4, 2, 3, 2, 1, 0, 1), (5, 6, 7, 3, 17, 3, 1, 0, 1),
        (2, 5, 12, 16, 16, 3, 1, 0, 1), (3, 4, 11, 17, 33, 2, 1, 0, 1), (2, 5, 13, 33, 65, 3, 1, 0, 1),
        (1, 4, 9, 5, 100, 2, 1, 0, 1),
        // Strides, some of which leave pixels over.
        (3, 9, 8, 4, 32, 4, 2, 0, 1), (2, 11, 20, 4, 32, 8, 4, 0, 1), (3, 7, 9, 2, 5, 2, 3, 0, 1), (2, 6, 6, 3, 4, 1, 2, 0, 1),
        // Padding, of one side's and of the window's size.
        (3, 5, 6, 3, 16, 3, 1, 1, 1), (2, 4, 5, 2, 18, 5, 1, 2, 1), (4, 5, 5, 3, 7, 3, 2, 1, 1), (2, 3, 4, 20, 40, 3, 1, 2, 1),
        (2, 2, 2, 1, 1, 1, 1, 0, 1), (3, 7, 7, 4, 9, 4, 3, 3, 1),
        // Gaps in the window, with strides that divide them and not.
        (2, 7, 8, 3, 5, 3, 1, 0, 2), (3, 8, 9, 2, 17, 2, 2, 1, 3), (2, 9, 9, 4, 33, 3, 2, 2, 2), (2, 9, 10, 3, 6, 3, 3, 1, 2),
        (1, 6, 7, 2, 3, 2, 2, 4, 4), (2, 8, 8, 2, 3, 3, 4, 0, 2),
        // A dense layer over pixels.
        (3, 4, 5, 7, 20, 1, 1, 0, 1), (2, 3, 3, 32, 2, 1, 1, 0, 1),
    ].map {
        ConvolutionSize(
            rows: $0.0, height: $0.1, width: $0.2, channels: $0.3, filters: $0.4, kernel: $0.5, stride: $0.6, padding: $0.7,
            dilation: $0.8)
    }
}

/// Random numbers of one convolution.
private struct Images {
    let size: ConvolutionSize
    let x: [Float], w: [Float], b: [Float], dy: [Float]

    init(_ size: ConvolutionSize) {
        self.size = size
        var random = RandomSource(seed: 6)
        x = random.floats(size.rows * size.window.count)
        w = random.floats(ConvolutionLoops.weightCount(size.window, filters: size.filters))
        b = random.floats(size.filters)
        dy = random.floats(size.rows * size.window.outPixels * size.filters)
    }

    /// y of these rows of x, in memory of exactly the size that `scratchCount` promises to suffice.
    func forward(rows: Range<Int>, bias: Bool, _ activation: FusedActivation) -> (y: [Float], breach: Int?) {
        let width = size.window.count, outWidth = size.window.outPixels * size.filters
        let scratchCount = ConvolutionLoops.scratchCount(size.window, filters: size.filters)
        let arena = GuardedArena(count: rows.count * (width + outWidth) + w.count + b.count + scratchCount, buffers: 5)
        let x = arena.place(Array(self.x[rows.lowerBound * width..<rows.upperBound * width]))
        let y = arena.place(Array(repeating: .nan, count: rows.count * outWidth))
        ConvolutionLoops.forward(
            size.window, filters: size.filters, x, arena.place(w), bias ? arena.place(b) : .empty, into: y, rows: rows.count,
            activation,
            scratch: arena.place(Array(repeating: .nan, count: scratchCount)))
        return (y.array, arena.breach)
    }
}

/// √length roundings, each of a partial sum of size √length, for factors of size one.
private func tolerance(_ length: Int) -> Double { 1e-6 + 2e-7 * Double(length) }

@Suite struct ConvolutionTests {
    @Test(arguments: ConvolutionSize.grid)
    func forwardEqualsTheTwin(_ size: ConvolutionSize) {
        let images = Images(size)
        for bias in [true, false] {
            for activation in [FusedActivation.none, .relu] {
                let sums = size.naive.convolution(
                    images.x.map(Double.init), images.w.map(Double.init), bias ? images.b.map(Double.init) : [],
                    filters: size.filters,
                    rows: size.rows)
                let (y, breach) = images.forward(rows: 0..<size.rows, bias: bias, activation)
                expectClose(
                    y, activation == .relu ? sums.map { max($0, 0) } : sums,
                    absolute: tolerance(size.kernel * size.kernel * size.channels),
                    "\(activation), bias \(bias)")
                #expect(breach == nil)
            }
        }
    }

    /// The law that acting in one lane and in a thousand gives the same decisions.
    @Test(arguments: ConvolutionSize.grid)
    func aRowsBitsDependNeitherOnTheNumberOfRowsNorOnItsPlace(_ size: ConvolutionSize) {
        let images = Images(size), width = size.window.outPixels * size.filters
        let together = images.forward(rows: 0..<size.rows, bias: true, .relu).y
        for first in 0..<size.rows {
            for last in [first + 1, size.rows] {
                expectSameBits(
                    images.forward(rows: first..<last, bias: true, .relu).y, Array(together[first * width..<last * width]),
                    "rows \(first)..<\(last)")
            }
        }
    }

    @Test(arguments: ConvolutionSize.grid, [Float(0), 1])
    func gradientsEqualTheTwin(_ size: ConvolutionSize, _ beta: Float) {
        let images = Images(size), window = size.window
        // What β = 0 must not read is NaN.
        func start(_ count: Int) -> [Float] {
            var random = RandomSource(seed: 4)
            return beta == 0 ? Array(repeating: .nan, count: count) : random.floats(count)
        }
        func plus(_ numbers: [Double]) -> [Double] {
            beta == 0 ? numbers : zip(numbers, start(numbers.count)).map { $0 + Double($1) }
        }
        let expected = size.naive.convolutionGradients(
            images.x.map(Double.init), images.w.map(Double.init), dy: images.dy.map(Double.init), filters: size.filters,
            rows: size.rows)
        let scratchCount = ConvolutionLoops.scratchCount(window, filters: size.filters)
        let arena = GuardedArena(count: 2 * (images.x.count + images.w.count) + images.dy.count + scratchCount, buffers: 6)
        let x = arena.place(images.x), w = arena.place(images.w), dy = arena.place(images.dy)
        let dx = arena.place(start(images.x.count)), dw = arena.place(start(images.w.count))
        let scratch = arena.place(Array(repeating: .nan, count: scratchCount))
        ConvolutionLoops.weights(window, filters: size.filters, x, dy, into: dw, rows: size.rows, beta: beta, scratch: scratch)
        expectClose(dw.array, plus(expected.dw), absolute: tolerance(size.rows * window.outPixels), "weights")
        scratch.fill(.nan)
        ConvolutionLoops.inputs(window, filters: size.filters, dy, w, into: dx, rows: size.rows, beta: beta, scratch: scratch)
        expectClose(dx.array, plus(expected.dx), absolute: tolerance(size.kernel * size.kernel * size.filters), "inputs")
        #expect(arena.breach == nil)
        expectSameBits(x.array + w.array + dy.array, images.x + images.w + images.dy, "operands")
    }

    /// The order of addition does not depend on the tile: these bits are those of AVX-512 and of AVX2 builds alike.
    @Test(.enabled(if: Processor.builtFor.contains("fma"), "without fused multiply-adds the last bits differ"))
    func bitsAreTheSameInEveryFusedBuild() {
        let window = SlidingWindow(height: 21, width: 21, channels: 24, kernel: 3, padding: 1), filters = 40, rows = 3
        func numbers(_ count: Int) -> Storage<Float> {
            let storage = Storage<Float>(count: count)
            for i in 0..<count { storage.all[i] = Float((i &* 7919) % 1009) / 1009 - 0.5 }
            return storage
        }
        /// Fowler, Noll and Vo's hash (FNV-1a) of the bits, a number at a time.
        func hash(_ numbers: Floats) -> UInt64 {
            numbers.array.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1.bitPattern)) &* 1_099_511_628_211 }
        }
        let x = numbers(rows * window.count), dx = numbers(rows * window.count), b = numbers(filters)
        let w = numbers(ConvolutionLoops.weightCount(window, filters: filters))
        let y = numbers(rows * window.outPixels * filters), dy = numbers(rows * window.outPixels * filters)
        let scratch = Storage<Float>(count: ConvolutionLoops.scratchCount(window, filters: filters))
        ConvolutionLoops.forward(
            window, filters: filters, x.all, w.all, b.all, into: y.all, rows: rows, .relu, scratch: scratch.all)
        ConvolutionLoops.inputs(window, filters: filters, dy.all, w.all, into: dx.all, rows: rows, beta: 1, scratch: scratch.all)
        #expect(hash(y.all) == 10_503_461_608_937_432_106)
        #expect(hash(dx.all) == 1_813_788_981_538_144_887)
    }

    /// A diverged network must not look like a silent one.
    @Test func notANumberGoesThroughReLU() {
        let window = SlidingWindow(height: 3, width: 3, channels: 2, kernel: 3, padding: 1)
        let x = Storage<Float>(count: 18), w = Storage<Float>(count: 90), y = Storage<Float>(count: 45)
        let scratch = Storage<Float>(count: ConvolutionLoops.scratchCount(window, filters: 5))
        x.all.fill(.nan)
        ConvolutionLoops.forward(window, filters: 5, x.all, w.all, .empty, into: y.all, rows: 1, .relu, scratch: scratch.all)
        #expect(y.all.array.allSatisfy { $0.isNaN })
    }

    @Test func shortBuffersTrapWithBothNumbers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let memory = Storage<Float>(count: 8), eight = memory.all
            let window = SlidingWindow(height: 3, width: 3, channels: 1, kernel: 2)
            ConvolutionLoops.forward(window, filters: 1, eight, eight, .empty, into: eight, rows: 1, .none, scratch: eight)
        }
        #expect(result.lastWords.contains("the input holds 8 floats, 9 are needed"))
    }
}

@Suite struct SlidingWindowTests {
    /// Sizes worked by hand: PyTorch's formula for `Conv2d`.
    @Test func outputsAreCounted() {
        let nature = SlidingWindow(height: 84, width: 84, channels: 4, kernel: 8, stride: 4)
        #expect(nature.outHeight == 20 && nature.outWidth == 20)
        let pool = SlidingWindow(height: 84, width: 21, channels: 16, kernel: 3, stride: 2, padding: 1)
        #expect(pool.outHeight == 42 && pool.outWidth == 11)
        #expect(SlidingWindow(height: 7, width: 8, channels: 1, kernel: 3, dilation: 2).outWidth == 4)
    }

    @Test func windowsThatDoNotFitAreRefusedWithTheirNumbers() {
        func problem(_ height: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int) -> String? {
            SlidingWindow.problem(
                height: height, width: 9, channels: 1, kernel: kernel, stride: stride, padding: padding, dilation: dilation)
        }
        #expect(problem(9, 3, 1, 0, 1) == nil)
        #expect(problem(2, 3, 1, 0, 1)?.contains("3 pixels does not fit on an image of [2, 9, 1]") == true)
        #expect(problem(2, 3, 1, 1, 1) == nil)
        #expect(problem(9, 3, 0, 0, 1)?.contains("stride 0") == true)
        #expect(problem(9, 3, 1, 3, 1)?.contains("nothing but padding") == true)
        #expect(problem(0, 3, 1, 0, 1)?.contains("[0, 9, 1]") == true)
        #expect(problem(9, 3, 1, 0, 300)?.contains("dilation 300") == true)
    }
}
