// One operation of a tape: its formula, forward and backward, in one place.
public import Basics
public import Kernels

/// What a primitive answers when its operands do not fit; the tape traps with it at the caller's line.
public struct ShapeError: Error, Hashable, Sendable {
    public let sentence: String
    public init(_ sentence: String) { self.sentence = sentence }
}

/// The contract: a struct of at most three words (so that it is called without indirection), one file, forward and backward.
///
/// A row of the result must not depend on the number of rows or on its neighbours, unless `reduces` says so.
public protocol Primitive: Sendable {
    /// The shape of one row of y, or why there is none.
    func shape(of operands: [Shape]) throws(ShapeError) -> Shape
    /// Whether this operand is one row for the whole batch, as weights are; the others have a row for each row of y.
    func isShared(_ operand: Int) -> Bool
    /// Whether this operand is an index or a label: whole numbers, which have no gradient.
    func isIndex(_ operand: Int) -> Bool
    /// Whether y is one row for the whole batch.
    var reduces: Bool { get }
    /// Whether nothing before this entry learns from what comes after it.
    var stopsGradient: Bool { get }
    /// Floats of scratch memory that one call may use; what is in it lives only while one entry runs.
    func scratch(for operands: [Shape], rows: Int) -> Int
    /// Floats that `forward` leaves behind for `backward`, which may use them up: each backward pass has a forward pass before it.
    func memory(for operands: [Shape], rows: Int) -> Int
    /// Floating-point operations of one row's forward pass, counting a multiply-add as two; 0 where that is not worth a line.
    func operations(for operands: [Shape]) -> Int

    /// How y is bounded, where it is the activation of units that may die or saturate; for diagnostics.
    var unitRange: UnitRange? { get }

    /// y ← f(x…)
    func forward(_ site: borrowing Site, rows: Int)
    /// dxᵢ ← βᵢ·dxᵢ + (∂f/∂xᵢ)ᵀ·dy for each i that is wanted, in ascending order: one node may be two operands, and only the first
    /// of them then has βᵢ = 0. dy may be overwritten.
    func backward(_ site: borrowing Site, rows: Int)
}

extension Primitive {
    public func isShared(_ operand: Int) -> Bool { false }
    public func isIndex(_ operand: Int) -> Bool { false }
    public var reduces: Bool { false }
    public var stopsGradient: Bool { false }
    public func scratch(for operands: [Shape], rows: Int) -> Int { 0 }
    public func memory(for operands: [Shape], rows: Int) -> Int { 0 }
    public func operations(for operands: [Shape]) -> Int { 0 }
    public var unitRange: UnitRange? { nil }
}

/// Where one entry of a program works. Trivially copyable; every view inside knows its length.
@frozen public struct Site: Sendable {
    /// [rows, width]
    public var y: Floats
    public var dy: Floats
    /// Up to six operands; those that are not there have count 0.
    public var x: InlineArray<6, Floats>
    /// Count 0 where nobody asked for this gradient.
    public var dx: InlineArray<6, Floats>
    /// 0 for the first writer of a gradient, 1 for every later one.
    public var beta: InlineArray<6, Float>
    public var scratch: Floats
    /// What `forward` left behind, this entry's alone.
    public var memory: Floats
    /// Numbers in one row of y, and of each operand.
    public var width: Int
    public var operandWidth: InlineArray<6, Int>

    package init(
        y: Floats, dy: Floats, x: InlineArray<6, Floats>, dx: InlineArray<6, Floats>, beta: InlineArray<6, Float>,
        scratch: Floats, memory: Floats, width: Int, operandWidth: InlineArray<6, Int>
    ) {
        self.y = y
        self.dy = dy
        self.x = x
        self.dx = dx
        self.beta = beta
        self.scratch = scratch
        self.memory = memory
        self.width = width
        self.operandWidth = operandWidth
    }

    @inlinable public func wants(_ operand: Int) -> Bool { dx[operand].count != 0 }
}
