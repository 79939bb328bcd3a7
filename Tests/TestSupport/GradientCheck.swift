// One primitive against its naive twin: values, gradients by central differences, and the contract of every primitive.
public import Basics
import Kernels
public import Neural
public import Testing

/// What the numbers of an operand may be.
public enum OperandNumbers: Sendable {
    case normal
    /// Uniform in low ... high.
    case between(Double, Double)
    /// Normal, but nowhere within 0.01 of these numbers, where the formula has a kink.
    case avoiding([Double])
    /// Whole numbers below a bound.
    case indices(Int)

    func draw(_ count: Int, using random: inout RandomSource) -> [Float] {
        (0..<count).map { _ in
            switch self {
            case .normal: return Float(random.normal())
            case .between(let low, let high): return Float(random.uniform(low, high))
            case .indices(let bound): return Float(random.below(bound))
            case .avoiding(let kinks):
                while true {
                    let x = random.normal()
                    if kinks.allSatisfy({ abs(x - $0) > 0.01 }) { return Float(x) }
                }
            }
        }
    }
}

/// A primitive, the shapes that it is tried on, and the same formula in Double.
public struct PrimitiveCase: Sendable, CustomTestStringConvertible {
    public let primitive: any Primitive
    public let operands: [Shape]
    public let numbers: [OperandNumbers]
    /// All rows of each operand (one row where the operand is shared) to all rows of y; one row where the primitive reduces.
    public let twin: @Sendable (_ operands: [[Double]], _ rows: Int) -> [Double]

    public init(
        _ primitive: any Primitive, _ operands: [Shape], _ numbers: OperandNumbers...,
        twin: @escaping @Sendable ([[Double]], Int) -> [Double]
    ) {
        self.init(primitive, operands, numbers: numbers, twin: twin)
    }
    /// The same numbers for every operand.
    public init(
        _ primitive: any Primitive, _ operands: [Shape], all numbers: OperandNumbers,
        twin: @escaping @Sendable ([[Double]], Int) -> [Double]
    ) {
        self.init(primitive, operands, numbers: operands.map { _ in numbers }, twin: twin)
    }
    public init(
        _ primitive: any Primitive, _ operands: [Shape], numbers: [OperandNumbers],
        twin: @escaping @Sendable ([[Double]], Int) -> [Double]
    ) {
        precondition(numbers.count == operands.count, "\(operands.count) operands with \(numbers.count) kinds of numbers")
        self.primitive = primitive
        self.operands = operands
        self.numbers = numbers
        self.twin = twin
    }

    public var testDescription: String { "\(primitive) of \(operands.map(\.description).joined(separator: ", "))" }
}

/// Memory for one call of a primitive on `rows` rows, with room for three more that nobody may touch.
private struct Bench {
    let arena: GuardedArena
    var site: Site
    let width: Int
    let yRows: Int
    static let unwritten: Float = 12345

    init(_ primitive: any Primitive, _ shapes: [Shape], _ operands: [[Float]], rows: Int) throws {
        let capacity = rows + 3
        width = try primitive.shape(of: shapes).count
        yRows = primitive.reduces ? 1 : rows
        let yCount = width * (primitive.reduces ? 1 : capacity)
        let scratchCount = primitive.scratch(for: shapes, rows: capacity)
        let counts = shapes.indices.map { shapes[$0].count * (primitive.isShared($0) ? 1 : capacity) }
        let memoryCount = primitive.memory(for: shapes, rows: capacity)
        arena = GuardedArena(
            count: 2 * yCount + scratchCount + memoryCount + 2 * counts.reduce(0, +), buffers: 4 + 2 * shapes.count)
        func blank(_ count: Int) -> [Float] { Array(repeating: Self.unwritten, count: count) }
        site = Site(
            y: arena.place(blank(yCount)), dy: arena.place(blank(yCount)), x: .init(repeating: .empty),
            dx: .init(repeating: .empty),
            beta: .init(repeating: 0), scratch: arena.place(Array(repeating: .nan, count: scratchCount)),
            memory: arena.place(Array(repeating: .nan, count: memoryCount)), width: width, operandWidth: .init(repeating: 0))
        for i in shapes.indices {
            site.x[i] = arena.place(operands[i] + blank(counts[i] - operands[i].count))
            site.dx[i] = arena.place(blank(counts[i]))
            site.operandWidth[i] = shapes[i].count
        }
    }

