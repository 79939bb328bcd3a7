// Every size of register tile that a product uses, one by one, so that a tile that leaves the registers is seen.

/// One instance of the register tile: `rows` by `vectors` of sums, as `Product` or `NarrowProduct` calls it.
public struct ProductInstance: Hashable, Sendable {
    /// The kernel that the tile belongs to.
    public enum Kind: String, Sendable { case product, narrow }

    public let kind: Kind
    /// Rows of sums.
    public let rows: Int
    /// Vectors of sixteen columns, or single columns of a narrow product.
    public let vectors: Int

    /// `product/6x4`
    public var name: String { "\(kind.rawValue)/\(rows)x\(vectors)" }
    /// The sums that are carried side by side: below eight the multiply-adds wait for each other.
    public var chains: Int { rows * vectors }

    /// The length of each sum: operands that stay in the first-level cache.
    private static let length = 128
    /// How often a narrow tile runs down its rows, so that turning the weights does not count.
    private static let narrowBlocks = 32

    /// All sizes that this build uses.
    public static var all: [ProductInstance] {
        let heights = hasWideRegisters ? [[8, 4, 2, 1], [8, 4, 2, 1], [6, 4, 2, 1], [6, 4, 2, 1]] : [[5, 4, 2, 1]]
        let tiles = heights.enumerated().flatMap { width, rows in
            rows.map { ProductInstance(kind: .product, rows: $0, vectors: width + 1) }
        }
        let narrow = [(4, 2), (4, 1), (1, 2), (1, 1)].map { ProductInstance(kind: .narrow, rows: $0.0, vectors: $0.1) }
        return tiles + narrow
    }

    /// Floats of memory that `run` works in.
    public static var floatCount: Int { 3 * 64 * length }

    private var runRows: Int { kind == .product ? rows : rows == 1 ? 3 : rows * ProductInstance.narrowBlocks }

    /// Floating-point operations of one product; a multiply-add counts as two.
    public var operations: Int { 2 * runRows * ProductInstance.length * vectors * (kind == .product ? 16 : 1) }

    /// The product `times` over, in `memory` of `floatCount`.
    public func run(times: Int, in memory: Floats) {
        guard memory.count >= ProductInstance.floatCount else {
            fatalError("\(name) needs \(ProductInstance.floatCount) floats, got \(memory.count)")
        }
        let length = ProductInstance.length
        let a = memory.base, b = a + 64 * length, c = b + 64 * length
        for _ in 0..<times {
            switch kind {
            case .product:
                Product.run(
                    rows, 16 * vectors, length, a: a, aRow: length, aStep: 1, b: b, bRow: 16 * vectors, c: c, cRow: 16 * vectors,
                    .store)
            case .narrow:
                NarrowProduct.forward(
                    a, b, bias: nil, relu: false, into: c, rows: runRows, inputs: length, outputs: vectors,
                    turned: c + 32 * length)
            }
        }
    }
}