    /// The same memory, with gradients of those operands alone wanted; they start from `initial` and are added to, or from NaN.
    func wanting(_ wanted: [Bool], dy: [Float], initial: [[Float]]?, counts: [Int]) -> Site {
        var site = self.site
        site.dy.slice(0, dy.count).copy(from: dy)
        for i in wanted.indices {
            guard wanted[i] else {
                site.dx[i] = .empty
                continue
            }
            site.beta[i] = initial == nil ? 0 : 1
            site.dx[i].slice(0, counts[i]).copy(from: initial?[i] ?? Array(repeating: .nan, count: counts[i]))
        }
        return site
    }
}

/// Values and gradients of one primitive against its twin, over `rows` rows.
///
/// Values agree to `tolerance` relative to the largest number that is added up; gradients agree with central differences of the twin
/// (step 1e-6, in Double). Gradients are asked for together and one by one, assigned (onto NaN) and added; and nothing outside the
/// rows in use, no operand and no neighbour in memory may change.
public func checkGradients(
    of subject: PrimitiveCase, rows: Int, tolerance: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let primitive = subject.primitive
    let name = "\(subject.testDescription), \(rows) rows"
    var random = RandomSource(seed: 7, key: [UInt32(rows)])
    let counts = subject.operands.indices.map { subject.operands[$0].count * (primitive.isShared($0) ? 1 : rows) }
    let operands = counts.indices.map { subject.numbers[$0].draw(counts[$0], using: &random) }
    var exact = operands.map { $0.map(Double.init) }
    let bench = try Bench(primitive, subject.operands, operands, rows: rows)

    primitive.forward(bench.site, rows: rows)
    let count = bench.yRows * bench.width
    let y = bench.site.y.slice(0, count).array
    expectClose(y, subject.twin(exact, rows), absolute: tolerance, relative: tolerance, name, sourceLocation: sourceLocation)

    // The objective Σ c·y, whose derivative with respect to y is c.
    let c = random.floats(count)
    func objective(_ operands: [[Double]]) -> Double {
        zip(c, subject.twin(operands, rows)).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
    var expected: [[Double]] = []
    for i in exact.indices {
        var gradient: [Double] = []
        for j in exact[i].indices {
            let middle = exact[i][j], step = 1e-6
            exact[i][j] = middle + step
            let above = objective(exact)
            exact[i][j] = middle - step
            gradient.append((above - objective(exact)) / (2 * step))
            exact[i][j] = middle
        }
        expected.append(gradient)
    }

    let everyone = Array(repeating: true, count: counts.count)
    let choices = [everyone] + (counts.count == 1 ? [] : counts.indices.map { i in counts.indices.map { $0 == i } })
    for wanted in choices {
        for adds in [false, true] {
            let initial = adds ? counts.map { random.floats($0) } : nil
            let site = bench.wanting(wanted, dy: c, initial: initial, counts: counts)
            primitive.forward(site, rows: rows)
            primitive.backward(site, rows: rows)
            for i in counts.indices where wanted[i] {
                let sums = expected[i].indices.map { expected[i][$0] + Double(initial?[i][$0] ?? 0) }
                expectClose(
                    site.dx[i].slice(0, counts[i]).array, sums, absolute: tolerance, relative: tolerance,
                    "\(name): gradient of operand \(i), wanted \(wanted), \(adds ? "added" : "assigned")",
                    sourceLocation: sourceLocation)
            }
        }
    }

    #expect(bench.arena.breach == nil, "\(name): a neighbour in memory was written over", sourceLocation: sourceLocation)
    expectSameBits(bench.site.y.slice(0, count).array, y, "\(name): y after backward", sourceLocation: sourceLocation)
    func untouched(_ buffer: Floats, after used: Int, _ what: String) {
        let rest = buffer.slice(used, buffer.count - used).array
        #expect(rest.allSatisfy { $0 == Bench.unwritten }, "\(name): \(what) beyond its rows", sourceLocation: sourceLocation)
    }
    untouched(bench.site.y, after: count, "y")
    untouched(bench.site.dy, after: count, "dy")
    for i in counts.indices {
        expectSameBits(
            bench.site.x[i].slice(0, counts[i]).array, operands[i], "\(name): operand \(i)", sourceLocation: sourceLocation)
        untouched(bench.site.dx[i], after: counts[i], "gradient \(i)")
    }
}

/// Each row of the result, and of the gradient of every operand that has rows, computed among `rows` rows and alone, has the same bits.
public func checkRowsAreIndependent(
    of subject: PrimitiveCase, rows: Int, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let primitive = subject.primitive
    guard !primitive.reduces else { return }
    let indices = subject.operands.indices
    /// Runs these rows; y, then the gradients.
    func run(_ operands: [[Float]], dy: [Float], rows: Int) throws -> [[Float]] {
        let bench = try Bench(primitive, subject.operands, operands, rows: rows)
        primitive.forward(bench.site, rows: rows)
        let y = bench.site.y.slice(0, rows * bench.width).array
        let site = bench.wanting(indices.map { _ in true }, dy: dy, initial: nil, counts: operands.map(\.count))
        primitive.backward(site, rows: rows)
        return [y] + indices.map { site.dx[$0].slice(0, operands[$0].count).array }
    }
    var random = RandomSource(seed: 8)
    let counts = indices.map { subject.operands[$0].count * (primitive.isShared($0) ? 1 : rows) }
    let operands = indices.map { subject.numbers[$0].draw(counts[$0], using: &random) }
    let width = try primitive.shape(of: subject.operands).count
    let widths = [width] + indices.map { primitive.isShared($0) ? 0 : subject.operands[$0].count }
    let dy = random.floats(rows * width)
    let together = try run(operands, dy: dy, rows: rows)
    func row(_ numbers: [Float], _ row: Int, _ width: Int) -> [Float] { Array(numbers[row * width..<(row + 1) * width]) }
    for r in 0..<rows {
        let alone = try run(
            indices.map { primitive.isShared($0) ? operands[$0] : row(operands[$0], r, widths[$0 + 1]) },
            dy: row(dy, r, width), rows: 1)
        for (part, width) in widths.enumerated() where width > 0 {
            expectSameBits(
                row(together[part], r, width), alone[part],
                "\(subject.testDescription): \(part == 0 ? "y" : "gradient \(part - 1)"), row \(r) of \(rows)",
                sourceLocation: sourceLocation)
        }
    }
}

/// What forward and backward make of `rows` rows, to the last bit: equal for every build whose arithmetic is the same.
public func digest(of subject: PrimitiveCase, rows: Int) throws -> UInt64 {
    let primitive = subject.primitive, indices = subject.operands.indices
    var random = RandomSource(seed: 9, key: [UInt32(rows)])
    let counts = indices.map { subject.operands[$0].count * (primitive.isShared($0) ? 1 : rows) }
    let operands = indices.map { subject.numbers[$0].draw(counts[$0], using: &random) }
    let bench = try Bench(primitive, subject.operands, operands, rows: rows)
    primitive.forward(bench.site, rows: rows)
    let count = bench.yRows * bench.width
    let y = bench.site.y.slice(0, count).array
    let site = bench.wanting(indices.map { _ in true }, dy: random.floats(count), initial: nil, counts: counts)
    primitive.backward(site, rows: rows)
    return ([y] + indices.map { site.dx[$0].slice(0, counts[$0]).array }).joined().digest
}

extension Sequence<Float> {
    /// FNV-1a over the bit patterns (Fowler, Noll & Vo 1991), a word at a time.
    public var digest: UInt64 {
        reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01b3 }
    }
}
